"""The context guards of prohibited-content.md, one idea each."""

import pytest

from legalcheck.document import from_text
from legalcheck.language import DEFAULT, actor, are_words, clauses, holding, names

ALL = (*DEFAULT, "organ", "basis", "referral", "voluntary", "conditional_on_law", "benefit", "internal")


def guard(text: str, word: str, guards: tuple[str, ...] = DEFAULT) -> str | None:
    for clause in clauses(from_text(text)):
        at = clause.text.find(word, clause.own)
        if at >= 0:
            return holding(clause, [(at, at + len(word))], guards)
    raise AssertionError(f"{word} is not in {text}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("不得要求申请人提供单位证明。", "protective"),
        ("各窗口不得以任何形式，向群众索要单位证明。", "protective"),
        ("取消户口簿、单位证明、学籍证明等材料。", "negated"),
        ("单位证明一律取消。", "negated"),
        ("收入证明、单位证明，一律不再提交。", "negated"),
        ("办理时无需提供单位证明。", "negated"),
        ("不得有下列行为：\n（一）收取押金；\n（二）索要单位证明。", "negated"),
        ("能够核验的，申请人免于提交单位证明。", "negated"),
    ],
)
def test_negation_and_cancellation_silence_what_they_govern(text: str, expected: str) -> None:
    assert guard(text, "单位证明") == expected


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交单位证明，不得以承诺代替。",
        "不得隐瞒情况，应当提交单位证明。",
        "取消原有手续，申请人须提交单位证明。",
        "未提交单位证明的，不得办理。",
        "申请人不得不提交单位证明。",
        "申请人不得拒绝提供单位证明。",
    ],
)
def test_negation_stops_at_a_new_predicate_and_does_not_reach_back(text: str) -> None:
    assert guard(text, "单位证明") is None


@pytest.mark.parametrize("text", ["鼓励企业捐赠物资。", "企业自愿捐赠物资。", "倡导村民捐赠物资。"])
def test_encouragement_is_no_duty(text: str) -> None:
    assert guard(text, "捐赠") == "encouraged"


@pytest.mark.parametrize(
    "text",
    ["对违规收取押金的问题进行清理。", "群众反映强烈的收取押金问题。", "本办法所称押金，是指预付款。"],
)
def test_what_is_reported_or_defined_is_not_set(text: str) -> None:
    assert guard(text, "押金") in ("reported", "negated")


def test_titles_and_quotations_are_not_the_drafts_own_words() -> None:
    assert guard("按照《关于规范收取押金的通知》办理。", "押金") == "quoted"
    assert guard("清理“收取押金”等条款。", "押金") in ("quoted", "negated")


def test_the_duty_bearer_is_the_first_actor_of_the_nearest_stretch() -> None:
    for text, expected in [
        ("各村应当每月报送台账。", "organ"),
        ("申请人应当向镇人民政府报送台账。", "citizen"),
        ("每月报送台账。", ""),
        ("开设回收点的，由镇人民政府批准，未获批准的不得报送台账。", ""),
    ]:
        clause = clauses(from_text(text))[0]
        assert actor(clause, clause.text.index("报送")) == expected


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("依照《中华人民共和国食品安全法》第一百二十四条处以罚款。", True),
        ("按照《某市养犬管理条例》的规定处以罚款。", True),
        ("依法处以罚款。", False),
        ("按照《工作方案》处以罚款。", False),
        ("根据《某某会议纪要》处以罚款。", False),
        ("违反《临江镇市容管理办法》规定的，处以罚款。", False),
        ("依照《村庄和集镇规划建设管理条例》第三十七条处以罚款。", True),
        ("违反本办法第八条的，处以罚款。", False),
    ],
)
def test_only_a_named_statute_is_a_basis(text: str, held: bool) -> None:
    assert (guard(text, "罚款", ("basis",)) == "basis") is held


def test_a_table_header_gives_its_cells_their_verb() -> None:
    from legalcheck.document.model import Draft, Metadata, Origin, Paragraph, Part, Scope, ScopeVerdict, Segment

    cells = [("材料名称", 1, 1), ("出具单位", 1, 2), ("收入证明", 2, 1), ("村委会", 2, 2)]
    paragraphs = tuple(
        Paragraph(i, text, "", Origin(Part.TABLE, "word/document.xml", i, 1, row, column))
        for i, (text, row, column) in enumerate(cells)
    )
    segments = tuple(Segment(p.index, 0, len(p.text), None) for p in paragraphs)
    draft = Draft(paragraphs, (), segments, Metadata(), Scope(ScopeVerdict.UNCLEAR, ()), "")
    assert [c.text for c in clauses(draft)][-1] == "材料名称：收入证明，出具单位：村委会，"


def test_short_words_count_only_as_words_of_their_own() -> None:
    text = "相应材料应按时报送"
    assert not are_words(text, [(1, 2)])
    assert are_words(text, [(text.index("应按"), text.index("应按") + 1)])


def test_the_guards_have_names() -> None:
    assert set(ALL) <= names()


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("商户占道经营的，网格员应当先行劝导。", ["商户", "应当"], "organ"),
        ("商户应当向网格员报告客流。", ["商户", "应当"], None),
    ],
)
def test_whose_duty_it_is_is_asked_at_the_word_of_duty(text: str, spans: list[str], expected: str | None) -> None:
    (clause,) = clauses(from_text(text))
    at = [(clause.text.index(word), clause.text.index(word) + len(word)) for word in spans]
    assert holding(clause, at, ["organ"]) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("承包人逾期完工的，发包人有权依照合同扣减工程款。", "扣减", "private"),
        ("职工向单位申请休假，应当经部门负责人同意。", "同意", "private"),
        ("逾期未清运的，由镇政府扣减补助。", "扣减", None),
    ],
)
def test_relations_between_private_parties_are_told_apart(text: str, word: str, expected: str | None) -> None:
    assert guard(text, word, ("private",)) == expected
