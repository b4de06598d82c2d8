"""Provisions and segments of both skeletons, typed or numbered by Word."""

from __future__ import annotations

import pytest
from docx_build import docx, level, numbering, p, styles
from hypothesis import given, settings
from hypothesis import strategies as st

from legalcheck.document import from_text, read
from legalcheck.document.model import Draft, Level


def outline(draft: Draft) -> list[tuple[str, str]]:
    """Path and text of every segment that belongs to a provision."""
    return [
        (draft.path(s.provision), draft.paragraphs[s.paragraph].text[s.start : s.end])
        for s in draft.segments
        if s.provision is not None
    ]


def lead_in(draft: Draft, text: str) -> str:
    """The text of the unit that the segment with `text` has as its parent."""
    segment = next(s for s in draft.segments if draft.paragraphs[s.paragraph].text[s.start : s.end] == text)
    assert segment.provision is not None
    parent = draft.provisions[segment.provision].parent
    return "".join(draft.paragraphs[s.paragraph].text[s.start : s.end] for s in draft.segments if s.provision == parent)


@pytest.mark.parametrize("gap", ["", " ", "\u3000", "\u00a0\u3000", "\t"])
def test_an_article_is_found_whatever_stands_behind_its_number(gap: str) -> None:
    draft = from_text(f"第三条{gap}为了规范管理，制定本办法。")
    assert outline(draft) == [("第三条", "为了规范管理，制定本办法。")]
    assert [u.level for u in draft.provisions] == [Level.ARTICLE, Level.PARAGRAPH]


def test_articles_paragraphs_items_and_subitems() -> None:
    draft = from_text(
        "第一章　总则\n第一条 甲。\n乙。\n第二条 丙：\n（一）丁；\n（二）戊：\n1.己；\n2.庚。\n辛。\n"
        "第二条之一 壬。\n第二章 附则\n第三条 癸。"
    )
    assert outline(draft) == [
        ("第一章", "总则"),
        ("第一条第一款", "甲。"),
        ("第一条第二款", "乙。"),
        ("第二条第一款", "丙："),
        ("第二条第一款第（一）项", "丁；"),
        ("第二条第一款第（二）项", "戊："),
        ("第二条第一款第（二）项第1目", "己；"),
        ("第二条第一款第（二）项第2目", "庚。"),
        ("第二条第二款", "辛。"),
        ("第二条之一", "壬。"),
        ("第二章", "附则"),
        ("第三条", "癸。"),
    ]
    assert draft.provisions[0].title == "总则"
    assert lead_in(draft, "丁；") == "丙："
    assert lead_in(draft, "己；") == "戊："


def test_levels_under_headings() -> None:
    draft = from_text(
        "一、总体要求\n坚持公开透明。\n二、申请条件\n申请人应当符合下列条件：\n（一）成年；\n（二）有住所。\n符合条件的，可以申请。\n"
        "（三）其他\n1.甲：\n（1）乙；\n①丙。\n三、申请人应当提交下列材料：\n（一）身份证。"
    )
    assert outline(draft)[1] == ("一、", "坚持公开透明。")
    assert lead_in(draft, "成年；") == "申请人应当符合下列条件："
    assert lead_in(draft, "有住所。") == "申请人应当符合下列条件："
    assert lead_in(draft, "符合条件的，可以申请。") == "申请条件"
    assert lead_in(draft, "身份证。") == "申请人应当提交下列材料："
    assert {text: path for path, text in outline(draft)}["丙。"] == "二、（三）1.（1）①"


@pytest.mark.parametrize("end", ["：", ":", "", "。"])
def test_a_lead_in_that_names_a_list_needs_no_colon(end: str) -> None:
    draft = from_text(f"一、材料\n申请人应当提交下列材料{end}\n1.身份证；\n2.户口簿。\n二、其他")
    assert lead_in(draft, "户口簿。") == f"申请人应当提交下列材料{end}"


def test_a_limit_is_no_lead_in() -> None:
    draft = from_text("一、罚则\n处三千元以下罚款。\n1.情节轻微的，可以免予处罚。")
    assert lead_in(draft, "情节轻微的，可以免予处罚。") == "罚则"


def test_inline_items_have_segments_of_their_own() -> None:
    draft = from_text(
        "第五条 申请人应当提交下列材料：（一）身份证；（二）证明，包括：1.原件；2.复印件；(三)其他。前款材料应当真实。"
    )
    assert outline(draft) == [
        ("第五条", "申请人应当提交下列材料："),
        ("第五条第（一）项", "身份证；"),
        ("第五条第（二）项", "证明，包括："),
        ("第五条第（二）项第1目", "原件；"),
        ("第五条第（二）项第2目", "复印件；"),
        ("第五条第（三）项", "其他。"),
        ("第五条", "前款材料应当真实。"),
    ]
    assert lead_in(draft, "身份证；") == "申请人应当提交下列材料：前款材料应当真实。"


def test_a_list_goes_on_behind_a_paragraph_about_its_entry() -> None:
    draft = from_text("第一条 有下列情形之一的：\n（一）甲；\n甲包括乙和丙。\n（二）丁。")
    assert outline(draft)[-1] == ("第一条第一款第（二）项", "丁。")
    assert lead_in(draft, "丁。") == "有下列情形之一的："


def test_items_go_on_from_the_line_s_own_label() -> None:
    draft = from_text("（二）户口簿；（三）证明。")
    assert outline(draft) == [("（二）", "户口簿；"), ("（三）", "证明。")]


@pytest.mark.parametrize(
    "text",
    [
        "违反本办法第八条第（一）项、第（二）项规定的，处罚款。",
        "有前款（一）至（三）项情形的，不予受理。",
        "依照《关于（一）试点；（二）推广的通知》办理。",
        "第八条第（一）项所称证明，是指户口簿。",
        "第三条规定的期限，自受理之日起计算。",
        "第三条、第四条同时废止。",
        "一、二级公路两侧不得建房。",
        "1.5米以下儿童免票。",
        "2026年1月1日起施行。",
        "处一千元以上（含本数）三千元以下罚款。",
        "身高1.2米；体重2.5公斤。",
    ],
)
def test_references_and_figures_are_no_labels(text: str) -> None:
    assert outline(from_text(text)) == [("", text)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第１条　甲", "第１条"), ("（1) 甲", "（1)"), ("(２）甲", "(２）"), ("㈠甲", "㈠"), ("⑵甲", "⑵"), ("⒊甲", "⒊"),
        ("②甲", "②"), ("(十二)甲", "(十二)"), ("3、甲", "3、"), ("4．甲", "4．"), ("第 五 条 甲", "第五条"),
        ("　　第一百二十条之一　甲", "第一百二十条之一"), ("十一、甲", "十一、"), ("2）甲", "2）"),
    ],
)  # fmt: skip
def test_labels_in_full_and_half_width(text: str, label: str) -> None:
    draft = from_text(text)
    assert draft.provisions[0].label == label
    assert draft.provisions[0].number
    assert draft.paragraphs[0].text[draft.segments[0].start :] == "甲"


def test_numbers_of_word_and_typed_numbers_mix() -> None:
    numbers = numbering({0: level(0, "chineseCounting", "（%1）")}, {1: (0, "")})
    body = (
        p("第二条 养犬人应当：")
        + p("登记；", num=(1, 0))
        + p("免疫；", num=(1, 0))
        + p("（三）拴绳。")
        + p("第三条 无。")
    )
    draft = read(docx(body, parts={"numbering.xml": numbers}))
    assert outline(draft)[1:4] == [
        ("第二条第（一）项", "登记；"),
        ("第二条第（二）项", "免疫；"),
        ("第二条第（三）项", "拴绳。"),
    ]
    assert lead_in(draft, "拴绳。") == "养犬人应当："


def test_bullets_hang_on_their_lead_in_and_are_not_cited() -> None:
    numbers = numbering({0: level(0, "bullet", "•")}, {1: (0, "")})
    body = p("第二条 应当提交：") + p("身份证；", num=(1, 0)) + p("户口簿。", num=(1, 0))
    draft = read(docx(body, parts={"numbering.xml": numbers}))
    assert outline(draft)[1:] == [("第二条", "身份证；"), ("第二条", "户口簿。")]
    assert lead_in(draft, "户口簿。") == "应当提交："


def test_a_soft_break_may_begin_a_unit_or_go_on() -> None:
    body = p("<w:r><w:t>第一条 甲：</w:t><w:br/><w:t>（一）乙</w:t><w:br/><w:t>丙。</w:t></w:r>")
    assert outline(read(docx(body))) == [("第一条", "甲：\n"), ("第一条第（一）项", "乙\n丙。")]


def test_attachments_start_numbering_again() -> None:
    draft = from_text(
        "关于开展检查的通知\n各单位：\n现将有关事项通知如下：\n一、范围\n附件：1.检查表\n2.通知书\n某市人民政府\n2026年3月1日\n"
        "附件1\n检查表\n一、消防\n附件2 通知书\n第一条 整改。"
    )
    paths = {text: path for path, text in outline(draft)}
    assert paths["消防"] == "附件1一、"
    assert paths["整改。"] == "附件2第一条"
    assert paths["检查表"] == "附件1"
    assert draft.metadata.attachments == ("检查表", "通知书")
    outside = {draft.paragraphs[s.paragraph].text for s in draft.segments if s.provision is None}
    assert outside == {
        "关于开展检查的通知", "各单位：", "附件：1.检查表", "2.通知书", "某市人民政府", "2026年3月1日",
    }  # fmt: skip


def test_the_cover_and_the_text_it_issues_have_two_numberings() -> None:
    draft = from_text(
        "某县人民政府关于印发《养犬管理办法》的通知\n各镇人民政府：\n现将《养犬管理办法》印发给你们。\n某县人民政府\n2026年3月1日\n"
        "养犬管理办法\n第一章 总则\n第一条 为了规范养犬，制定本办法。"
    )
    assert outline(draft) == [
        ("", "现将《养犬管理办法》印发给你们。"),
        ("第一章", "总则"),
        ("第一条", "为了规范养犬，制定本办法。"),
    ]


def test_a_table_of_contents_makes_no_provisions() -> None:
    draft = from_text("某办法\n目录\n第一章 总则 1\n第二章 附则 2\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
    assert [u.label for u in draft.provisions if u.label] == ["第一章", "第一条", "第二章", "第二条"]


def test_a_table_of_contents_made_by_word_makes_no_provisions() -> None:
    toc = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    body = p("某办法") + p("第一章 总则\t1", style="10") + p("第一章 总则") + p("第一条 甲。")
    draft = read(docx(body, parts={"styles.xml": styles(toc)}))
    assert [u.label for u in draft.provisions if u.label] == ["第一章", "第一条"]


def test_plain_text_without_numbers_has_paragraphs_only() -> None:
    draft = from_text("申请人应当提交证明。")
    assert [(u.level, u.parent) for u in draft.provisions] == [(Level.PARAGRAPH, None)]


_PIECES = st.lists(
    st.sampled_from(
        [
            "第三条", "第十条之一", "第一章", "（一）", "(2)", "1.", "1、", "①", "一、", "二、", "附件1", "附件：",
            "：", "；", "。", " ", "\u3000", "\n", "\t", "申请人", "《", "》", "“", "”", "第（一）项", "至",
            "2026年1月1日",            "关于甲的通知", "A.", "、",
            "各单位：", "目录",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(_PIECES)
def test_every_character_that_is_no_typed_label_is_in_exactly_one_segment(pieces: list[str]) -> None:
    draft = from_text("".join(pieces))
    labels = {unit.label for unit in draft.provisions}
    ends = dict.fromkeys(range(len(draft.paragraphs)), 0)
    last = (0, 0)
    for segment in draft.segments:
        assert (segment.paragraph, segment.start) >= last
        last = (segment.paragraph, segment.end)
        text = draft.paragraphs[segment.paragraph].text
        assert segment.start < segment.end <= len(text)
        gap = text[ends[segment.paragraph] : segment.start]
        ends[segment.paragraph] = segment.end
        assert _made_of(gap, labels)
    for paragraph in draft.paragraphs:
        assert _made_of(paragraph.text[ends[paragraph.index] :], labels)


def _made_of(gap: str, labels: set[str]) -> bool:
    """Whether text outside all segments is nothing but labels and white space."""
    rest = "".join(gap.split()).replace("\u200b", "")
    rest = rest.removesuffix("：")
    while rest:
        found = next(
            (label for label in sorted(labels, key=len, reverse=True) if label and rest.startswith(label)), None
        )
        if found is None:
            return False
        rest = rest[len(found) :].removeprefix("：")
    return True


@settings(max_examples=200, deadline=None)
@given(_PIECES)
def test_parents_come_before_their_children(pieces: list[str]) -> None:
    for unit in from_text("".join(pieces)).provisions:
        assert unit.parent is None or unit.parent < unit.index
