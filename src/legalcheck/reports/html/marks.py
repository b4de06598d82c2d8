"""Where the findings stand in one paragraph: its text cut so that each piece has one look.

Any number of findings may overlap. Offsets are in code points of the paragraph's text, as in `Location`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ...rules.finding import Finding
from ..width import glyph


class Note(NamedTuple):
    """A finding with the number it has on the page, counted from 1."""

    number: int
    finding: Finding


class Piece(NamedTuple):
    """A stretch of text with one look.

    `notes` are the findings whose clause it belongs to, gravest first, `words` those of them that speak of these very
    words; `severity` is the gravest of `words`, else of `notes`. `ends` are the findings whose clause ends here: their
    numbers are printed behind it.
    """

    text: str
    bold: bool = False
    severity: str = ""
    words: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


class _Placed(NamedTuple):
    """A finding with its clause and its words as offsets in the paragraph."""

    note: Note
    clause: tuple[int, int]
    words: list[tuple[int, int]]


def shown(text: str) -> str:
    """`text` with what could steer a reader's eye or hide from it written out (〈U+202E〉); breaks and tabs stay."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else glyph(char) for char in text)


def cut(text: str, notes: Sequence[Note], bold: int = 0) -> list[Piece]:
    """`text` in pieces; the first `bold` characters are a number and stand out."""
    if not notes:
        lead = [Piece(shown(text[:bold]), True)] if bold else []
        return [*lead, Piece(shown(text[bold:]))]
    placed = [_place(note, len(text)) for note in notes]
    opening: dict[int, list[_Placed]] = {}
    for one in placed:
        opening.setdefault(one.clause[0], []).append(one)
    bounds = {0, bold, len(text), *(at for one in placed for span in (one.clause, *one.words) for at in span)}
    here: list[_Placed] = []
    pieces = []
    for start, end in pairwise(sorted(bounds)):
        here = [*(one for one in here if one.clause[1] > start), *opening.get(start, ())]
        pieces.append(_piece(text, start, end, bold, here))
    pieces = _merged(pieces)
    nowhere = tuple(one.note.number for one in placed if one.clause[1] == 0)
    return [*pieces, Piece("", ends=nowhere)] if nowhere else pieces


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one look as one piece, unless a finding ends between them."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and not last.ends and piece[1:-1] == last[1:-1]:
            merged[-1] = piece._replace(text=last.text + piece.text)
        else:
            merged.append(piece)
    return merged


def _piece(text: str, start: int, end: int, bold: int, here: Sequence[_Placed]) -> Piece:
    here = sorted(here, key=lambda one: (one.note.finding.severity.rank, one.note.number))
    speaking = [one for one in here if any(first <= start and end <= last for first, last in one.words)]
    return Piece(
        shown(text[start:end]),
        end <= bold,
        (speaking or here)[0].note.finding.severity.value if here else "",
        tuple(one.note.number for one in speaking),
        tuple(one.note.number for one in here),
        tuple(sorted(one.note.number for one in here if one.clause[1] == end)),
    )


def _place(note: Note, length: int) -> _Placed:
    """The clause is the quote; the whole paragraph for a finding that quotes nothing."""
    place = note.finding.location
    start = min(max(place.start, 0), length)
    end = min(max(place.end, start), length)
    if start == end:
        return _Placed(note, (0, length), [])
    marks = ((max(start + first, start), min(start + last, end)) for first, last in note.finding.marks)
    return _Placed(note, (start, end), [(first, last) for first, last in marks if first < last])
