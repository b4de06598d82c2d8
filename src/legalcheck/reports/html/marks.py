"""Where the findings stand in one paragraph: its text cut so that each piece has one look.

Any number of findings may overlap. Offsets are in code points of the paragraph's text, as in `Location`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ...rules.finding import Finding
from ..width import glyph


class Note(NamedTuple):
    """A finding with the number it has on the page, counted from 1."""

    number: int
    finding: Finding


class Piece(NamedTuple):
    """A stretch of text. `notes` are the findings whose clause it belongs to, gravest first; `words` says whether it is
    among the very words that one of them speaks of, and `severity` is the gravest of those (else of all). `ends` are the
    findings whose clause ends here: their numbers are printed behind it."""

    text: str
    bold: bool = False
    severity: str = ""
    words: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


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
    spans = {note.number: _clause(note.finding, len(text)) for note in notes}
    words = {note.number: _words(note.finding, *spans[note.number]) for note in notes}
    bounds = {0, bold, len(text)}
    for note in notes:
        bounds.update(spans[note.number])
        bounds.update(at for span in words[note.number] for at in span)
    grave = sorted(notes, key=lambda note: note.finding.severity.rank)
    pieces = [
        _piece(text, start, end, bold, [note for note in grave if _covers([spans[note.number]], start, end)], words, spans)
        for start, end in pairwise(sorted(bounds))
    ]
    pieces = _merged(pieces)
    nowhere = tuple(note.number for note in notes if spans[note.number][1] == 0)
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


def _piece(
    text: str,
    start: int,
    end: int,
    bold: int,
    here: list[Note],
    words: dict[int, list[tuple[int, int]]],
    spans: dict[int, tuple[int, int]],
) -> Piece:
    speaking = [note for note in here if _covers(words[note.number], start, end)]
    return Piece(
        shown(text[start:end]),
        end <= bold,
        (speaking or here)[0].finding.severity.value if here else "",
        tuple(note.number for note in speaking),
        tuple(note.number for note in here),
        tuple(sorted(note.number for note in here if spans[note.number][1] == end)),
    )


def _clause(finding: Finding, length: int) -> tuple[int, int]:
    """Where the quote stands; the whole paragraph for a finding that quotes nothing."""
    start = min(max(finding.location.start, 0), length)
    end = min(max(finding.location.end, start), length)
    return (start, end) if start < end else (0, length)


def _words(finding: Finding, start: int, end: int) -> list[tuple[int, int]]:
    """The marks, which count from the start of the quote, as offsets in the paragraph."""
    marks = [(max(start + first, start), min(start + last, end)) for first, last in finding.marks]
    return [(first, last) for first, last in marks if first < last]


def _covers(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def quoted(finding: Finding) -> list[tuple[str, bool]]:
    """The quote in pieces, each with whether it is among the words that the rule speaks of."""
    length = len(finding.quote)
    marks = [(max(first, 0), min(last, length)) for first, last in finding.marks]
    bounds = sorted({0, length, *(at for first, last in marks if first < last for at in (first, last))})
    cuts = [(_covers(marks, start, end), start, end) for start, end in pairwise(bounds)]
    runs = [(marked, [at for cut in run for at in cut[1:]]) for marked, run in groupby(cuts, lambda cut: cut[0])]
    return [(shown(finding.quote[ends[0] : ends[-1]]), marked) for marked, ends in runs]
