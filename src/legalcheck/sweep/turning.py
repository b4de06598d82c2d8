"""For how long a verdict lasts: the days between which no cited statute begins, changes or ends.

A review depends on its date through the standing and the text of the statutes it looks up, and through nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from ..citations import Cited
from ..corpora.statutes import Catalogue, Statute, catalogue, loose_key, written_number_key


def lasting(cited: Iterable[Cited], as_of: date, known: Catalogue | None = None) -> tuple[date | None, date | None]:
    """The days [first, end) around `as_of` on which the citations resolve alike; None where there is no bound."""
    known = known or catalogue()
    first = end = None
    for one in cited:
        keys = (one.citation.key, *(number.key for number in one.citation.numbers))
        statute = one.resolution.statute
        for day in _turning_days(keys, statute.title if statute else "", known):
            if day <= as_of:
                first = max(first or day, day)
            else:
                end = min(end or day, day)
    return first, end


@lru_cache(maxsize=4096)
def _turning_days(keys: tuple[str, ...], title: str, known: Catalogue) -> tuple[date, ...]:
    """All days on which an answer for these keys may change: those of every statute of that name, and of its heirs."""
    seen: dict[str, Statute] = {}
    waiting = [one for key in keys if key for one in (*known.lookup(key), *known.lookup(loose_key(key)))]
    waiting += known.by_title(title) if title else ()
    while waiting:
        one = waiting.pop()
        if one.id not in seen:
            seen[one.id] = one
            waiting += _named(one.repealed_by, known) if one.repealed_by else ()
    return tuple(sorted({day for one in seen.values() for day in _days(one)}))


def _named(name: str, known: Catalogue) -> tuple[Statute, ...]:
    number = written_number_key(name.strip("《》 "))
    return (known.lookup(number) if number else ()) or known.by_title(name)


def _days(statute: Statute) -> Iterator[date]:
    for version in (*statute.previous, *((statute.pending,) if statute.pending else ())):
        yield from (day for day in (version.version_date, version.effective) if day)
    own = (
        statute.repealed_on,
        statute.promulgated,
        statute.effective,
        statute.first_effective,
        statute.version_date,
        *statute.amendments,
    )
    yield from (day for day in own if day)
