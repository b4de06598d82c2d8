"""Working days, by the calendar that the State Council's office publishes each autumn for the year after."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache


@cache
def is_workday(day: date) -> bool:
    """Whether offices work on this day. Years whose holidays are not published yet count Monday to Friday."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def after(start: date, days: int) -> date:
    """The last day of a term of so many working days; the day on which it begins does not count (民法典 201)."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


@cache
def between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and with `end`; negative where `end` is earlier."""
    if end < start:
        return -between(end, start)
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
