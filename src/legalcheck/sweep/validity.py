"""Until when a document says that it is in force, and of which year it is."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ..document.dates import find_date
from ..document.model import Metadata
from ..lazy import regex
from ..numerals import parse

_SPAN = regex(r"([\d〇一二两三四五六七八九十]{1,3})(?:周)?(年|个?月)")
_YEAR = regex(r"[〔\[（(【]((?:19|20)\d\d)[〕\])）】]")


def expiry(facts: Metadata) -> date | None:
    """The first day on which the document is no longer in force, by its own words (有效期五年, 有效期至…); else None.

    Years run from the effective date, or from the date of the document where it is in force from its issue.
    """
    if not facts.validity:
        return None
    last = find_date(facts.validity)
    if last:
        return last + timedelta(1)
    began = facts.effective_date or facts.document_date
    span = _SPAN.search(facts.validity)
    count = parse(span[1]) if span else None
    if began is None or span is None or not count:
        return None
    return _later(began, count * (12 if span[2] == "年" else 1))


def _later(day: date, months: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def year_of(facts: Metadata) -> int | None:
    """The year of its number, else of its date, else of its effect."""
    numbered: re.Match[str] | None = _YEAR.search(facts.document_number)
    if numbered:
        return int(numbered[1])
    day = facts.document_date or facts.effective_date
    return day.year if day else None
