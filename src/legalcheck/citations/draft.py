"""Citations of a whole draft, each with its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ..corpora.statutes import Catalogue, catalogue
from ..document.model import Draft
from .find import find
from .model import Citation, ClauseRef, Number
from .resolve import Resolution, resolve


class Cited(Struct, frozen=True):
    """A citation at its place. For a draft, `citation.start` counts from the start of `paragraph`'s text and
    `citation.end` from that of `end_paragraph` (a title may run on into the next paragraph); `provision` is the unit
    it stands in. For a plain text all three are 0, 0 and None."""

    citation: Citation
    resolution: Resolution
    paragraph: int = 0
    end_paragraph: int = 0
    provision: int | None = None


def citations(source: str | Draft, as_of: date | None = None, *, known: Catalogue | None = None) -> list[Cited]:
    """Every citation of a text or draft, in reading order, resolved as of a date (today where None).

    Abbreviations declared anywhere in the draft count for the whole of it.
    """
    known = known or catalogue()
    as_of = as_of or date.today()
    if isinstance(source, str):
        return [Cited(one, resolve(one, as_of, known=known)) for one in find(source, known=known)]
    return [
        Cited(one, resolve(one, as_of, known=known), paragraph, end_paragraph, provision)
        for one, paragraph, end_paragraph, provision in placed(source, known=known)
    ]


def placed(draft: Draft, *, known: Catalogue | None = None) -> Iterator[tuple[Citation, int, int, int | None]]:
    """Each citation of a draft with the indexes of its first and last paragraph and of the provision it stands in."""
    starts: list[int] = []
    at = 0
    for paragraph in draft.paragraphs:
        starts.append(at)
        at += len(paragraph.text) + 1
    units: dict[int, list[tuple[int, int | None]]] = {}
    for segment in draft.segments:
        units.setdefault(segment.paragraph, []).append((segment.start, segment.provision))
    for one in find("\n".join(p.text for p in draft.paragraphs), known=known):
        first = bisect_right(starts, one.start) - 1
        last = bisect_right(starts, max(one.end - 1, one.start)) - 1
        provision = None
        for start, unit in units.get(first, ()):
            if start <= one.start - starts[first]:
                provision = unit
        yield _moved(one, -starts[first], -starts[last]), first, last, provision


def _moved(one: Citation, by: int, end_by: int) -> Citation:
    return replace(
        one,
        start=one.start + by,
        end=one.end + end_by,
        title_start=one.title_start + by if one.title_end else 0,
        title_end=one.title_end + end_by if one.title_end else 0,
        numbers=tuple(_number(n, by, end_by) for n in one.numbers),
        clauses=tuple(_clause(c, end_by) for c in one.clauses),
    )


def _number(number: Number, by: int, end_by: int) -> Number:
    shift = by if by == end_by else end_by
    return replace(number, start=number.start + shift, end=number.end + shift)


def _clause(ref: ClauseRef, by: int) -> ClauseRef:
    return replace(ref, start=ref.start + by, end=ref.end + by, until=_clause(ref.until, by) if ref.until else None)
