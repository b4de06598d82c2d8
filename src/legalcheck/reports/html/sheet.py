"""The draft as it is shown: lines, tables as tables, and what stands outside the body marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from ...document.model import Draft, Level, Paragraph, Part
from ...document.zones import Zone, is_addressees, is_date_line, zones
from .marks import Note, Piece, cut, shown

_APART = {Part.HEADER: "页眉", Part.FOOTER: "页脚", Part.FOOTNOTE: "脚注", Part.ENDNOTE: "尾注"}
_CENTRED = (Level.PART, Level.CHAPTER, Level.SECTION)
_CHUNK = 24  # blocks a browser lays out together; the others wait until they are scrolled to


class Line(Struct, frozen=True):
    """A paragraph; `kind` is its CSS class, `anchor` whether the page links to it."""

    index: int
    kind: str
    anchor: bool
    pieces: Sequence[Piece]
    tag: str = "line"


class Cell(Struct, frozen=True):
    """A cell that covers `span` columns."""

    span: int
    blocks: Sequence[Block]


class Table(Struct, frozen=True):
    """A table; rows without text are left out, gaps within a row are filled with empty cells."""

    rows: Sequence[Sequence[Cell]]
    tag: str = "table"


class Story(Struct, frozen=True):
    """What stands outside the body: `name` is 页眉, 页脚, 脚注, 尾注 or 文本框."""

    name: str
    blocks: Sequence[Block]
    tag: str = "story"


Block = Line | Table | Story


class Sheet:
    """Lays out one draft. `notes` are the findings by paragraph, `targets` the paragraphs that the page links to."""

    def __init__(self, draft: Draft, notes: Mapping[int, Sequence[Note]], targets: frozenset[int]) -> None:
        self._draft = draft
        self._notes = notes
        self._targets = targets
        self._zones = zones(draft.paragraphs)
        self._headed = dict(_headed(draft))
        self._title = "".join(draft.metadata.title.split())

    def chunks(self) -> list[list[Block]]:
        """The blocks of the draft in reading order, in handfuls."""
        blocks = list(self._apart(self._draft.paragraphs))
        return [blocks[at : at + _CHUNK] for at in range(0, len(blocks), _CHUNK)]

    def _apart(self, paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
        for name, group in groupby(paragraphs, lambda paragraph: _APART.get(paragraph.origin.part, "")):
            blocks = self._tables(list(group))
            if name:
                yield Story(name, list(blocks))
            else:
                yield from blocks

    def _tables(self, paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
        """What lies between two paragraphs of one table belongs to it: a table within its cell has another number."""
        last = {paragraph.origin.table: at for at, paragraph in enumerate(paragraphs)}
        at = 0
        while at < len(paragraphs):
            table = paragraphs[at].origin.table
            end = at
            if table is None:
                while end < len(paragraphs) and paragraphs[end].origin.table is None:
                    end += 1
                yield from self._boxes(paragraphs[at:end])
            else:
                end = last[table] + 1
                yield self._table(table, paragraphs[at:end])
            at = end

    def _table(self, number: int, paragraphs: Sequence[Paragraph]) -> Table:
        rows: dict[int, dict[int, tuple[int, list[Block]]]] = {}
        blocks: list[Block] = []
        for own, run in groupby(paragraphs, lambda paragraph: paragraph.origin.table == number):
            group = list(run)
            if not own:
                blocks += self._tables(group)
                continue
            for (row, column, span), cell in groupby(group, _place):
                blocks = rows.setdefault(row, {}).setdefault(column, (span, []))[1]
                blocks += self._boxes(list(cell))
        width = max(column + span for cells in rows.values() for column, (span, _) in cells.items())
        return Table([list(_filled(cells, width)) for cells in rows.values()])

    def _boxes(self, paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
        for box, group in groupby(paragraphs, lambda paragraph: paragraph.origin.part is Part.TEXTBOX):
            lines = [self._line(paragraph) for paragraph in group]
            if box:
                yield Story("文本框", lines)
            else:
                yield from lines

    def _line(self, paragraph: Paragraph) -> Line:
        level, typed = self._headed.get(paragraph.index, (None, 0))
        bold = level is not None and level <= Level.HEADING_1
        pieces = cut(paragraph.text, self._notes.get(paragraph.index, ()), typed if bold else 0)
        if paragraph.label:
            pieces = [Piece(shown(paragraph.label) + " " * bold, bold), *pieces]
        return Line(paragraph.index, self._kind(paragraph, level), paragraph.index in self._targets, pieces)

    def _kind(self, paragraph: Paragraph, level: Level | None) -> str:
        zone = self._zones[paragraph.index]
        if level in _CENTRED:
            return "chapter"
        if level is Level.HEADING_1:
            return "heading"
        if zone is Zone.TITLE:
            return self._head(paragraph.text)
        if zone is Zone.CLOSING:
            signed = is_date_line(paragraph.text) or paragraph.text.strip() == self._draft.metadata.signatory
            return "signed" if signed else "flush"
        if zone is Zone.ATTACHMENT:
            return "attachment"
        return "body" if zone is Zone.BODY else "flush"

    def _head(self, text: str) -> str:
        line = "".join(text.split())
        if line and line in self._title:
            return "title"
        return "flush" if is_addressees(text) else "centred"


def _place(paragraph: Paragraph) -> tuple[int, int, int]:
    origin = paragraph.origin
    return origin.row or 1, origin.column or 1, origin.span


def _filled(cells: Mapping[int, tuple[int, list[Block]]], width: int) -> Iterator[Cell]:
    at = 1
    for column, (span, blocks) in sorted(cells.items()):
        if column > at:
            yield Cell(column - at, ())
        yield Cell(span, blocks)
        at = column + span
    if at < width:
        yield Cell(width - at, ())


def _headed(draft: Draft) -> Iterator[tuple[int, tuple[Level, int]]]:
    """The paragraphs that open a numbered unit: its level, and how many characters of the text are a typed number."""
    seen = -1
    for segment in draft.segments:
        if segment.provision is None or segment.provision <= seen:
            continue
        fresh = [unit for unit in draft.ancestors(segment.provision) if unit.index > seen]
        seen = segment.provision
        unit = next((unit for unit in fresh if unit.level is not Level.PARAGRAPH), None)
        if unit is not None and draft.paragraphs[segment.paragraph].origin.table is None:
            yield segment.paragraph, (unit.level, segment.start)
