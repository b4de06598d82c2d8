"""All drafts at a glance."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select

from . import workdays
from .ledger import Ledger
from .schema import cases
from .steps import AFTER_GATE, ENDED, UNDER_REVIEW, WAITS_FOR, State


class Row(Struct, frozen=True):
    """One draft. `days` are the working days left of the review, negative when overdue, None before and after it."""

    case: str
    title: str
    unit: str
    state: State
    due: date | None
    days: int | None
    blocking: int
    major: int

    @property
    def waits_for(self) -> str:
        """What has to happen next, "" at the end."""
        return WAITS_FOR.get(self.state, "")


class Overview(Struct, frozen=True):
    """The drafts in order of urgency, of `total` that were asked for, and how many stand in each state."""

    rows: tuple[Row, ...]
    total: int
    counts: tuple[tuple[State, int], ...]


def overview(ledger: Ledger, today: date, *, finished: bool = False, limit: int | None = None) -> Overview:
    """The drafts on their way to the meeting, those due first; with `finished` also those past it."""
    past = [state.value for state in AFTER_GATE | ENDED]
    query = select(*(cases.c[name] for name in _COLUMNS))
    if not finished:
        query = query.where(cases.c.state.not_in(past))
    query = query.order_by((cases.c.due == "").asc(), cases.c.due, cases.c.case)
    with ledger.reading() as connection:
        counts = _counts(connection)
        found = [_row(row, today) for row in connection.execute(query.limit(limit))]
    total = sum(number for state, number in counts.items() if finished or state.value not in past)
    return Overview(tuple(found), total, tuple((state, counts[state]) for state in State if state in counts))


def _counts(connection: Connection) -> Counter[State]:
    query = select(cases.c.state, func.count()).group_by(cases.c.state)
    return Counter({State(state): number for state, number in connection.execute(query)})


_COLUMNS = ("case", "title", "unit", "state", "due", "blocking", "major")
_day = cache(date.fromisoformat)


def _row(row: Any, today: date) -> Row:
    case, title, unit, stored, term, blocking, major = row  # by position: there may be a hundred thousand
    state = State(stored)
    due = _day(term) if term and state in UNDER_REVIEW else None
    days = workdays.between(today, due) if due else None
    return Row(case, title, unit, state, due, days, blocking, major)
