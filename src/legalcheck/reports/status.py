"""The overview of all drafts as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .width import fold, pad, visible, width

if TYPE_CHECKING:
    from ..record.status import Overview, Row

_TITLE, _UNIT = 30, 14


def render_text(overview: Overview, columns: int = 80) -> str:
    """A table, the most urgent first, and the totals."""
    if not overview.rows:
        return "台账中没有审议以前的送审稿。\n" + _counts(overview)
    title = max(_TITLE, min(columns, 140) - 66)
    head = (("编号", 8), ("送审稿", title), ("状态", 12), ("期限", 14), ("未处理", 8), ("等待", 0))
    lines = ["  ".join(pad(name, size) for name, size in head).rstrip()]
    for row in overview.rows:
        cells = (
            (row.case[:8], 8),
            (_cut(row.title, title), title),
            (row.state.label, 12),
            (_days(row), 14),
            (f"{row.blocking}/{row.major}" if row.blocking or row.major else "-", 8),
            (row.waits_for, 0),
        )
        lines.append("  ".join(pad(text, size) for text, size in cells).rstrip())
    if overview.total > len(overview.rows):
        lines.append(f"……共 {overview.total} 份，用 --all 列出全部。")
    lines.append("未处理：必须改正/应当修改的问题数。")
    return "".join(f"{line}\n" for line in lines) + _counts(overview)


def render_json(overview: Overview) -> str:
    """One JSON document."""
    drafts = [
        {
            "case": row.case,
            "title": row.title,
            "unit": row.unit,
            "state": row.state.value,
            "due": row.due.isoformat() if row.due else None,
            "working_days_left": row.days,
            "blocking": row.blocking,
            "major": row.major,
            "waits_for": row.waits_for,
        }
        for row in overview.rows
    ]
    counts = {state.value: number for state, number in overview.counts}
    document = {"schema_version": "1.0", "total": overview.total, "counts": counts, "drafts": drafts}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _days(row: Row) -> str:
    if row.days is None:
        return "-"
    return f"剩 {row.days} 个工作日" if row.days >= 0 else f"超期 {-row.days} 日"


def _counts(overview: Overview) -> str:
    if not overview.counts:
        return ""
    return "合计：" + "，".join(f"{state.label} {number}" for state, number in overview.counts) + "\n"


def _cut(text: str, columns: int) -> str:
    shown = visible(text)
    return shown if width(shown) <= columns else fold(shown, columns - 2)[0] + "…"
