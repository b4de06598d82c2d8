"""The HTML page as a document: what stands in it, without a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace

import legalcheck
from legalcheck import Finding, Location, Report, Severity
from legalcheck.document import from_text, limits
from legalcheck.document.model import Level, Metadata, Origin, Paragraph, Part, Provision, Segment
from legalcheck.reports.html import render
from legalcheck.reports.html.marks import Note, cut, shown
from legalcheck.reports.outcome import Options, Outcome

EXAMPLE = Path(__file__).parents[2] / "examples" / "draft.docx"


def page(report: Report, **states: str) -> Any:
    return html.document_fromstring(render([Outcome("draft.docx", report, states=states)]))


def lines(*texts: str, **origin: Any) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(index, text, origin=Origin(**origin)) for index, text in enumerate(texts))


def cells(*places: tuple[int, int, int, str], first: int = 0) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(first + at, text, origin=Origin(Part.TABLE, table=table, row=row, column=column))
        for at, (table, row, column, text) in enumerate(places)
    )


def words(element: Any) -> str:
    return "".join(element.itertext())


def test_the_same_review_gives_the_same_bytes() -> None:
    first, second = (
        render([Outcome(str(EXAMPLE), legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23)))]) for _ in range(2)
    )
    assert first == second
    assert first.startswith("<!DOCTYPE html>")


def test_every_finding_and_its_place_lead_to_each_other() -> None:
    report = legalcheck.review(EXAMPLE)
    tree = page(report)
    assert len(tree.xpath("//li[contains(@class, 'card')]")) == len(report.findings) > 9
    for number, finding in enumerate(report.findings, 1):
        card, ref = tree.get_element_by_id(f"f1-{number}"), tree.get_element_by_id(f"r1-{number}")
        assert ref.get("href") == f"#f1-{number}"
        assert card.xpath(f".//a[@href='#r1-{number}']")[0].text == str(finding.location)
        marked = tree.xpath(f"//mark[contains(concat(' ', @data-w, ' '), ' {number} ')]")
        assert "".join(map(words, marked)) == "".join(finding.quote[start:end] for start, end in _union(finding.marks))


def _union(marks: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    covered = sorted({at for start, end in marks for at in range(start, end)})
    return [(at, at + 1) for at in covered]


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(make_finding, make_report) -> None:
    tree = page(make_report(make_finding()))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for name, element in (("style-src", "style"), ("script-src", "script")):
        (inline,) = tree.xpath(f"//{element}")
        digest = b64encode(sha256(inline.text.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_the_page_names_no_other_place(make_finding, make_report) -> None:
    tree = page(make_report(make_finding()))
    assert not tree.xpath("//link | //img | //iframe | //object | //embed | //*[@src] | //*[@style]")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "url(" not in words(tree.xpath("//style")[0])


EVIL = "</style></p></script><script>alert(1)</script><img src=x onerror='alert(2)'>\"javascript:alert(3)'&lt;{{7*7}}"


def test_a_draft_of_markup_stays_text(make_finding, make_report) -> None:
    values = dict.fromkeys(("rule", "title", "message", "advice"), EVIL)
    finding = make_finding(EVIL, location=Location(EVIL, 1, 0, len(EVIL)), fingerprint="print", **values)
    report = make_report(finding, paragraphs=lines("标题", EVIL), metadata=Metadata(title=EVIL), notes=(EVIL,))
    outcome = Outcome(EVIL, report, options=Options(select=(EVIL,)), states={"print": EVIL})
    tree = html.document_fromstring(render([outcome, Outcome(EVIL, error=EVIL)]))
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //@*[starts-with(name(), 'on')]")
    assert EVIL in words(tree.xpath("//p[mark]")[0])
    for place in ("//h1", "//blockquote", "//dd", "//option", "//*[@class='state']", "//*[@class='warning']"):
        assert any(EVIL in words(element) for element in tree.xpath(place)), place


def test_what_could_steer_the_eye_is_written_out(make_finding, make_report) -> None:
    text = "罚\u202e款\u200b一\x00百\udc80元\u2028，即\t日\n起"
    report = make_report(
        make_finding(text, "元", location=Location("第一条", 1, 0, len(text))), paragraphs=lines("", text)
    )
    made = render([Outcome("\udc80.docx", report)])
    assert not set("\u202e\u200b\x00\u2028") & set(made)
    assert made.encode("utf-8")
    line = words(html.document_fromstring(made).xpath("//p[mark]")[0])
    assert line.startswith("罚〈U+202E〉款〈U+200B〉一〈U+0000〉百〈U+DC80〉元〈U+2028〉，即\t日\n起")


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: tuple(sorted(pair)))


@given(
    text=st.text("许可证罚款不得\u202e ", max_size=28),
    places=st.lists(st.tuples(spans, st.lists(spans, max_size=3), st.sampled_from(Severity)), max_size=5),
    bold=st.integers(0, 3),
)
def test_marks_change_no_text_and_cover_exactly_their_words(text, places, bold) -> None:
    notes = [
        Note(
            number,
            Finding(
                *("R-1", "", "", severity, "", "", (), "", text[start:end], (), tuple(marks)),
                location=Location("", 0, start, end),
            ),
        )
        for number, ((start, end), marks, severity) in enumerate(places, 1)
    ]
    pieces = cut(text, notes, min(bold, len(text)))
    assert "".join(piece.text for piece in pieces) == shown(text)
    for note in notes:
        start, end = note.finding.location.start, min(note.finding.location.end, len(text))
        if start >= end:
            start, end = 0, len(text)
            marked: set[int] = set()
        else:
            marked = {at for a, b in note.finding.marks for at in range(start + a, min(start + b, end))}
        clause = "".join(piece.text for piece in pieces if note.number in piece.notes)
        assert clause == shown(text[start:end])
        spoken = "".join(piece.text for piece in pieces if note.number in piece.words)
        assert spoken == shown("".join(text[at] for at in sorted(marked)))
        assert sum(note.number in piece.ends for piece in pieces) == 1


def test_a_piece_takes_the_gravest_severity_of_the_findings_that_speak_of_it(make_finding, make_report) -> None:
    place = Location("第二条", 1, 0, 8)
    report = make_report(
        make_finding("未经批准不得经营", "批准", severity=Severity.MINOR, location=place),
        make_finding("未经批准不得经营", "批准不得", severity=Severity.BLOCKING, location=place),
        paragraphs=lines("办法", "未经批准不得经营"),
    )
    marks = page(report).xpath("//p/mark")
    assert [(words(mark), mark.get("class"), mark.get("data-n"), mark.get("data-w")) for mark in marks] == [
        ("未经", "blocking clause", "2 1", None),
        ("批准", "blocking", "2 1", "2 1"),
        ("不得", "blocking", "2 1", "2"),
        ("经营", "blocking clause", "2 1", None),
    ]


@pytest.mark.parametrize("paragraph", [None, 99])
def test_a_finding_without_a_place_is_on_the_whole_draft(make_finding, make_report, paragraph: int | None) -> None:
    tree = page(make_report(make_finding("", "", location=Location("", paragraph))))
    (whole,) = tree.xpath("//div[@class='whole']")
    assert [link.get("href") for link in whole.xpath(".//a")] == ["#f1-1"]
    assert not tree.xpath("//*[@id='f1-1']//a | //p/mark")


def test_a_finding_that_quotes_nothing_marks_its_paragraph(make_finding, make_report) -> None:
    tree = page(make_report(make_finding("", "", location=Location("第二条", 1))))
    assert [words(mark) for mark in tree.xpath("//p/mark")] == ["村民委员会出具的无犯罪记录证明"]


def test_tables_are_tables(make_report) -> None:
    paragraphs = cells((1, 1, 1, "序号"), (1, 1, 2, "材料"), (1, 2, 2, "申请表"), (1, 2, 2, "一式两份"))
    (table,) = page(make_report(paragraphs=paragraphs)).xpath("//div[@class='sheet']//table")
    rows = [[[words(line) for line in cell.xpath("./p")] for cell in row.xpath("./td")] for row in table.xpath("./tr")]
    assert rows == [[["序号"], ["材料"]], [[], ["申请表", "一式两份"]]]


def test_a_cell_that_covers_columns_says_so(make_report) -> None:
    paragraphs = (
        Paragraph(0, "合计", origin=Origin(Part.TABLE, table=1, row=1, column=1, span=3)),
        Paragraph(1, "甲", origin=Origin(Part.TABLE, table=1, row=2, column=3)),
    )
    found = page(make_report(paragraphs=paragraphs)).xpath("//div[@class='sheet']//td")
    assert [(words(cell).strip(), cell.get("colspan")) for cell in found] == [("合计", "3"), ("", "2"), ("甲", None)]


def test_a_table_within_a_cell_stands_in_it(make_report) -> None:
    paragraphs = cells(
        (1, 1, 1, "需提交："), (2, 1, 1, "证明"), (2, 1, 2, "依据"), (1, 1, 1, "以上均为复印件"), (3, 1, 1, "另表")
    )
    tree = page(make_report(paragraphs=paragraphs))
    (inner,) = tree.xpath("//td//table")
    assert words(inner).split() == ["证明", "依据"]
    assert words(tree.xpath("//div[@class='sheet']//td")[0]).split() == ["需提交：", "证明", "依据", "以上均为复印件"]
    assert len(tree.xpath("//div[@class='sheet']//table[not(ancestor::table)]")) == 2


places = st.builds(
    Origin,
    part=st.sampled_from([Part.BODY, Part.TABLE, Part.TEXTBOX, Part.HEADER]),
    table=st.none() | st.integers(1, 4),
    row=st.integers(1, 3),
    column=st.integers(1, 3),
    span=st.integers(1, 2),
)


@given(origins=st.lists(places, max_size=14))
def test_however_tables_and_stories_are_nested_no_line_is_lost(origins: list[Origin]) -> None:
    paragraphs = tuple(Paragraph(index, f"第{index}行。", origin=origin) for index, origin in enumerate(origins))
    draft = replace(from_text(""), paragraphs=paragraphs)
    report = Report(draft, date(2026, 11, 23), "0", {}, "", "", ())
    found = [words(line) for line in page(report).xpath("//div[@class='chunk']//p")]
    assert sorted(found) == sorted(paragraph.text for paragraph in paragraphs)


def test_tables_within_tables_within_tables(make_report) -> None:
    deep = limits.MAX_TABLE_DEPTH
    numbers = [*range(1, deep + 1), *range(deep - 1, 0, -1)]
    paragraphs = cells(*((number, 1, 1, f"表{number}") for number in numbers))
    made = render([Outcome("a.docx", make_report(paragraphs=paragraphs))])
    assert made.count("<table>") == deep


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part.HEADER, "页眉"),
        (Part.FOOTER, "页脚"),
        (Part.FOOTNOTE, "脚注"),
        (Part.ENDNOTE, "尾注"),
        (Part.TEXTBOX, "文本框"),
    ],
)
def test_what_stands_outside_the_body_is_named(make_report, part: Part, name: str) -> None:
    (story,) = page(make_report(paragraphs=lines("内部资料", "第二行", part=part))).xpath("//div[@class='story']")
    assert words(story).split() == [name, "内部资料", "第二行"]


def test_the_contents_list_the_units_with_their_findings() -> None:
    report = legalcheck.review(EXAMPLE)
    tree = page(report)
    entries = tree.xpath("//nav[@class='toc']//li/a")
    assert [words(entry[0]) for entry in entries][:3] == ["第一章", "第一条", "第二条"]
    assert sum(int(count.text) for count in tree.xpath("//nav[@class='toc']//i")) == len(report.findings)
    for target in tree.xpath("//nav[@class='toc']//a/@href | //ol[@class='towers']//a/@href"):
        tree.get_element_by_id(target[1:])


def test_the_charts_add_up() -> None:
    report = legalcheck.review(EXAMPLE)
    tree = page(report)
    bars = tree.xpath("//ul[@class='bars']//rect")
    assert sum(int(bar.get("width")) for bar in bars) == len(report.findings)
    assert sum(int(bar.get("width")) for bar in bars if bar.get("class") == "blocking") == report.count(
        Severity.BLOCKING
    )
    assert sum(int(part.get("height")) for part in tree.xpath("//ol[@class='towers']//rect")) == len(report.findings)


def test_a_long_draft_has_a_chart_that_can_be_read(make_report) -> None:
    provisions = tuple(Provision(at, Level.ARTICLE, (at + 1,), f"第{at + 1}条") for at in range(500))
    segments = tuple(Segment(at, 0, 2, at) for at in range(500))
    report = make_report(paragraphs=lines(*["条文"] * 500), provisions=provisions, segments=segments)
    assert not page(report).xpath("//ol[@class='towers']")  # nothing to show
    from legalcheck.reports.html.contents import columns, contents

    shown_columns = columns(contents(report.draft, ()))
    assert len(shown_columns) <= 36
    assert shown_columns[0].label == "第1条—第14条"
    assert [after.paragraph - before.paragraph for before, after in pairwise(shown_columns)] == [14] * (
        len(shown_columns) - 1
    )


def test_a_finding_shows_how_it_was_dealt_with(make_finding, make_report) -> None:
    report = make_report(make_finding(fingerprint="a"), make_finding(fingerprint="b"))
    tree = page(report, b="已排除")
    assert [card.get("data-t") for card in tree.xpath("//li[contains(@class, 'card')]")] == ["未处理", "已排除"]
    assert tree.xpath("//select[@name='state']/option/text()") == ["全部状态", "未处理", "已排除"]


def test_packs_are_named_where_they_are_known(make_finding, make_report) -> None:
    tree = page(make_report(make_finding(), make_finding(rule="OWN-7")))
    assert tree.xpath("//select[@name='pack']/option/text()")[1:] == [
        "CERT 奇葩证明、循环证明、重复证明、无谓证明",
        "OWN",
    ]


def test_a_clean_draft_is_not_called_lawful(make_report) -> None:
    tree = page(make_report())
    assert "不能代替人工审核" in words(tree.xpath("//section[@class='findings']")[0])


def test_several_drafts_share_one_page(make_finding, make_report) -> None:
    report = make_report(make_finding())
    outcomes = [Outcome("a/甲.docx", report), Outcome("乙.docx", report), Outcome("丙.doc", error="不是 .docx 文件。")]
    tree = html.document_fromstring(render(outcomes))
    rows = tree.xpath("//section[@id='d0']//tbody/tr")
    assert [re.sub(r"\s+", " ", words(row)) for row in rows] == [
        "青石镇便民服务办法甲.docx100",
        "青石镇便民服务办法乙.docx100",
        "丙.doc未能审查：不是 .docx 文件。",
    ]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {f"d{number}" for number in range(4)} <= set(ids)


def test_rules_left_out_are_named(make_report) -> None:
    made = render([Outcome("a.docx", make_report(), options=Options(ignore=("CERT",)))])
    assert "没有用这些规则：CERT" in made
