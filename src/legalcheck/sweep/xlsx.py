"""The run as an Excel workbook: figures, documents, findings, statutes and demands, a sheet each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from .output import DOCUMENTS, FINDINGS, document_rows, finding_rows
from .summary import Summary, summarise
from .verdict import NAMES, Verdict

MOST_ROWS = 1_000_000  # Excel takes 1,048,576
LONGEST = 32_000  # Excel takes 32,767 characters a cell
_CREATED = datetime(2000, 1, 1)  # of the file format, not of the run: the same results give the same bytes


def write_xlsx(path: Path, database: sqlite3.Connection) -> None:
    """Write the workbook to `path`. Minor findings are left to findings.csv: they fill sheets and ask for no action."""
    import xlsxwriter

    summary = summarise(database)
    book = xlsxwriter.Workbook(
        str(path),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"created": _CREATED, "title": f"文件清理结果（截至{summary.as_of}）"})
    style = {"head": book.add_format({"bold": True, "bg_color": "#DDE7F3", "text_wrap": True, "valign": "vcenter"})}
    groups = [NAMES[verdict] for verdict in Verdict]
    _sheet(book, style, "汇总", (40, 10, 18, 12, 12, 16, 12), ("项目", "文件数", *groups), _figures(summary))
    _sheet(
        book, style, "文件", (36, 40, 20, 20, 8, 16, 44, 9, 9, 9, 12, 12, 12, 30), DOCUMENTS, document_rows(database)
    )
    weighty = finding_rows(database, "f.severity <> 'minor'")
    _sheet(book, style, "问题", (30, 36, 18, 20, 10, 12, 11, 26, 60, 50), FINDINGS, weighty)
    _sheet(
        book, style, "规则", (12, 40, 12, 12), ("规则", "名称", "问题数", "文件数"),
        ((one.name, one.title, one.findings, one.documents) for one in summary.rules),
    )  # fmt: skip
    _sheet(
        book, style, "法规", (44, 12, 36, 36, 9, 9, 14, 14),
        ("法规", "废止日期", "由何废止", "现行规定", "涉及文件", "涉及条款", "作为制定依据", "条款不存在"),
        (
            (s.title, s.repealed_on, s.repealed_by, s.successor, s.documents, s.provisions, s.enacting, s.missing)
            for s in summary.statutes
        ),
    )  # fmt: skip
    _sheet(
        book, style, "证明和审批", (40, 10, 12, 9, 9), ("事项", "种类", "目录状态", "涉及文件", "涉及条款"),
        (
            (d.item, "证明" if d.kind == "certificate" else "审批", "已取消" if d.cancelled else "", d.documents,
             d.provisions)
            for d in summary.demands
        ),
    )  # fmt: skip
    book.close()


def _figures(summary: Summary) -> Iterable[tuple[Any, ...]]:
    for group in (summary.all, *summary.issuers):
        yield group.name, group.total, *group.verdicts
    for group in summary.years:
        yield f"{group.name}年" if group.name.isdigit() else group.name, group.total, *group.verdicts
    for tally in summary.categories:
        yield f"问题类别：{tally.title}（{tally.findings}处）", tally.documents


def _sheet(
    book: Any, style: dict[str, Any], name: str, widths: tuple[int, ...], head: tuple[str, ...], rows: Iterable[Any]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, text in enumerate(head):
        sheet.write_string(0, column, text, style["head"])
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            sheet.write_string(number, 0, "其余见 findings.csv")
            break
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, str(cell)[:LONGEST])
    if number:
        sheet.autofilter(0, 0, min(number, MOST_ROWS), len(head) - 1)
