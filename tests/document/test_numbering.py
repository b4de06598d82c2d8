"""Automatic numbers as Word renders them (ISO/IEC 29500-1 17.9)."""

from __future__ import annotations

import pytest
from docx_build import docx, level, numbering, p, styles, tbl, tc, tr

from legalcheck.document import read
from legalcheck.document.number_formats import render


def labels(body: str, numbers: str, style: str = "") -> list[str]:
    parts = {"numbering.xml": numbers}
    if style:
        parts["styles.xml"] = styles(style)
    return [paragraph.label for paragraph in read(docx(body, parts=parts)).paragraphs]  # type: ignore[arg-type]


ARTICLES = {
    0: level(0, "chineseCountingThousand", "第%1章")
    + level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
    + level(2, "chineseCounting", "（%3）")
    + level(3, "decimal", "%4.")
}


def test_articles_run_on_through_chapters_and_items_start_again() -> None:
    order = [0, 1, 2, 2, 1, 0, 1, 2]
    body = "".join(p("文", num=(1, ilvl)) for ilvl in order)
    expected = ["第一章", "第一条", "（一）", "（二）", "第二条", "第二章", "第三条", "（一）"]
    assert labels(body, numbering(ARTICLES, {1: (0, "")})) == expected


def test_level_restart_names_the_level_that_restarts_it() -> None:
    abstract = {
        0: level(0, "decimal", "%1")
        + level(1, "decimal", "%2")
        + level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    }
    body = "".join(p("文", num=(1, ilvl)) for ilvl in [0, 1, 2, 1, 2, 0, 2])
    assert labels(body, numbering(abstract, {1: (0, "")})) == ["1", "1", "1", "2", "2", "2", "1"]


def test_lists_of_one_definition_count_on_and_overrides_start_again() -> None:
    abstract = {0: level(0, "chineseCounting", "%1、")}
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(p("文", num=(num, 0)) for num in [1, 2, 3, 3, 1])
    assert labels(body, numbering(abstract, {1: (0, ""), 2: (0, ""), 3: (0, override)})) == [
        "一、",
        "二、",
        "五、",
        "六、",
        "七、",
    ]


def test_a_whole_level_can_be_overridden() -> None:
    abstract = {0: level(0, "decimal", "%1.")}
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'
    body = p("文", num=(1, 0)) + p("文", num=(2, 0))
    assert labels(body, numbering(abstract, {1: (0, ""), 2: (0, override)})) == ["1.", "II)"]


def test_legal_numbering_makes_all_numbers_arabic() -> None:
    abstract = {0: level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")}
    body = p("文", num=(1, 0)) + p("文", num=(1, 1))
    assert labels(body, numbering(abstract, {1: (0, "")})) == ["第一章", "1.1"]


def test_legal_numbering_leaves_leading_zeros() -> None:
    abstract = {0: level(0, "upperRoman", "%1") + level(1, "decimalZero", "%1.%2", "<w:isLgl/>")}
    body = p("文", num=(1, 0)) + p("文", num=(1, 1))
    assert labels(body, numbering(abstract, {1: (0, "")})) == ["I", "1.01"]


def test_a_level_without_a_start_begins_at_zero() -> None:
    abstract = {0: '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'}
    assert labels(p("文", num=(1, 0)) + p("文", num=(1, 0)), numbering(abstract, {1: (0, "")})) == ["0.", "1."]


def test_numbers_come_from_styles_and_zero_switches_them_off() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="art"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="sub"><w:basedOn w:val="art"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="item"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    abstract = {
        0: level(0, "chineseCounting", "第%1条", '<w:pStyle w:val="art"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="item"/>')
    }
    body = (
        p("文", style="art")
        + p("文", style="item")
        + p("文", style="sub")
        + p("文", style="art", num=(0, 0))
        + p("文", style="art")
    )
    assert labels(body, numbering(abstract, {1: (0, "")}), style) == ["第一条", "（一）", "第二条", "", "第三条"]


def test_a_list_can_take_its_levels_from_a_numbering_style() -> None:
    style = (
        '<w:style w:type="numbering" w:styleId="ls"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    abstract = {0: '<w:numStyleLink w:val="ls"/>', 1: '<w:styleLink w:val="ls"/>' + level(0, "upperLetter", "%1.")}
    body = p("文", num=(1, 0)) + p("文", num=(1, 0))
    assert labels(body, numbering(abstract, {1: (0, ""), 2: (1, "")}), style) == ["A.", "B."]


def test_what_is_not_shown_takes_no_number() -> None:
    abstract = {0: level(0, "decimal", "%1.")}
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    body = (
        p("甲", num=(1, 0))
        + p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", num=(1, 0), ppr=hidden)
        + p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", num=(1, 0), ppr="<w:rPr><w:del/></w:rPr>")
        + p("<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>", num=(1, 0), ppr="<w:rPr><w:moveFrom/></w:rPr>")
        + tbl(tr(tc(p("删行", num=(1, 0))), trpr="<w:del/>"))
        + p("<w:ins><w:r><w:t>增</w:t></w:r></w:ins>", num=(1, 0))
        + p(num=(1, 0))
    )
    assert labels(body, numbering(abstract, {1: (0, "")})) == ["1.", "2.", "3."]


def test_a_stale_number_in_a_tracked_change_is_ignored() -> None:
    abstract = {0: level(0, "decimal", "%1.")}
    change = '<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert labels(p("甲", ppr=change) + p("乙", num=(1, 0)), numbering(abstract, {1: (0, "")})) == ["", "1."]


def test_bullets_of_symbol_fonts_are_plain_characters() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    abstract = {
        0: level(0, "bullet", "\uf06c", font) + level(1, "bullet", "\uf0b7", font.replace("Wingdings", "Symbol"))
    }
    body = p("甲", num=(1, 0)) + p("乙", num=(1, 1))
    assert labels(body, numbering(abstract, {1: (0, "")})) == ["●", "•"]


def test_circles_in_styles_and_links_end() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="numbering" w:styleId="ls"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbers = numbering({0: '<w:numStyleLink w:val="ls"/>'}, {1: (0, "")})
    assert labels(p("甲", style="a") + p("乙", num=(1, 0)), numbers, style) == ["", ""]


def test_huge_values_make_short_labels() -> None:
    abstract = {0: level(0, "upperLetter", "%1", start=2_000_000_000), 1: level(0, "decimal", "长" * 100_000)}
    body = p("甲", num=(1, 0)) + p("乙", num=(2, 0))
    shown = labels(body, numbering(abstract, {1: (0, ""), 2: (1, "")}))
    assert shown[0] == "2000000000"
    assert len(shown[1]) <= 64


@pytest.mark.parametrize(
    ("number_format", "numbers"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {1: "１", 12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九"}),
        ("chineseCountingThousand", {10: "十", 101: "一百零一", 110: "一百一十", 1001: "一千零一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 100: "百", 101: "百一", 1000: "千"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "甲子"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("ideographLegalTraditional", {1: "壹", 2: "貳"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"}),
        ("cardinalText", {1: "One", 21: "Twenty-one"}),
        ("ordinalText", {1: "First", 20: "Twentieth", 21: "Twenty-first"}),
        ("none", {1: ""}),
        ("noSuchFormat", {7: "7"}),
        ("chineseCounting", {0: "0", -3: "-3", 40000: "40000"}),
    ],
)
def test_number_formats(number_format: str, numbers: dict[int, str]) -> None:
    assert {n: render(number_format, n) for n in numbers} == numbers
