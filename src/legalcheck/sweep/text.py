"""What the command line says of a run: the figures, and what to look at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..reports.width import pad, visible, wrap
from .changes import FILE as CHANGES_FILE
from .changes import Changes
from .output import FILES, document_rows
from .summary import Summary
from .verdict import NAMES, Verdict

COLUMNS = 80
MOST = 10  # documents and statutes that are named on the screen


def render(summary: Summary, database: sqlite3.Connection, run: Path, changes: Changes | None = None) -> str:
    """The summary of a run, lines of at most 80 columns."""
    return "\n".join(_lines(summary, database, run, changes)) + "\n"


def needs_action(summary: Summary) -> bool:
    """Whether any document is to be repealed or amended, or could not be reviewed."""
    counts = dict(zip(Verdict, summary.all.verdicts, strict=True))
    return any(counts[verdict] for verdict in (Verdict.REPEAL, Verdict.AMEND, Verdict.UNREAD))


def _lines(summary: Summary, database: sqlite3.Connection, run: Path, changes: Changes | None) -> Iterator[str]:
    yield f"共 {summary.all.total} 份文件，按 {summary.as_of} 有效的法律、法规审查："
    for verdict, count in zip(Verdict, summary.all.verdicts, strict=True):
        yield f"  {pad(NAMES[verdict], 20)}{count:>8}"
    for verdict in (Verdict.REPEAL, Verdict.AMEND, Verdict.UNREAD):
        yield from _documents(database, verdict, dict(zip(Verdict, summary.all.verdicts, strict=True))[verdict])
    if summary.statutes:
        yield ""
        yield "最需要处理的法规（已废止仍被作为依据，或者所引条款不存在）："
        for one in summary.statutes[:MOST]:
            heir = f"，现行的是《{one.successor}》" if one.successor else ""
            yield from wrapped(f"《{one.title}》：{one.documents} 份文件 {one.provisions} 处{heir}")
    if changes is not None:
        yield ""
        yield from _changes(changes, run)
    yield ""
    yield f"报告在 {visible(str(run))}：{'、'.join(FILES)}"


def _documents(database: sqlite3.Connection, verdict: Verdict, count: int) -> Iterator[str]:
    if not count:
        return
    yield ""
    more = f"，只列前 {MOST} 份" if count > MOST else ""
    yield f"{NAMES[verdict]}（{count} 份{more}）："
    for row in islice(document_rows(database, f"verdict = '{verdict.value}'"), MOST):
        title = "" if verdict is Verdict.UNREAD or row[1] == row[0] else f"《{row[1]}》"
        yield from wrapped(f"{row[0]}{title}：{row[6]}")


def _changes(changes: Changes, run: Path) -> Iterator[str]:
    if not changes:
        yield f"与 {changes.since} 的清理相比没有变化。"
        return
    yield f"与 {changes.since} 的清理相比（明细见 {visible(str(run / CHANGES_FILE))}）："
    yield f"  新增文件 {changes.added}，移除文件 {changes.removed}，修改过的文件 {changes.edited}"
    yield f"  建议有变化的文件 {changes.verdicts}，新增问题 {changes.appeared}，消除问题 {changes.gone}"


def wrapped(text: str) -> Iterator[str]:
    """A paragraph with a hanging indent."""
    shown = visible(text)
    for number, (start, end) in enumerate(wrap(shown, COLUMNS - 4)):
        yield ("  " if number == 0 else "    ") + shown[start:end].rstrip()
