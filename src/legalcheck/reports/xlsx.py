"""The report as an Excel workbook (ECMA-376): 汇总, the counts that offices keep, and 明细, one row a finding.

Cells are strings and numbers and never formulas, whatever a draft says. The same outcomes give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..rules.finding import Severity
from .table import COLUMNS, FAILED, rows
from .width import visible, width
from .words import CATEGORY, SEVERITY

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from ..rules.finding import Finding
    from .outcome import Outcome

_TINT = {Severity.BLOCKING: "#F8D7DA", Severity.MAJOR: "#FFF3CD", Severity.MINOR: "#DDEBF7"}
_LONGEST = 32_767  # characters in a cell
_FONT = {"font_name": "等线", "font_size": 11}
_LINE = 15.0  # points
_TALLEST = 409.0  # points of a row
_SUMMARY_WIDTHS = (38, 36, 10, 10, 10, 10)


def render(outcomes: Sequence[Outcome]) -> bytes:
    """Outcomes as the bytes of an .xlsx file."""
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "default_format_properties": {"font_name": "等线", "font_size": 11}}
    )
    days = [outcome.report.as_of for outcome in outcomes if outcome.report]
    book.set_properties(
        {
            "title": "合法性审核结果",
            "author": "legalcheck",
            "created": datetime.combine(max(days, default=date(2000, 1, 1)), time()),
        }
    )
    _summary(book, outcomes)
    _details(book, outcomes)
    book.close()
    return file.getvalue()


def _summary(book: Workbook, outcomes: Sequence[Outcome]) -> None:
    """Counts per draft, per category and per rule, each by severity."""
    sheet = book.add_worksheet("汇总")
    sheet.hide_gridlines(2)
    for column, columns in enumerate(_SUMMARY_WIDTHS):
        sheet.set_column(column, column, columns)
    _paper(sheet)
    row = _text(sheet, 0, 0, "合法性审核结果", book.add_format({"bold": True, "font_size": 16}))
    days = sorted({outcome.report.as_of.isoformat() for outcome in outcomes if outcome.report})
    failed = sum(outcome.report is None for outcome in outcomes)
    about = f"{len(outcomes)} 份文件，未能审查 {failed} 份；审查基准日 {'、'.join(days) or '无'}"
    row = _text(sheet, row, 0, about, book.add_format({"font_color": "#595959"})) + 1
    found = [finding for outcome in outcomes if outcome.report for finding in outcome.report.findings]
    drafts = [
        (outcome.path, outcome.report.metadata.title, outcome.report.findings)
        if outcome.report
        else (outcome.path, FAILED, None)
        for outcome in outcomes
    ]
    row = _counts(book, sheet, row, ("文件", "标题"), drafts, total=len(outcomes) > 1)
    categories = Counter(finding.category for finding in found)
    row = _counts(
        book,
        sheet,
        row,
        ("类别", "代码"),
        [
            (CATEGORY.get(category, category), category, [finding for finding in found if finding.category == category])
            for category, _ in sorted(categories.items(), key=lambda item: (-item[1], item[0]))
        ],
    )
    rules = Counter((finding.rule, finding.title) for finding in found)
    _counts(
        book,
        sheet,
        row,
        ("规则名称", "规则"),
        [
            (title, rule, [finding for finding in found if finding.rule == rule])
            for (rule, title), _ in sorted(rules.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _counts(
    book: Workbook,
    sheet: Worksheet,
    row: int,
    headings: tuple[str, str],
    groups: Sequence[tuple[str, str, Sequence[Finding] | None]],
    total: bool = True,
) -> int:
    """A table of groups by severity from `row` on; gives the row after it and a blank one."""
    head = _head(book)
    plain = book.add_format({"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"border": 1, "border_color": "#BFBFBF", "bold": True})
    for column, heading in enumerate((*headings, *SEVERITY.values(), "合计")):
        _text(sheet, row, column, heading, head)
    lines = [(first, second, _by_severity(findings), plain) for first, second, findings in groups]
    if total:
        every = [finding for _, _, findings in groups for finding in findings or ()]
        lines.append(("合计", "", _by_severity(every), bold))
    for first, second, numbers, style in lines:
        row += 1
        _fit(sheet, row, (first, second), _SUMMARY_WIDTHS)
        _text(sheet, row, 0, first, style)
        _text(sheet, row, 1, second, style)
        for column, number in enumerate(numbers, start=2):
            if number is None:
                sheet.write_blank(row, column, None, style)
            else:
                sheet.write_number(row, column, number, style)
    return row + 2


def _by_severity(findings: Sequence[Finding] | None) -> list[int | None]:
    if findings is None:
        return [None] * (len(SEVERITY) + 1)
    return [*(sum(finding.severity is severity for finding in findings) for severity in Severity), len(findings)]


def _details(book: Workbook, outcomes: Sequence[Outcome]) -> None:
    sheet = book.add_worksheet("明细")
    wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    plain = book.add_format(wrapped)
    tinted = {SEVERITY[severity]: book.add_format({**wrapped, "bg_color": tint}) for severity, tint in _TINT.items()}
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        _text(sheet, 0, index, column.heading, _head(book))
    last = 0
    widths = [column.width for column in COLUMNS]
    for last, cells in enumerate(rows(outcomes), start=1):
        _fit(sheet, last, cells, widths)
        for index, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(last, index, cell, plain)
            else:
                _text(sheet, last, index, cell, tinted.get(cell, plain))
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, sum(column.printed for column in COLUMNS) - 1)
    sheet.set_landscape()
    _paper(sheet)


def _head(book: Workbook) -> Any:
    return book.add_format(
        {"bold": True, "bg_color": "#1F4E78", "font_color": "#FFFFFF", "border": 1, "valign": "vcenter"}
    )


def _paper(sheet: Worksheet) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _fit(sheet: Worksheet, row: int, cells: Sequence[str | int], widths: Sequence[int]) -> None:
    """Make a row as high as its wrapped text: not every program does so when it opens a file."""
    lines = max(-(-width(str(cell)) // (columns - 2)) for cell, columns in zip(cells, widths, strict=False))
    sheet.set_row(row, min(_LINE * max(lines, 1), _TALLEST))


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Any) -> int:
    """Write a string, as a string; gives the next row."""
    shown = visible(text)
    sheet.write_string(row, column, shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…", style)
    return row + 1
