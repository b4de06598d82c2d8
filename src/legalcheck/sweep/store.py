"""The run directory: one SQLite file that holds all results, written by the parent alone, in transactions.

Rows lie by document and ordinal, so that what is read does not depend on the order in which it was written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from ..errors import SweepError
from .settings import Settings
from .sources import Entry
from .work import REVIEWED, UNREADABLE, Result, Task

FILE_NAME = "sweep.sqlite"
SCHEMA = 1

# what a worker tells of a document, in the order of `Rows.document`
RESULT = (
    *("found_title", "title_key", "inner_key", "found_number", "kind", "found_issuer", "issuer_level", "found_year"),
    *("document_date", "effective_date", "validity", "expires", "scope", "scope_reasons", "notes"),
    *("provisions", "blocked", "blocking", "major", "minor", "valid_from", "valid_until"),
)
_TABLES = f"""
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE documents(
  id INTEGER PRIMARY KEY, position INTEGER, path TEXT UNIQUE, location BLOB,
  given_title TEXT, given_issuer TEXT, given_number TEXT, given_year INTEGER,
  state TEXT NOT NULL DEFAULT '', review_key TEXT, digest TEXT, error TEXT NOT NULL DEFAULT '',
  {", ".join(RESULT)},
  verdict TEXT, reasons TEXT);
CREATE INDEX documents_position ON documents(position);
CREATE TABLE findings(document, ordinal, rule, severity, category, message, quote, matched, marks, place, provision,
  paragraph, first, last, cell, part, fingerprint, PRIMARY KEY(document, ordinal)) WITHOUT ROWID;
CREATE TABLE citations(document, ordinal, instrument, role, rests, enacting, article, missing, place, quote,
  PRIMARY KEY(document, ordinal)) WITHOUT ROWID;
CREATE TABLE instruments(key TEXT PRIMARY KEY, name, title, level, status, repealed_on, repealed_by,
  successor) WITHOUT ROWID;
CREATE TABLE demands(document, ordinal, item, kind, place, quote, PRIMARY KEY(document, ordinal)) WITHOUT ROWID;
CREATE VIEW records AS SELECT *,
  coalesce(nullif(given_title, ''), nullif(found_title, ''), path) AS title,
  coalesce(nullif(given_issuer, ''), found_issuer, '') AS issuer,
  coalesce(nullif(given_number, ''), found_number, '') AS number,
  coalesce(given_year, found_year) AS year FROM documents;
"""
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS citations_instrument ON citations(instrument, document, ordinal)",
    "CREATE INDEX IF NOT EXISTS demands_item ON demands(item, document, ordinal)",
    "CREATE INDEX IF NOT EXISTS findings_rule ON findings(rule, severity)",
    "CREATE INDEX IF NOT EXISTS documents_key ON documents(title_key)",
    "CREATE INDEX IF NOT EXISTS documents_inner ON documents(inner_key)",
    "CREATE INDEX IF NOT EXISTS instruments_name ON instruments(name)",
)
CHILDREN = ("findings", "citations", "demands")
PAGE = 512


class Run:
    """A run directory, open for writing: no other sweep can have it at the same time."""

    def __init__(self, folder: Path, source: str) -> None:
        """Open or make the run of `source` in `folder`; raises `SweepError` where it is another's or cannot be used."""
        self.folder = folder
        with ExitStack() as opened:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                opened.enter_context(closing(_hold(folder)))
                self.database = opened.enter_context(closing(_connect(folder / FILE_NAME)))
                if not _has_tables(self.database):
                    self.database.executescript(f"BEGIN;{_TABLES}PRAGMA user_version={SCHEMA};COMMIT;")
            except (OSError, sqlite3.Error) as error:
                why = _why(error)
                raise SweepError(f"无法使用结果目录 {folder}（{why}），请换一个位置，或者检查权限。") from None
            _check_version(self.database, folder)
            before = self.get("source")
            if before and before != source:
                raise SweepError(f"结果目录 {folder} 里是“{before}”的清理结果，请用 -o 另指定一个目录。")
            self.set("source", source)
            self.database.commit()
            self._opened = opened.pop_all()

    def get(self, name: str) -> str:
        """A fact on the run as a whole; "" where it is not set."""
        return meta(self.database, name)

    def set(self, name: str, value: str) -> None:
        """Note a fact; `commit` keeps it."""
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def list(self, entries: Iterable[Entry]) -> None:
        """Make the documents those of `entries`, in one transaction: new ones without results, gone ones removed."""
        db = self.database
        db.execute("DROP TABLE IF EXISTS temp.listing")
        db.execute(
            "CREATE TEMP TABLE listing(position INTEGER PRIMARY KEY, path TEXT UNIQUE, location, title, issuer, number,"
            " year)"
        )
        db.executemany("INSERT INTO temp.listing VALUES (?, ?, ?, ?, ?, ?, ?)", _listed(entries))
        with db:
            gone = "(SELECT id FROM documents WHERE path NOT IN (SELECT path FROM temp.listing))"
            for table in CHILDREN:
                db.execute(f"DELETE FROM {table} WHERE document IN {gone}")
            changed = db.execute(f"DELETE FROM documents WHERE id IN {gone}").rowcount
            changed += db.execute(
                "INSERT INTO documents(position, path, location, given_title, given_issuer, given_number, given_year)"
                " SELECT * FROM temp.listing WHERE true ORDER BY position ON CONFLICT(path) DO UPDATE SET"
                " (position, location, given_title, given_issuer, given_number, given_year) = (excluded.position,"
                " excluded.location, excluded.given_title, excluded.given_issuer, excluded.given_number,"
                " excluded.given_year) WHERE (position, location, given_title, given_issuer, given_number, given_year)"
                " IS NOT (excluded.position, excluded.location, excluded.given_title, excluded.given_issuer,"
                " excluded.given_number, excluded.given_year)"
            ).rowcount
            if changed:
                self.touched()

    def count(self) -> int:
        """How many documents there are."""
        found: tuple[int] = self.database.execute("SELECT count(*) FROM documents").fetchone()
        return found[0]

    def tasks(self, settings: Settings, key: str) -> Iterator[Task]:
        """All documents, in their order, each with the digest under which its result still holds."""
        day, last = settings.as_of.isoformat(), 0
        query = (
            "SELECT position, id, path, location, CASE WHEN state IN (?, ?) AND review_key = ?"
            " AND coalesce(valid_from, '') <= ? AND coalesce(valid_until, '9999') > ? THEN digest ELSE '' END"
            " FROM documents WHERE position > ? ORDER BY position LIMIT ?"
        )
        while page := self.database.execute(query, (REVIEWED, UNREADABLE, key, day, day, last, PAGE)).fetchall():
            for last, number, path, location, digest in page:  # noqa: B007  the last position begins the next page
                yield Task(number, path, os.fsdecode(location), digest or "")

    def put(self, results: Sequence[Result], key: str) -> None:
        """Keep what came of some documents; `commit` makes it last. Those that are unchanged keep what they have."""
        changed = [result for result in results if result.state]
        if changed:
            self.touched()
        db = self.database
        for table in CHILDREN:
            db.executemany(f"DELETE FROM {table} WHERE document = ?", ((result.id,) for result in changed))
        nothing = (None,) * len(RESULT)
        db.executemany(
            f"UPDATE documents SET (state, review_key, digest, error, verdict, reasons, {', '.join(RESULT)}) ="
            f" (?, ?, ?, ?, NULL, NULL, {', '.join('?' * len(RESULT))}) WHERE id = ?",
            (
                (one.state, key, one.digest, one.error, *(one.rows.document if one.rows else nothing), one.id)
                for one in changed
            ),
        )
        for one in changed:
            if one.rows is None:
                continue
            db.executemany(f"INSERT INTO findings VALUES ({one.id}, {_marks(16)})", _numbered(one.rows.findings))
            db.executemany(f"INSERT INTO citations VALUES ({one.id}, {_marks(9)})", _numbered(one.rows.citations))
            db.executemany(f"INSERT INTO demands VALUES ({one.id}, {_marks(5)})", _numbered(one.rows.demands))
            db.executemany(f"INSERT OR REPLACE INTO instruments VALUES ({_marks(8)})", one.rows.instruments)

    def touched(self) -> None:
        """Note that the reports no longer say what the results do."""
        self.set("reported", "")

    def complete(self) -> None:
        """Every document has its result: make the indexes that questions are answered from."""
        self.database.execute("DELETE FROM instruments WHERE key NOT IN (SELECT instrument FROM citations)")
        for statement in _INDEXES:
            self.database.execute(statement)

    def commit(self) -> None:
        """Make everything since the last commit last, whatever happens to this process or machine."""
        self.database.commit()

    def close(self) -> None:
        """Let others have the run. What has been put since the last commit is lost: it may be half of something."""
        self._opened.close()


def open_run(folder: Path) -> sqlite3.Connection:
    """The database of a run, for reading only; raises `SweepError` where there is none."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise SweepError(f"{folder} 里没有清理结果，请先运行 legalcheck sweep，或者用 --run 指定结果目录。")
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        if not _has_tables(database):
            raise SweepError(f"{folder} 里的清理结果不完整，请重新运行 legalcheck sweep。")
    except sqlite3.Error as error:
        raise SweepError(f"无法读取 {folder} 里的清理结果（{_why(error)}），请重新运行 legalcheck sweep。") from None
    _check_version(database, folder)
    return database


def meta(database: sqlite3.Connection, name: str) -> str:
    """A fact on a run as a whole; "" where it is not set."""
    found = database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=30)
    database.execute("PRAGMA cache_size=-32768")  # KiB
    return database


def _hold(folder: Path) -> sqlite3.Connection:
    """A lock that every system has and that ends with the process: a write transaction that is never committed."""
    lock = sqlite3.connect(folder / ".lock", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" in str(error):
            raise SweepError(f"另一个 legalcheck sweep 正在使用结果目录 {folder}，请等它结束。") from None
        raise
    return lock


def _has_tables(database: sqlite3.Connection) -> bool:
    return bool(database.execute("SELECT 1 FROM sqlite_master WHERE name = 'records'").fetchone())


def _check_version(database: sqlite3.Connection, folder: Path) -> None:
    with closing(database.execute("PRAGMA user_version")) as cursor:
        if cursor.fetchone()[0] != SCHEMA:
            raise SweepError(f"{folder} 里的清理结果来自另一版本的 legalcheck，请另指定一个结果目录重新清理。")


def _listed(entries: Iterable[Entry]) -> Iterator[tuple[object, ...]]:
    for position, one in enumerate(entries, 1):
        yield position, one.path, os.fsencode(one.location), one.title, one.issuer, one.number, one.year


def _numbered(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    return ((ordinal, *row) for ordinal, row in enumerate(rows))


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _why(error: Exception) -> str:
    text = str(error)
    for english, chinese in (
        ("not a database", "它不是 legalcheck 的数据文件"),
        ("malformed", "文件已损坏"),
        ("disk is full", "磁盘空间不足"),
        ("readonly", "磁盘或文件只能读取"),
        ("unable to open", "没有权限，或者路径不存在"),
        ("locked", "文件正被占用"),
    ):
        if english in text:
            return chinese
    return getattr(error, "strerror", None) or text
