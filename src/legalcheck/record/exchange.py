"""The whole ledger as JSON Lines, an event a line, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from ..errors import LedgerError
from .case import fold
from .events import Event
from .ledger import Ledger, count
from .schema import cases, events
from .summary import summary
from .verify import Verification, check

_READER = TypeAdapter(with_config(ConfigDict(extra="forbid"))(Event))


def export(ledger: Ledger) -> Iterator[str]:
    """Every event as one line of JSON, in order."""
    for entry in ledger.all_events():
        yield json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":")) + "\n"


def restore(place: str, lines: Iterable[str]) -> int:
    """Make a new ledger from exported lines; returns how many events.

    Nothing is made unless every line is read and the whole chain verifies. Raises `LedgerError` with the line.
    """
    existed = Path(place).exists()
    try:
        with Ledger(place, create=True, begin=False) as ledger, ledger.writing() as transaction:
            return _fill(transaction.connection, ledger.place, lines)
    except BaseException:
        if not existed and "://" not in place:
            for leftover in (place, f"{place}-wal", f"{place}-shm"):
                Path(leftover).unlink(missing_ok=True)
        raise


def _fill(connection: Connection, place: str, lines: Iterable[str]) -> int:
    if count(connection):
        raise LedgerError(f"台账 {place} 已有记录，导入只能用于新的台账；请用 --ledger 指明一个新的位置。")
    own: dict[str, list[Event]] = {}
    for number, line in enumerate(lines, start=1):
        entry = _event(number, line)
        try:
            connection.execute(events.insert(), [asdict(entry)])
        except IntegrityError:
            raise LedgerError(f"导入的文件第 {number} 行与前面的记录重复，没有导入任何记录。") from None
        if entry.case:
            own.setdefault(entry.case, []).append(entry)
    if rows := [summary(fold(sequence)) for sequence in own.values()]:
        connection.execute(cases.insert(), rows)
    result = Verification()
    check(connection, result)
    if result.problems:
        raise LedgerError(f"导入的文件与其摘要链不符，没有导入任何记录：{result.problems[0]}")
    return result.count


def _event(number: int, line: str) -> Event:
    try:
        return _READER.validate_json(line, strict=True)
    except ValidationError:
        raise LedgerError(f"导入的文件第 {number} 行不是台账的记录，没有导入任何记录。") from None
