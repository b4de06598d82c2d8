"""The events of the ledger and the chain that holds them together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ..errors import LedgerError

GENESIS = "0" * 64


class Kind(StrEnum):
    """What an event tells."""

    LEDGER = "ledger"  # the first event: this ledger begins
    STEP = "step"  # a person moved a draft on: 送审, 受理 …
    REVIEWED = "reviewed"  # the machine's findings on one version of a draft
    CLEARED = "cleared"  # a person disposed of one finding
    UNDONE = "undone"  # a person took a clearing back
    OPINION = "opinion"  # the signed opinion


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a command wants to be recorded; `body` holds JSON values only. See `Event` for the rest."""

    kind: Kind
    draft: str
    state: str
    by: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event.

    `seq` counts all events of the ledger from 0, `number` those of one draft's `case` from 1. `draft` is the SHA-256 of
    the version concerned, `state` that of the case after the event, `at` the time in UTC, ISO 8601. `prev` and
    `case_prev` are the digests of the event before in the ledger and in the case; `digest` is the SHA-256 of all other
    fields, so that none can be changed alone.
    """

    seq: int
    case: str
    number: int
    draft: str
    kind: str
    state: str
    at: str
    by: str
    body: str
    prev: str
    case_prev: str
    digest: str

    @property
    def data(self) -> dict[str, Any]:
        """The body, parsed."""
        value: dict[str, Any] = json.loads(self.body)
        return value

    @property
    def moment(self) -> datetime:
        """`at`, as a time with zone."""
        return moment(self.at)

    @property
    def typed(self) -> bool:
        """Whether every field is of its type. A damaged file may hold values of any other."""
        numbers = type(self.seq) is int and type(self.number) is int
        return numbers and all(isinstance(getattr(self, name), str) for name in _TEXTS)

    def sound(self) -> bool:
        """Whether the event is what its digest was made of."""
        try:
            return self.digest == digest(*(getattr(self, name) for name in _CHAINED))
        except TypeError:  # bytes, where a file is damaged
            return False


_CHAINED = tuple(field.name for field in fields(Event) if field.name != "digest")
_TEXTS = tuple(field.name for field in fields(Event) if field.type == "str")


def digest(*values: object) -> str:
    """The SHA-256, in hex, of an event's fields in their order. JSON keeps neighbouring fields apart."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def chained(new: NewEvent, case: str, at: datetime, last: Event | None, last_of_case: Event | None) -> Event:
    """The event as it follows `last` in the ledger and `last_of_case` in its case."""
    values = (
        last.seq + 1 if last else 0,
        case,
        last_of_case.number + 1 if last_of_case else 1,
        new.draft,
        str(new.kind),
        new.state,
        timestamp(at),
        new.by,
        canonical(new.body),
        last.digest if last else GENESIS,
        last_of_case.digest if last_of_case else GENESIS,
    )
    return Event(*values, digest=digest(*values))


def canonical(body: dict[str, Any]) -> str:
    """One JSON text for one value: keys sorted, no white space, ASCII only (no database changes that)."""
    try:
        return json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError) as error:
        raise LedgerError(f"这项内容无法记入台账（{error}）。") from error


def moment(at: str) -> datetime:
    """The time that a `timestamp` tells. Raises `LedgerError` for a text that is none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        found = datetime.min
    if found.tzinfo is None:
        raise LedgerError(f"台账中有一条记录的时间“{at}”无法解读，请运行 legalcheck record verify 检查。")
    return found


def timestamp(when: datetime) -> str:
    """A moment in UTC with milliseconds: texts of it sort as the moments do."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds")
