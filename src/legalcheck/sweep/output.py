"""The reports of a run, each put in place in one step: HTML, Excel, CSV and JSON Lines.

They say the same however many workers there were, and in whatever order they finished: everything comes from the run's
database, in the order of the listing.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import SweepError, reason
from ..reports.csv import inert
from ..reports.words import CATEGORY, SEVERITY
from ..rules.finding import Severity
from .facts import rule_titles
from .store import open_run
from .verdict import NAMES, Verdict

DOCUMENTS = (
    *("路径", "标题", "文号", "制定机关", "年份", "清理建议", "理由"),
    *("必须改正", "应当修改", "建议完善", "成文日期", "施行日期", "有效期至", "说明"),
)
FINDINGS = ("路径", "标题", "制定机关", "位置", "级别", "类别", "规则", "规则名称", "原文", "问题")
FILES = ("report.html", "report.xlsx", "documents.csv", "findings.csv", "report.jsonl")


def write_reports(folder: Path, share: Callable[[Sequence[Callable[[], object]]], None]) -> None:
    """Write all reports of a run into its directory, as `Engine.share` makes calls.

    Raises `SweepError` where that cannot be done.
    """
    share([partial(_write_report, folder, name) for name in _MAKERS])


def discard_half_written(folder: Path) -> None:
    """Remove what is left of reports over which a worker was ended."""
    for name in FILES:
        with suppress(OSError):
            _temporary(folder / name).unlink(missing_ok=True)


def _write_report(folder: Path, name: str) -> Path:
    with closing(open_run(folder)) as database:
        _replaced(folder / name, lambda path: _MAKERS[name](path, database))
    return folder / name


def write_csv(path: Path, head: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """Put a CSV file in place in one step; raises `SweepError` where that cannot be done."""
    _replaced(path, lambda temporary: _write_csv(temporary, head, rows))


def _replaced(path: Path, make: Callable[[Path], None]) -> None:
    temporary = _temporary(path)
    try:
        try:
            make(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise SweepError(f"无法写入 {path}（{reason(error)}），清理结果已经保存，请处理后重新运行。") from None


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def document_rows(database: sqlite3.Connection, where: str = "true") -> Iterator[tuple[Any, ...]]:
    """A row of `DOCUMENTS` for each document, in the order of the listing."""
    for row in database.execute(
        "SELECT path, title, number, issuer, year, verdict, reasons, blocking, major, minor, document_date,"
        f" effective_date, expires, notes FROM records WHERE {where} ORDER BY position"
    ):
        yield (*row[:5], NAMES[Verdict(row[5])], *row[6:13], (row[13] or "").replace("\n", "；"))


def finding_rows(database: sqlite3.Connection, where: str = "true") -> Iterator[tuple[Any, ...]]:
    """A row of `FINDINGS` for each finding, in the order of the listing and the report."""
    titles = rule_titles()
    for row in database.execute(
        "SELECT d.path, d.title, d.issuer, f.place, f.severity, f.category, f.rule, f.quote, f.message"
        f" FROM records d JOIN findings f ON f.document = d.id WHERE {where} ORDER BY d.position, f.ordinal"
    ):
        path, title, issuer, place, severity, category, rule, quote, message = row
        named = SEVERITY[Severity(severity)], CATEGORY[category]
        yield path, title, issuer, place, *named, rule, titles.get(rule, ""), quote, message


def _write_csv(path: Path, head: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(map(inert, row) for row in rows)
        _keep(file)


def _write_xlsx(path: Path, database: sqlite3.Connection) -> None:
    from .xlsx import write_xlsx

    write_xlsx(path, database)


def _write_html(path: Path, database: sqlite3.Connection) -> None:
    from .html import write_html

    write_html(path, database)


def _write_lines(path: Path, database: sqlite3.Connection) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for record in records(database):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        _keep(file)


def _keep(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


_RECORD = (
    *("path", "state", "error", "sha256", "title", "number", "issuer", "issuer_level", "year", "kind"),
    *("document_date", "effective_date", "validity", "expires", "scope", "scope_reasons", "notes"),
    *("provisions", "blocked", "verdict", "reasons"),
)
_FINDING = (
    *("rule", "severity", "category", "message", "quote", "matched", "marks"),
    *("place", "provision", "paragraph", "start", "end", "cell", "part", "fingerprint"),
)


def records(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Each document with all that the run knows of it, as a JSON value."""
    columns = ", ".join(_RECORD).replace("sha256", "digest")
    for number, *row in database.execute(f"SELECT id, {columns} FROM records ORDER BY position"):
        record = dict(zip(_RECORD, row, strict=True))
        for name in ("scope_reasons", "notes"):
            record[name] = (record[name] or "").split("\n") if record[name] else []
        record["reasons"] = record["reasons"].split("；") if record["reasons"] else []
        record["findings"] = _findings(database, number)
        record["citations"] = _named(
            database,
            "SELECT i.title, c.role, c.rests, c.enacting, c.article, c.missing, i.status, i.repealed_on, i.successor,"
            " c.place, c.quote FROM citations c JOIN instruments i ON i.key = c.instrument"
            " WHERE c.document = ? ORDER BY c.ordinal",
            number,
            ("title", "role", "rests", "enacting", "article", "missing", "status", "repealed_on", "successor"),
        )
        record["demands"] = _named(
            database,
            "SELECT item, kind, place, quote FROM demands WHERE document = ? ORDER BY ordinal",
            number,
            ("item", "kind"),
        )
        yield record


def _findings(database: sqlite3.Connection, number: int) -> list[dict[str, Any]]:
    columns = ", ".join(_FINDING).replace("start, end", "first, last")
    found = []
    for row in database.execute(f"SELECT {columns} FROM findings WHERE document = ? ORDER BY ordinal", (number,)):
        finding = dict(zip(_FINDING, row, strict=True))
        finding["matched"], finding["marks"] = json.loads(finding["matched"]), json.loads(finding["marks"])
        found.append(finding)
    return found


def _named(database: sqlite3.Connection, query: str, number: int, names: tuple[str, ...]) -> list[dict[str, Any]]:
    flags = ("rests", "enacting", "missing")
    return [
        {
            name: bool(value) if name in flags else value
            for name, value in zip((*names, "place", "quote"), row, strict=True)
        }
        for row in database.execute(query, (number,))
    ]


_MAKERS: dict[str, Callable[[Path, sqlite3.Connection], None]] = {  # those that take longest first
    "report.xlsx": _write_xlsx,
    "report.jsonl": _write_lines,
    "report.html": _write_html,
    "findings.csv": lambda path, database: _write_csv(path, FINDINGS, finding_rows(database)),
    "documents.csv": lambda path, database: _write_csv(path, DOCUMENTS, document_rows(database)),
}
