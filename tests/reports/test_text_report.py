from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legalcheck import Draft, Finding, Location, Report, Scope, ScopeVerdict, Severity
from legalcheck.document.model import Metadata
from legalcheck.reports.outcome import Options, Outcome
from legalcheck.reports.text import render
from legalcheck.reports.width import width

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def page(report: Report, columns: int = 80, color: bool = False) -> str:
    return render([Outcome("draft.docx", report)], columns, color)


def test_findings_of_one_provision_stand_under_one_heading(make_finding, make_report) -> None:
    elsewhere = make_finding(location=Location("第三条", 2))
    text = page(make_report(make_finding(), make_finding(rule="CERT-006"), elsewhere))
    assert text.count("▌第二条") == 1
    assert text.index("▌第二条") < text.index("CERT-006") < text.index("▌第三条")


def test_a_finding_shows_severity_clause_ground_and_advice(make_finding, make_report) -> None:
    text = page(make_report(make_finding("应当提交村民委员会出具的无犯罪记录证明", "无犯罪记录证明")))
    for words in (
        "必须改正  CERT-001　索要村（居）委会负面清单证明",
        "│ 应当提交村民委员会出具的【无犯罪记录证明】",
        "问题  要求提供村（居）民委员会出具的无犯罪记录证明",
        "依据  《优化营商环境条例》第四十四条",
        "建议  建议删除",
    ):
        assert words in text


def test_a_ground_that_nobody_checked_says_so(make_finding, make_report) -> None:
    assert "依据尚未核对" in page(make_report(make_finding(provenance="memory", severity=Severity.MAJOR)))


def test_the_closing_lines_count_and_say_what_follows(make_finding, make_report) -> None:
    blocked = page(make_report(make_finding(), make_finding(severity=Severity.MINOR)))
    assert "共 2 处：必须改正 1 处，应当修改 0 处，建议完善 1 处。" in blocked
    assert "不得提请集体审议" in blocked
    assert "不影响提请审议" in page(make_report(make_finding(severity=Severity.MINOR)))


def test_a_clean_draft_is_not_called_lawful(make_report) -> None:
    text = page(make_report())
    assert "未发现问题" in text
    assert "不能代替人工审核" in text


def test_out_of_scope_is_told_with_its_reasons(make_report) -> None:
    scope = Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。", "主送上级机关。"))
    text = page(make_report(scope=scope))
    assert "不属于合法性审核范围：文种为报告；主送上级机关" in text
    assert "未作条文审查" in text
    assert "未发现问题" not in text


def test_notes_of_the_reader_are_shown(make_report) -> None:
    assert "注意  第2页是图片，没有读取" in page(make_report(notes=("第2页是图片，没有读取",)))


def test_rules_left_out_are_named(make_report) -> None:
    text = render([Outcome("draft.docx", make_report(), options=Options(ignore=("CERT",)))])
    assert "未用规则 CERT" in text


def test_a_finding_on_the_whole_draft_has_no_quote(make_finding, make_report) -> None:
    text = page(make_report(make_finding("", "", location=Location())))
    assert "▌全文" in text
    assert "│" not in text


@pytest.mark.parametrize("color", [False, True])
def test_a_draft_cannot_drive_the_terminal(make_finding, make_report, color: bool) -> None:
    evil = "罚\u202e款\x1b[2J一\x07百\u200b元\x9b31m\u2066"
    report = make_report(
        make_finding(evil, "一", title=evil, message=evil, advice=evil, location=Location(evil, 1)),
        metadata=Metadata(title=evil, kind=evil, issuer=evil),
        scope=Scope(ScopeVerdict.UNCLEAR, (evil,)),
        notes=(evil,),
    )
    shown = ANSI.sub("", render([Outcome(evil, report)], 80, color)) if color else render([Outcome(evil, report)], 80)
    assert not set("\u202e\x1b\x07\u200b\x9b\u2066") & set(shown)
    assert "〈U+202E〉" in shown
    assert "〈U+001B〉[2J" in shown.replace("\n", "").replace("  │ ", "")


def test_marks_keep_to_their_words_behind_escaped_characters(make_finding, make_report) -> None:
    assert "〈U+202E〉罚款【一百元】" in page(make_report(make_finding("\u202e罚款一百元", "一百元")))


def test_overlapping_marks_become_one(make_finding, make_report) -> None:
    finding = make_finding("未经批准不得经营", "", marks=((0, 4), (2, 6)))
    assert "【未经批准不得】经营" in page(make_report(finding))


def test_colour_marks_the_same_words_on_every_line_of_a_long_clause(make_finding, make_report) -> None:
    words = "村民委员会出具的" * 12 + "证明"
    text = page(make_report(make_finding("应当提交" + words, words)), 60, color=True)
    marked = "".join(re.findall(r"\x1b\[1;31;4m(.*?)\x1b\[0m", text))
    assert marked == words


def test_without_colour_there_is_no_escape_sequence(make_finding, make_report) -> None:
    assert "\x1b" not in page(make_report(make_finding()))


def test_a_batch_ends_with_a_total(make_finding, make_report) -> None:
    report = make_report(make_finding())
    text = render([Outcome("a.docx", report), Outcome("b.docx", report), Outcome("c.doc", error="不是 .docx。")])
    assert text.endswith(
        "3 份文件，已审查 2 份，1 份未能审查。\n共 2 处：必须改正 2 处，应当修改 0 处，建议完善 0 处。\n"
    )


@given(
    quote=st.text(max_size=200),
    columns=st.integers(60, 130),
    color=st.booleans(),
    start=st.integers(0, 200),
    length=st.integers(0, 50),
)
def test_no_line_is_wider_than_the_terminal(quote: str, columns: int, color: bool, start: int, length: int) -> None:
    marks = ((start, start + length),)
    place = Location(quote, 1)
    finding = Finding("A-1", "标题" * 20, "x", Severity.MAJOR, quote, quote, (), "partly", quote, (), marks, place)
    scope = Scope(ScopeVerdict.IN_SCOPE, (quote,))
    day, title = date(2026, 1, 1), Metadata(title=quote)
    draft = Draft((), (), (), title, scope, "a" * 64, quote, (quote,))
    report = Report(draft, day, "0", {}, "b" * 64, "c" * 64, (finding,))
    lines = ANSI.sub("", page(report, columns, color)).split("\n")
    assert max(map(width, lines)) <= columns
