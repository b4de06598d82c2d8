"""Whether the ledger is as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct, field
from sqlalchemy import Connection, select

from ..errors import LedgerError
from .case import fold
from .events import GENESIS, Event, Kind
from .ledger import Ledger, events_of, unchanged
from .schema import cases, events
from .summary import summary

WINDOW = 100  # of the newest events that the gate looks at in any case: nobody hides behind an event put far ahead
WHOLE = 2000  # up to so many events the gate verifies the whole ledger (some 20 ms), beyond them the draft's own


class Verification(Struct):
    """What `record verify` found: `head` is the digest of the last event, `problems` sentences (empty: all is well)."""

    count: int = 0
    head: str = GENESIS
    ledger_id: str = ""
    problems: list[str] = field(default_factory=list)


def verify(ledger: Ledger, noted: str = "") -> Verification:
    """Recompute every digest and every link of the ledger, and the sums that `cases` holds.

    `noted` is the digest of what was the last event at an earlier time: without it, a ledger that was cut off or
    rewritten from some event on is as sound as one that was not.
    """
    result = Verification()
    try:
        with ledger.reading() as connection:
            check(connection, result)
            if noted and connection.execute(select(events.c.seq).where(events.c.digest == noted)).first() is None:
                result.problems.append(f"台账中没有摘要为 {noted} 的记录，从它或者它以前起被截去或者重写过。")
    except LedgerError as error:
        result.problems.append(str(error))
    return result


def check(connection: Connection, result: Verification) -> None:
    """As `verify`, within a transaction; what is found goes into `result`."""
    query = select(*events.columns).order_by(events.c.seq)
    rows = connection.execute(query, execution_options={"yield_per": 2000})
    result.problems += _chain((Event(*row) for row in rows), result)
    result.problems += _sums(connection)


def _chain(sequence: Iterable[Event], result: Verification, before: Event | None = None) -> Iterator[str]:
    """What is wrong with events that should follow one another; with `before`, those of one case are not compared."""
    whole = before is None
    ends: dict[str, tuple[int, str]] = {}
    for entry in sequence:
        result.count += 1
        result.head = entry.digest
        where = f"第 {entry.seq} 条记录"
        if not entry.sound():
            yield f"{where}的内容与其摘要不符，被改动过。"
            if not entry.typed:
                continue
        expected = before.seq + 1 if before else 0
        if entry.seq != expected:
            yield f"缺少第 {expected} 条至第 {entry.seq - 1} 条记录。"
        if entry.seq == 0:
            result.ledger_id = entry.digest[:16]
            if entry.kind != Kind.LEDGER:
                yield f"{where}不是台账的起始记录。"
        if entry.prev != (before.digest if before else GENESIS):
            yield f"{where}与前一条记录接不上，中间有记录被改动、删除或者调换过。"
        number, digest = ends.get(entry.case, (0, GENESIS))
        if whole and (entry.number != number + 1 or entry.case_prev != digest):
            yield f"{where}与同一送审稿的前一条记录接不上。"
        if before and entry.at < before.at:
            yield f"{where}的时间早于前一条记录。"
        ends[entry.case] = (entry.number, entry.digest)
        before = entry
    if before is None:
        yield "台账是空的，连起始记录也没有。"


def _sums(connection: Connection) -> Iterator[str]:
    """The rows of `cases` against what the events add up to."""
    stored = {row.case: dict(row._mapping) for row in connection.execute(select(*cases.columns))}
    query = select(*events.columns).where(events.c.case != "").order_by(events.c.case, events.c.number)
    rows = connection.execute(query, execution_options={"yield_per": 2000})
    for case, own in groupby((Event(*row) for row in rows), key=lambda entry: entry.case):
        try:
            expected = summary(fold(own))
        except LedgerError as error:
            yield f"送审稿 {str(case)[:12]}：{error}"
            continue
        if stored.pop(case, None) != expected:
            yield f"送审稿 {str(case)[:12]} 的汇总与记录不符，被改动过，或者有记录被删除。"
    for case in stored:
        yield f"送审稿 {str(case)[:12]} 只有汇总，没有记录。"


def trusted(connection: Connection, case: str) -> tuple[list[Event], Event, list[str]]:
    """The events of a case, the last event of the ledger, and what speaks against trusting them.

    A small ledger is verified whole. Of a large one: the case's own chain, its last event against the row in `cases`,
    the events of other drafts right before and after its own, and the newest `WINDOW` of all. What was forged further
    off, `verify` reports.
    """
    own = events_of(connection, case)
    query = select(*events.columns).order_by(events.c.seq.desc()).limit(WINDOW)
    newest = [Event(*row) for row in connection.execute(query)][::-1]
    if not own or not all(entry.typed for entry in (*own, *newest)):
        raise LedgerError("台账中有记录被改动，已经无法解读，请运行 legalcheck record verify 检查。")
    problems: list[str] = []
    if newest[-1].seq < WHOLE:
        rows = connection.execute(select(*events.columns).order_by(events.c.seq))
        problems += _chain((Event(*row) for row in rows), Verification())
    else:
        problems += _chain(newest[1:], Verification(), newest[0])
        if not newest[0].sound() or not _joined(connection, own, newest[-1].seq):
            problems.append("这份送审稿的记录与台账中相邻的记录接不上。")
    if not unchanged(own):
        problems.append("这份送审稿的记录被改动、删除或者调换过。")
    row = connection.execute(select(cases.c.number, cases.c.digest).where(cases.c.case == case)).first()
    if row is None or (row.number, row.digest) != (own[-1].number, own[-1].digest):
        problems.append("这份送审稿的记录与台账的汇总不符，有记录被删除或者改动过。")
    return own, newest[-1], list(dict.fromkeys(problems))


def _joined(connection: Connection, own: list[Event], last: int) -> bool:
    """Whether the events next to those of a case, whosever they are, are sound and carry on the chain."""
    around = {seq for entry in own for seq in (entry.seq - 1, entry.seq + 1)}
    query = select(*events.columns).where(events.c.seq.in_(around))
    links = {row.seq: Event(*row) for row in connection.execute(query)}
    for entry in own:
        before, after = links.get(entry.seq - 1), links.get(entry.seq + 1)
        if before is None or not before.sound() or before.digest != entry.prev:
            return False
        if entry.seq != last and (after is None or not after.sound() or after.prev != entry.digest):
            return False
    return True
