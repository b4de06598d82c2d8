from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from hostile_text import TEXT, pure
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

import legalcheck
from legalcheck import Scope, ScopeVerdict, Severity
from legalcheck.reports.markdown import escape, render
from legalcheck.reports.outcome import Options, Outcome
from legalcheck.reports.width import visible

EXAMPLE = Path(__file__).parents[2] / "examples" / "draft.docx"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
JOINER = "\u2060"


def flowing(text: str) -> str:
    """Text as escape() shows it: on one line, blanks joined."""
    return re.sub(" +", " ", visible(text)).strip()


def shown(tokens: list[Token]) -> str:
    """The text a reader sees in inline tokens; anything but text and <strong> fails."""
    parts = []
    for token in tokens:
        if token.type == "html_inline":
            assert token.content in ("<strong>", "</strong>")
        else:
            assert token.type in ("text", "text_special"), token
            parts.append(token.content)
    return "".join(parts).replace("@" + JOINER, "@")


@pure
@given(TEXT)
def test_escaped_text_is_shown_as_it_is_in_a_paragraph(text: str) -> None:
    tokens = PARSER.parse("前：" + escape(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown(tokens[1].children) == ("前：" + flowing(text)).rstrip()


@pure
@given(TEXT)
def test_escaped_text_is_shown_as_it_is_at_the_beginning_of_a_quote(text: str) -> None:
    if not flowing(text):
        return
    tokens = PARSER.parse(f"  > {escape(text)}\n")
    assert [token.type for token in tokens[1:-1]] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown(tokens[2].children) == flowing(text)


@pure
@given(TEXT)
def test_escaped_text_is_shown_as_it_is_in_a_table(text: str) -> None:
    tokens = PARSER.parse(f"| 甲 | 乙 |\n| :-- | --: |\n| {escape(text)} | 一 |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert [shown(cell.children) for cell in cells] == ["甲", "乙", flowing(text), "一"]


@pure
@given(text=TEXT)
def test_a_hostile_draft_changes_no_structure_of_the_page(text: str, make_finding, make_report) -> None:
    def structure(quote: str) -> list[str]:
        finding = make_finding(quote, quote[1:], title=quote, message=quote, advice=quote)
        page = render([Outcome("a.docx", make_report(finding, notes=(quote,))), Outcome("b.docx", error=quote)])
        return [token.type for token in PARSER.parse(page)]

    assert structure(f"甲{text}乙") == structure("甲乙")


def test_names_call_nobody() -> None:
    assert escape("@someone") == "\\@\u2060someone"


def test_dates_numbers_and_file_names_are_left_readable() -> None:
    plain = "2026-11-23 的 3.5% 见 送审/稿.docx、CERT-001"
    assert escape(plain) == plain
    assert escape("www.example.org") == "www\\.example.org"


def test_the_page_says_all_that_was_found(make_finding, make_report) -> None:
    report = legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23))
    page = render([Outcome("examples/draft.docx", report)])
    assert page.startswith("# 合法性审核结果\n\n## 青石镇集贸市场和沿街经营管理办法\n")
    assert page.count("  - 问题：") == len(report.findings)
    assert "  > <strong>村民委员会出具</strong>的<strong>无犯罪记录证明</strong>；\n" in page
    blocking, major, minor = (report.count(severity) for severity in Severity)
    counts = f"必须改正 {blocking} 处，应当修改 {major} 处，建议完善 {minor} 处。"
    assert f"共 {len(report.findings)} 处：{counts}有必须改正的问题" in page


def test_several_drafts_begin_with_a_table_of_counts(make_finding, make_report) -> None:
    page = render([Outcome("a.docx", make_report(make_finding())), Outcome("坏.docx", error="文件已损坏。")])
    assert "| 青石镇便民服务办法 | 1 | 0 | 0 | 1 |\n| 坏.docx | — | — | — | 未能审查 |" in page
    assert "**未能审查**：文件已损坏。" in page


def test_the_page_says_what_narrowed_the_review_and_what_is_out_of_scope(make_report) -> None:
    outside = make_report(scope=Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。",)), notes=("有图片没有读取",))
    page = render([Outcome("a.docx", outside, options=Options(select=("CERT",), ignore=("CERT-006",)))])
    assert "- 只用规则：`CERT`\n- 未用规则：`CERT-006`\n- 范围：不属于合法性审核范围：文种为报告\n" in page
    assert "- 注意：有图片没有读取\n\n不属于审核范围，未作条文审查。" in page
