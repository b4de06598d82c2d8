"""What is new since an older run: documents, verdicts and findings, and what the change is owed to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from ..errors import SweepError
from ..reports.words import SEVERITY
from .output import write_csv
from .store import FILE_NAME, meta, open_run
from .verdict import NAMES, Verdict

FILE = "changes.csv"
HEAD = ("路径", "标题", "制定机关", "变化", "原建议", "现建议", "原因", "内容")


class Changes(Struct, frozen=True):
    """How many documents came, went, were edited or got another verdict, and how many findings came and went."""

    since: str
    added: int
    removed: int
    edited: int
    verdicts: int
    appeared: int
    gone: int

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.edited, self.verdicts, self.appeared, self.gone))


def compare(new: Path, old: Path) -> Changes:
    """Compare two runs by the documents' paths, and write ``changes.csv`` into the new one."""
    with closing(open_run(new)) as database:
        with closing(open_run(old)) as before:
            if not meta(before, "complete"):
                raise SweepError(f"{old} 里的清理没有做完，无法比较；请先把它做完，或者换一个目录。")
            since = meta(before, "as_of")
        database.execute("ATTACH ? AS old", (f"{(old / FILE_NAME).absolute().as_uri()}?mode=ro",))
        write_csv(new / FILE, HEAD, _rows(database))
        counts = [database.execute(f"SELECT count(*) FROM ({query})").fetchone()[0] for query in _QUERIES]
    return Changes(since, *counts)


_ADDED = "SELECT path, title, issuer, verdict, reasons FROM records WHERE path NOT IN (SELECT path FROM old.documents)"
_REMOVED = (
    "SELECT path, title, issuer, verdict, reasons FROM old.records WHERE path NOT IN (SELECT path FROM main.documents)"
)
_BOTH = "main.records n JOIN old.records o ON o.path = n.path"
_CAUSE = (
    "CASE WHEN n.digest <> o.digest THEN '文件已修改' WHEN n.review_key <> o.review_key THEN '规则或者法规目录已更新'"
    " ELSE '所引法规、有效期或者关联文件的效力变化' END"
)
_EDITED = f"SELECT n.path FROM {_BOTH} WHERE n.digest <> o.digest"
_VERDICTS = (
    f"SELECT n.path, n.title, n.issuer, o.verdict AS was, n.verdict, {_CAUSE} AS cause, n.reasons FROM {_BOTH}"
    " WHERE n.verdict <> o.verdict"
)


def _findings(have: str, lack: str) -> str:
    return (
        f"SELECT n.path, n.title, n.issuer, o.verdict AS was, n.verdict, {_CAUSE} AS cause, f.severity, f.rule,"
        f" f.place, f.message FROM {_BOTH} JOIN {have}.findings f ON f.document = {'n' if have == 'main' else 'o'}.id"
        f" WHERE NOT EXISTS (SELECT 1 FROM {lack}.findings g WHERE g.document = {'o' if have == 'main' else 'n'}.id"
        " AND g.fingerprint = f.fingerprint AND g.severity = f.severity)"
    )


_APPEARED, _GONE = _findings("main", "old"), _findings("old", "main")
_QUERIES = (_ADDED, _REMOVED, _EDITED, _VERDICTS, _APPEARED, _GONE)


def _rows(database: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    for what, query in (("新增文件", _ADDED), ("移除文件", _REMOVED)):
        for path, title, issuer, verdict, reasons in database.execute(f"{query} ORDER BY position"):
            name = NAMES[Verdict(verdict)]
            pair = ("", name) if what == "新增文件" else (name, "")
            yield path, title, issuer, what, *pair, "", reasons
    for path, title, issuer, was, verdict, cause, reasons in database.execute(f"{_VERDICTS} ORDER BY n.position"):
        yield path, title, issuer, "建议变化", NAMES[Verdict(was)], NAMES[Verdict(verdict)], cause, reasons
    for what, query in (("新增问题", _APPEARED), ("消除问题", _GONE)):
        for row in database.execute(f"{query} ORDER BY n.position, f.ordinal"):
            path, title, issuer, was, verdict, cause, severity, rule, place, message = row
            said = f"{place}：{message}（{rule}，{SEVERITY[severity]}）"
            yield path, title, issuer, what, NAMES[Verdict(was)], NAMES[Verdict(verdict)], cause, said
