from hypothesis import given
from hypothesis import strategies as st

from legalcheck.document import from_text
from legalcheck.language import clauses, fold
from legalcheck.language.clauses import split
from legalcheck.language.fold import offsets


def texts(text: str) -> list[str]:
    return [clause.text for clause in clauses(from_text(text))]


def test_clauses_end_at_full_stops_and_semicolons_but_not_within_titles_or_brackets() -> None:
    assert texts("按照《甲；乙》办理（含一；二）；逾期作废。另行通知。") == [
        "按照《甲；乙》办理（含一；二）；",
        "逾期作废。",
        "另行通知。",
    ]


def test_items_carry_their_lead_in() -> None:
    assert texts("申请人应当提交下列材料：\n（一）身份证；\n（二）收入证明。") == [
        "申请人应当提交下列材料：",
        "申请人应当提交下列材料：身份证；",
        "申请人应当提交下列材料：收入证明。",
    ]


def test_inline_items_carry_their_lead_in() -> None:
    found = texts("申请人应当提交：（一）身份证；（二）收入证明。")
    assert found[1:] == ["申请人应当提交：身份证；", "申请人应当提交：收入证明。"]


def test_a_short_heading_reaches_items_without_a_predicate_of_their_own() -> None:
    text = "一、申请材料\n（一）收入证明。\n二、其他\n（一）申请人应当到场。"
    assert "申请材料：收入证明。" in texts(text)
    assert "申请人应当到场。" in texts(text)


def test_matching_text_is_folded_and_leads_back_to_the_draft() -> None:
    text = "申请人 须提交“同一人”证明,并缴费１００元。"
    clause = clauses(from_text(text))[0]
    assert clause.text == "申请人须提交同一人证明，并缴费100元。"
    at = clause.text.index("同一人证明")
    where = clause.locate(at, at + 5)
    assert where is not None
    assert text[where[1] : where[2]] == "同一人”证明"
    assert clause.span_of(0, where[1], where[2]) == (at, at + 5)


@given(st.text(alphabet="申请人，。；：《》“”（） １a\n", max_size=60))
def test_splitting_loses_nothing(text: str) -> None:
    assert "".join(text[a:b] for a, b in split(text)) == text


@given(st.text(alphabet="证明，“” \u200b１（)", max_size=40))
def test_every_folded_character_has_its_offset(text: str) -> None:
    back = offsets(text)
    folded = fold(text)
    assert len(back) == len(folded) + 1
    assert back == sorted(back)
    assert "".join(fold(text[i]) for i in back[:-1]) == folded
