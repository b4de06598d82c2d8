"""The ledger: an append-only, hash-chained list of events in SQLite or PostgreSQL."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, create_engine, event, func, select, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ..errors import LedgerError, reason
from .case import Case, fold
from .events import Event, Kind, NewEvent, chained, timestamp
from .schema import cases, events
from .summary import summary

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT = Path(".legalcheck") / "ledger.db"
VARIABLE = "LEGALCHECK_LEDGER"
REVISION = "0001"  # the newest of migrations/versions
LOCK = 0x1E6A1  # PostgreSQL's advisory lock of the one writer
WAIT_SECONDS = 60
CLOCK_TOLERANCE = timedelta(minutes=5)  # between the clocks of an office's machines
SHORTEST = 8  # characters of a digest that name a draft
_BEGINNING = re.compile(f"[0-9a-f]{{{SHORTEST},63}}")
FIELDS = tuple(column.name for column in events.columns)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def locate(given: str = "", configured: str = "") -> str:
    """Where the ledger is: as said on the command line, else in the environment, else in legalcheck.toml."""
    return given or os.environ.get(VARIABLE, "") or configured or str(DEFAULT)


class Ledger:
    """An open ledger. `place` is a file (SQLite) or the URL of a PostgreSQL database.

    Reading never creates one: `create` says whether to, `begin` whether to write the first event then. Every error is a
    `LedgerError` with a sentence.
    """

    def __init__(
        self, place: str, *, create: bool = False, begin: bool = True, clock: Callable[[], datetime] = now
    ) -> None:
        self._clock = clock
        self._url = _url(place)
        self.place = self._url.render_as_string(hide_password=True) if "://" in place else place
        file = Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None
        if file is not None and not file.exists() and not create:
            raise LedgerError(
                f"找不到台账 {self.place}；先用 legalcheck record step 送审稿 送审 登记，"
                "或者用 --ledger、环境变量 LEGALCHECK_LEDGER 指明台账的位置。"
            )
        if file is not None and file.is_dir():
            raise LedgerError(f"台账 {self.place} 是文件夹，请写明文件名。")
        with self._sentences():
            if file is not None and create:
                file.parent.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(self._url)
            self._prepare(create, begin and create)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction of the one writer: what it reads cannot change before it is committed, all or nothing."""
        with self._sentences(), self._engine.connect() as connection:
            connection = connection.execution_options(legalcheck_writer=True)
            with connection.begin():
                if self._engine.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
                yield Transaction(connection, self._clock())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the ledger."""
        with self._sentences(), self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @property
    def id(self) -> str:
        """What tells this ledger from all others: the beginning of the digest of its first event."""
        with self.reading() as connection:
            found = connection.execute(select(events.c.digest).where(events.c.seq == 0)).scalar()
        return str(found)[:16] if found else ""

    def case_of(self, draft: str) -> str | None:
        """The case that a version of a draft (its SHA-256, or the first characters of it) belongs to."""
        with self.reading() as connection:
            return case_of(connection, draft)

    def case(self, case: str) -> Case:
        """The case of this id."""
        with self.reading() as connection:
            return fold(events_of(connection, case))

    def events(self, case: str) -> list[Event]:
        """All events of a case, in order."""
        with self.reading() as connection:
            return events_of(connection, case)

    def all_events(self) -> Iterator[Event]:
        """Every event of the ledger, in order."""
        with self.reading() as connection:
            query = select(*events.columns).order_by(events.c.seq)
            for row in connection.execute(query, execution_options={"yield_per": 2000}):
                yield Event(*row)

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise LedgerError(_sentence(self.place, error)) from error
        except (SQLAlchemyError, OSError, ValueError, OverflowError) as error:
            why = reason(error) if isinstance(error, OSError) else _first_line(error)
            raise LedgerError(f"台账 {self.place} 无法使用（{why}），请检查位置、权限和磁盘。") from error

    def _prepare(self, create: bool, begin: bool) -> None:
        with self._engine.connect() as connection, connection.begin():
            found = _revision(connection)
            ready = found == REVISION and (not begin or count(connection) > 0)
        if ready:
            return
        if found is not None and found > REVISION:
            raise LedgerError(f"台账 {self.place} 是由更新的 legalcheck 建立的，请升级 legalcheck。")
        if found is None and not create:
            raise LedgerError(f"{self.place} 不是 legalcheck 的台账，请核对位置。")
        with self.writing() as transaction:
            if _revision(transaction.connection) != REVISION:
                _migrate(transaction.connection)
            if begin and count(transaction.connection) == 0:
                transaction.begin_ledger()


class Transaction:
    """What a writer may do: read, and append."""

    def __init__(self, connection: Connection, moment: datetime) -> None:
        self.connection = connection
        self.moment = moment

    def case_of(self, draft: str) -> str | None:
        """See `Ledger.case_of`."""
        return case_of(self.connection, draft)

    def case(self, case: str) -> Case:
        """The case as it is now."""
        return fold(events_of(self.connection, case))

    def append(self, case: str, *new: NewEvent) -> list[Event]:
        """Append events to a case and bring the row that sums it up in line.

        Raises `LedgerError` where the clock stands before the last event: an order of events that time contradicts
        proves nothing.
        """
        last = _event(self.connection, select(*events.columns).order_by(events.c.seq.desc()).limit(1))
        own = events_of(self.connection, case)
        moment = self.moment
        if last is not None:
            if moment < last.moment - CLOCK_TOLERANCE:
                raise LedgerError(
                    f"本机时间 {timestamp(moment)} 早于台账最后一条记录 {last.at}，没有记入；请先校正时钟。"
                )
            moment = max(moment, last.moment)
        made: list[Event] = []
        for entry in new:
            last = chained(entry, case, moment, last, own[-1] if own else None)
            own.append(last)
            made.append(last)
        self.connection.execute(events.insert(), [_row(entry) for entry in made])
        if case:
            row = summary(fold(own))
            if len(own) > len(made):
                self.connection.execute(cases.update().where(cases.c.case == case), row)
            else:
                self.connection.execute(cases.insert(), row)
        return made

    def begin_ledger(self) -> None:
        """Write the first event: a random name makes this ledger unlike every other."""
        self.append("", NewEvent(Kind.LEDGER, "", "", "", {"name": os.urandom(16).hex()}))


def events_of(connection: Connection, case: str) -> list[Event]:
    """The events of a case, in order."""
    query = select(*events.columns).where(events.c.case == case).order_by(events.c.number)
    return [Event(*row) for row in connection.execute(query)]


def case_of(connection: Connection, draft: str) -> str | None:
    """The case with this version; of a beginning of a digest (8 characters or more), where it is but one."""
    if len(draft) == 64:
        query = select(events.c.case).where(events.c.draft == draft).order_by(events.c.seq.desc()).limit(1)
        return connection.execute(query).scalar()
    if not _BEGINNING.fullmatch(draft):
        raise LedgerError(f"“{draft}”不是送审稿的编号，请写台账所列编号的前 {SHORTEST} 位以上，或者指明文件。")
    # "g" sorts after every hex digit in every collation, as the next character need not
    query = select(events.c.case).where(events.c.draft >= draft, events.c.draft < f"{draft}g").distinct().limit(2)
    found = connection.execute(query).scalars().all()
    if len(found) > 1:
        raise LedgerError(f"有几份送审稿的编号以 {draft} 开头，请多写几位。")
    return found[0] if found else None


def _event(connection: Connection, query: Any) -> Event | None:
    row = connection.execute(query).first()
    return Event(*row) if row else None


def _row(entry: Event) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FIELDS}


def count(connection: Connection) -> int:
    """How many events the ledger should hold: one more than the last number."""
    last = connection.execute(select(func.max(events.c.seq))).scalar()
    return 0 if last is None else int(last) + 1


def _url(place: str) -> URL:
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place)))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        raise LedgerError("台账的地址无法解读，应当是文件路径或者 postgresql://用户:密码@主机/数据库。") from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"台账不支持 {url.get_backend_name()}，请用 SQLite 文件或者 postgresql:// 地址。")
    return url


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS, "isolation_level": None})
            event.listen(engine, "connect", _sqlite_settings)
            event.listen(engine, "begin", _sqlite_begin)
            return engine
        return create_engine(url, connect_args={"connect_timeout": 10}, use_native_hstore=False)
    except (ImportError, NoSuchModuleError):
        raise LedgerError("使用 PostgreSQL 台账需要驱动程序，请运行 pip install 'legalcheck[postgres]'。") from None


def _sqlite_settings(connection: Any, _: object) -> None:
    # WAL: readers never wait for the writer. FULL: what is acknowledged survives a power failure.
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            # SQLite does not wait here of itself while several processes make one new ledger
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous=FULL")


def _sqlite_begin(connection: Connection) -> None:
    # A writer takes its lock before it reads: what it decided upon must still hold when it commits.
    writer = connection.get_execution_options().get("legalcheck_writer")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def _revision(connection: Connection) -> str | None:
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _sentence(place: str, error: DBAPIError) -> str:
    words = str(error.orig)
    if "database is locked" in words:
        return f"台账 {place} 被其他程序占用超过 {WAIT_SECONDS} 秒，没有记入，请稍后再试。"
    if "append-only" in words:
        return f"台账 {place} 只能追加，不能改动已有的记录。"
    if "malformed" in words or "not a database" in words:
        return f"台账 {place} 已经损坏或者不是台账，请从备份恢复，或者用 legalcheck record import 由导出的文件重建。"
    if "readonly" in words or "read-only" in words:
        return f"台账 {place} 不能写入，请检查权限。"
    return f"台账 {place} 无法读写（{_first_line(error.orig)}），请检查位置、权限和网络。"


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def unchanged(sequence: Sequence[Event]) -> bool:
    """Whether the events of one case follow one another as they were chained."""
    before = None
    for entry in sequence:
        if not entry.sound() or entry.number != (before.number + 1 if before else 1):
            return False
        if before is not None and entry.case_prev != before.digest:
            return False
        before = entry
    return True
