"""From a draft to clauses: the units that rules are matched against.

A clause is a stretch between full stops, semicolons and line breaks. What its lead-in says (…应当提交下列材料：) or its
table header (申请材料 | 份数) is put in front of it as inherited text, so that polarity, verb and actor reach the items
(guards G9 and G11 of prohibited-content.md) by the same means as words of the clause itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from ..document.model import Draft, Level, Paragraph, Part, Segment
from ..lazy import regex
from .fold import fold, offsets

LONGEST_LEAD_IN = 200
LONGEST_HEADING = 30
LONGEST_CELL = 80

_BOUNDARY = regex(r"[。！？；;!?\n]|[《（(“〔]|[》）)”〕]")
_OPENING = {"《": "》", "（": "）", "(": ")", "“": "”", "〔": "〕"}
_PREDICATE = regex("应当|应该|必须|可以|不得|须|严禁|禁止|予以|给予")
_HEADING = regex(rf"[^，。；！？,;\n]{{1,{LONGEST_HEADING}}}")
_FULL_STOP = regex("[。；]")
_SENTENCE_END = regex("[。！？；;!?\n]")


class Piece(Struct, frozen=True):
    """A stretch of the clause that stands in the draft: raw[at : at + end - start] is Paragraph.text[start:end]."""

    at: int
    paragraph: int
    start: int
    end: int


class Clause(Struct, frozen=True):
    """A clause in the spelling of `fold`, inherited text first.

    `text[own:]` is the clause itself; `raw` is the same before folding; `pieces` are the parts of it that stand in the
    draft as the clause's own, in order; `neighbours` is the folded text of the paragraph the clause stands in.
    """

    raw: str
    text: str
    own: int
    pieces: tuple[Piece, ...]
    provision: int | None
    neighbours: str = ""

    def locate(self, start: int, end: int) -> tuple[int, int, int] | None:
        """(paragraph, start, end) of text[start:end] in the draft; None for inherited words and separators."""
        back = offsets(self.raw)
        first, last = back[start], back[end - 1] + 1
        at = bisect_right([p.at for p in self.pieces], first) - 1
        if at < 0:
            return None
        piece = self.pieces[at]
        shift = piece.start - piece.at
        if first + shift >= piece.end:
            return None
        return piece.paragraph, first + shift, min(last + shift, piece.end)

    def span_of(self, paragraph: int, start: int, end: int) -> tuple[int, int] | None:
        """Where Paragraph.text[start:end] stands in `text`; None where the clause does not hold its start."""
        for piece in self.pieces:
            if piece.paragraph == paragraph and piece.start <= start < piece.end:
                shift = piece.at - piece.start
                stop = min(end, piece.end)
                return len(fold(self.raw[: start + shift])), len(fold(self.raw[: stop + shift]))
        return None

    @property
    def context(self) -> str:
        """The inherited text."""
        return self.text[: self.own]


def split(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the clauses of `text`, their closing mark included; brackets and titles are not split."""
    first = _SENTENCE_END.search(text)
    if first is None or first.end() == len(text):
        yield 0, len(text)
        return
    start = 0
    awaited: list[str] = []
    for hit in _BOUNDARY.finditer(text):
        char = hit.group()
        if char in _OPENING:
            if text.find(_OPENING[char], hit.end()) >= 0:
                awaited.append(_OPENING[char])
        elif awaited and char == awaited[-1]:
            awaited.pop()
        elif char in "。！？；;!?\n" and (not awaited or char == "\n"):
            awaited.clear()
            yield start, hit.end()
            start = hit.end()
    if start < len(text):
        yield start, len(text)


def clauses(draft: Draft) -> list[Clause]:
    """All clauses of a draft in reading order: headers and footers left out, a row of short cells as one clause."""
    return list(_Reader(draft).clauses())


class _Reader:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tables = _tables(draft)
        self.lead_ins: dict[int, str] = {}
        self.headings: dict[int, str] = {}
        self.last_line = ""  # the last line of running text, which may name the table that follows it

    def clauses(self) -> Iterator[Clause]:
        done: set[tuple[int, int]] = set()
        for segment in self.draft.segments:
            paragraph = self.draft.paragraphs[segment.paragraph]
            origin = paragraph.origin
            if origin.part in (Part.HEADER, Part.FOOTER):
                continue
            if origin.table is not None and origin.row is not None:
                row = (origin.table, origin.row)
                if row in done:
                    continue
                table = self.tables[origin.table]
                cells = table.rows[origin.row]
                if table.is_list(origin.row):
                    done.add(row)
                    yield from self._row(table, cells, segment)
                    continue
                context = table.header_of(origin.row, origin.column)
            else:
                context = self._inherited(segment)
                self.last_line = paragraph.text
            yield from self._segment(segment, paragraph, context)

    def _segment(self, segment: Segment, paragraph: Paragraph, context: str) -> Iterator[Clause]:
        text = paragraph.text[segment.start : segment.end]
        neighbours = fold(text)
        said = ""
        for start, end in split(text):
            said = own = text[start:end]  # the text itself where it is one clause
            folded = fold(own) if own is not text else neighbours
            if not folded:
                continue
            inherited = context if context and (context[-1] == "：" or not _PREDICATE.search(own)) else ""
            if inherited and inherited[-1] != "：":
                inherited += "："
            piece = Piece(len(inherited), segment.paragraph, segment.start + start, segment.start + end)
            front = fold(inherited) if inherited else ""
            yield Clause(inherited + own, front + folded, len(front), (piece,), segment.provision, neighbours)
        stripped = said.rstrip()
        if segment.provision is not None and stripped:
            if stripped[-1] in "：:":
                self.lead_ins[segment.provision] = (context + stripped[:-1])[-LONGEST_LEAD_IN:] + "："
            else:
                self.lead_ins.pop(segment.provision, None)
                heading = stripped.rstrip("。")
                level = self.draft.provisions[segment.provision].level
                if Level.HEADING_1 <= level <= Level.HEADING_4 and _HEADING.fullmatch(heading):
                    self.headings[segment.provision] = heading

    def _inherited(self, segment: Segment) -> str:
        """The lead-in of the nearest unit above, else the short heading above it (without its colon)."""
        if segment.provision is None:
            return ""
        unit = self.draft.provisions[segment.provision]
        for above in self.draft.ancestors(unit.parent):
            lead_in = self.lead_ins.get(above.index)
            if lead_in:
                return lead_in
            if above.level is not Level.PARAGRAPH:
                break
        for above in self.draft.ancestors(unit.parent) if self.headings else ():
            if above.index in self.headings:
                return self.headings[above.index]
        return ""

    def _row(self, table: _Table, cells: list[Paragraph], segment: Segment) -> Iterator[Clause]:
        raw = f"{table.caption}：" if table.caption else ""
        own = len(fold(raw))
        pieces = []
        for cell in cells:
            if not cell.text.strip():
                continue
            header = table.headers.get(cell.origin.column or 0, "")
            if header and cell.origin.row != table.first:
                raw += header + "："
            pieces.append(Piece(len(raw), cell.index, 0, len(cell.text)))
            raw += cell.text + "，"
        if pieces:
            text = fold(raw)
            yield Clause(raw, text, own, tuple(pieces), segment.provision, text)


class _Table:
    """One table: its rows of paragraphs, the header of each column, and the line that introduces it."""

    def __init__(self, caption: str) -> None:
        self.caption = caption
        self.rows: dict[int, list[Paragraph]] = {}
        self.headers: dict[int, str] = {}
        self.first = 0

    def add(self, paragraph: Paragraph) -> None:
        row = paragraph.origin.row or 0
        if not self.rows:
            self.first = row
        self.rows.setdefault(row, []).append(paragraph)
        if row == self.first and len(paragraph.text) <= LONGEST_HEADING:
            column = paragraph.origin.column or 0
            self.headers[column] = self.headers.get(column, "") + fold(paragraph.text)

    def is_list(self, row: int) -> bool:
        """Whether a row is one entry of a list rather than running text laid out in cells."""
        cells = self.rows[row]
        return len(cells) > 1 and all(len(cell.text) <= LONGEST_CELL for cell in cells)

    def header_of(self, row: int | None, column: int | None) -> str:
        if row == self.first:
            return self.caption
        return self.caption + "：" * bool(self.caption) + self.headers.get(column or 0, "")


def _tables(draft: Draft) -> dict[int, _Table]:
    tables: dict[int, _Table] = {}
    caption = ""
    for paragraph in draft.paragraphs:
        number = paragraph.origin.table
        if number is None:
            if paragraph.text.strip():
                caption = paragraph.text.strip()
            continue
        if number not in tables:
            short = len(caption) <= LONGEST_HEADING or caption.endswith(("：", ":"))
            sentence = _FULL_STOP.split(caption.rstrip("：:"))[-1]
            tables[number] = _Table(sentence[-LONGEST_LEAD_IN:] if short else "")
        tables[number].add(paragraph)
    return tables
