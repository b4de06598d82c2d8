"""Where the comment on a finding stands: on its very words, or where Word allows none there, at the nearest place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ...document.model import Draft, Origin, Part
from ...document.names import MC, Names, names_of
from ...errors import DocumentError

if TYPE_CHECKING:
    from lxml import etree

    from ...document.runs import Piece, RunMap
    from ...rules.finding import Finding

_HEAD = 60  # paragraphs among which the title is looked for
_PLACES = {
    Part.TEXTBOX: "文本框",
    Part.FOOTNOTE: "脚注",
    Part.ENDNOTE: "尾注",
    Part.HEADER: "页眉",
    Part.FOOTER: "页脚",
}


class Edge(Struct, frozen=True):
    """One end of a range: at `offset` in the text of a ``w:t``, or, without one, outside of `node`.

    A ``w:p`` as `node` stands for its inside: a paragraph can hold marks, its parent need not.
    """

    node: etree._Element
    offset: int | None = None


class Span(Struct, frozen=True):
    """The range of a comment. `quote` are the finding's words and `place` says in Chinese where they stand; both are
    empty where the range is exactly those words."""

    first: Edge
    last: Edge
    quote: str = ""
    place: str = ""


class Anchors:
    """Finds the spans in the trees of `runs`, which must be those of `draft` and not changed yet."""

    def __init__(self, draft: Draft, runs: RunMap) -> None:
        self._draft = draft
        self._runs = runs
        self._main = runs.roots[runs.package.main]
        names = names_of(str(self._main.tag))
        assert names is not None  # the reader has accepted the part
        self._n: Names = names
        n = names
        self._holders = frozenset(
            {
                n.r, n.hyperlink, n.inserted, n.moved_to, n.sdt, n.sdt_content, n.smart_tag, n.custom_xml,
                n.fld_simple, n.dir, n.bdo,
            }
        )  # fmt: skip

    def span(self, finding: Finding) -> Span:
        """The range for a finding: from the first to the last of its matched words, else its whole quote.

        A finding on the whole draft stands on the title. Raises `DocumentError` where no paragraph can hold it.
        """
        index = finding.location.paragraph
        if index is None:
            return self._title
        paragraph = self._draft.paragraphs[index]
        start, end = _words(finding)
        end = min(end if end > start else len(paragraph.text), len(paragraph.text))
        span, exact = self._on(index, min(start, end), end)
        if exact:
            return span
        place = _PLACES.get(paragraph.origin.part, "")
        return replace(span, quote=paragraph.text[start:end] or paragraph.label, place=place)

    def _on(self, index: int, start: int, end: int) -> tuple[Span, bool]:
        """The range for a stretch of a paragraph, and whether it is just that."""
        pieces = self._runs.locate(index, start, end)
        if not pieces:  # a number without text, or the text of a drawing
            holder = self._holder(index)
            return (Span(Edge(holder), Edge(holder)) if holder is not None else self._title), False
        first, last = self._edge(pieces[0], False), self._edge(pieces[-1], True)
        if first is None or last is None:
            return self._title, False
        return Span(first, last), all(
            edge.node is piece.node and piece.node.tag != self._n.fld_char
            for edge, piece in ((first, pieces[0]), (last, pieces[-1]))
        )

    def _edge(self, piece: Piece, end: bool) -> Edge | None:
        """Where a range that begins (or ends) with this piece has its mark; None where the body has no such place."""
        n = self._n
        node = piece.node
        if node.getroottree().getroot() is not self._main:
            reference = self._reference(node)
            unit = self._unit(reference) if reference is not None else None
            return Edge(unit) if unit is not None else None
        if node.tag == n.fld_char and not end:
            node = self._field_begin(node)
        unit = self._unit(node)
        if unit is None:
            return None
        if unit is node and node.tag == n.t and piece.run is not None:
            return Edge(node, piece.offset + (piece.end - piece.start if end else 0))
        return Edge(unit)

    def _unit(self, node: etree._Element) -> etree._Element | None:
        """`node` itself, or the outermost thing around it that a mark must not stand in: a formula, a phonetic guide,
        a text box, a choice between two drawings. None outside of any paragraph."""
        unit = found = node
        inside = False
        for above in node.iterancestors():
            if above.tag == self._n.p:
                found, inside = unit, True
            if above.tag not in self._holders:
                unit = above
        return found if inside else None

    def _field_begin(self, end: etree._Element) -> etree._Element:
        n = self._n
        open_fields: list[etree._Element] = []
        for mark in self._main.iter(n.fld_char):
            kind = mark.get(n.fld_char_type)
            if mark is end:
                break
            if kind == "begin":
                open_fields.append(mark)
            elif kind == "end" and open_fields:
                open_fields.pop()
        return open_fields[-1] if open_fields else end

    def _reference(self, node: etree._Element) -> etree._Element | None:
        """The mark in the body that refers to the note `node` stands in; None for a header or footer."""
        for above in node.iterancestors():
            n = names_of(str(above.tag))
            if n is not None and above.tag in (n.footnote, n.endnote):
                return self._references.get((above.tag == n.footnote, above.get(n.id, "")))
        return None

    @cached_property
    def _references(self) -> dict[tuple[bool, str], etree._Element]:
        n = self._n
        hidden = {n.deleted, n.moved_from, MC + "Fallback"}
        found: dict[tuple[bool, str], etree._Element] = {}
        for mark in self._main.iter(n.footnote_reference, n.endnote_reference):
            key = mark.tag == n.footnote_reference, mark.get(n.id, "")
            if key not in found and not any(above.tag in hidden for above in mark.iterancestors()):
                found[key] = mark
        return found

    def _holder(self, index: int) -> etree._Element | None:
        """The paragraph of the body that a paragraph without runs belongs to."""
        origin = self._draft.paragraphs[index].origin
        if self._runs.root(origin.story) is None:  # a diagram: its drawing stands where the line before it does
            before = (p.origin.story for p in reversed(self._draft.paragraphs[:index]))
            story = next((story for story in before if self._runs.root(story) is not None), self._runs.package.main)
            origin = replace(origin, story=story)
        if origin.story != self._runs.package.main:
            return None
        return self._paragraph(origin)

    def _paragraph(self, origin: Origin) -> etree._Element | None:
        for index, p in enumerate(self._main.iter(self._n.p)):
            if index == origin.element:
                above = [a for a in p.iterancestors() if a.tag == self._n.p]
                return above[-1] if above else p
        return None

    @cached_property
    def _title(self) -> Span:
        """The title (its longest line), else the first paragraph, else any paragraph of the body."""
        for index in self._first_lines():
            pieces = self._runs.pieces(index)
            if pieces and pieces[0].node.getroottree().getroot() is self._main:
                first, last = self._edge(pieces[0], False), self._edge(pieces[-1], True)
                if first is not None and last is not None:
                    return Span(first, last)
        p = next(self._main.iter(self._n.p), None)
        if p is None:
            raise DocumentError("送审稿正文没有段落，无处加批注；请用 Word 打开并另存后再试。")
        return Span(Edge(p), Edge(p))

    def _first_lines(self) -> Iterator[int]:
        title = "".join(self._draft.metadata.title.split())
        text = [p for p in self._draft.paragraphs if p.origin.part in (Part.BODY, Part.TABLE)]
        lines = {paragraph.index: "".join(paragraph.text.split()) for paragraph in text[:_HEAD]}
        of_title = {index: line for index, line in lines.items() if line and line in title}
        if of_title:
            yield max(of_title, key=lambda index: len(of_title[index]))
        yield from (paragraph.index for paragraph in text)
        yield from (p.index for p in self._draft.paragraphs if p.origin.part is Part.TEXTBOX)


def _words(finding: Finding) -> tuple[int, int]:
    """Offsets in the paragraph's text: the matched words, all of them, else the quote."""
    place = finding.location
    marks = [(start, end) for start, end in finding.marks if start < end]
    if not marks:
        return place.start, place.end
    return place.start + min(start for start, _ in marks), place.start + max(end for _, end in marks)
