"""The marks of a comment in the body: range start, range end and reference, with runs cut where they have to be.

A cut changes nothing on the page: both halves carry the run's properties, and white space at the cut is kept.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml.etree import SubElement

from ...document.body import XML_SPACE, preserves_space
from ...document.names import Names

if TYPE_CHECKING:
    from lxml import etree

    from .anchors import Edge, Span

_TRIMMED = "\t\n\r "
# 8 pt, the size of Word's own style for the reference: it stands on no page, but would count in the line's height
_REFERENCE_SIZE = "16"


class Marks:
    """Puts comments into one tree. Edges keep pointing to the nodes as they were before the first cut."""

    def __init__(self, n: Names) -> None:
        self._n = n
        # a text that was cut: its pieces with their offsets in the uncut text
        self._texts: dict[etree._Element, list[tuple[int, etree._Element]]] = {}

    def put(self, span: Span, comment: int) -> None:
        """Mark the range of the comment with this id."""
        n = self._n
        if span.first.node.tag == n.p:
            p = span.first.node
            start = SubElement(p, n.comment_start, {n.id: str(comment)})
            p.insert(1 if p[0].tag == n.ppr else 0, start)
            self._close(p, comment)
            return
        first = self._first(span.first)
        first.addprevious(SubElement(_parent(first), n.comment_start, {n.id: str(comment)}))
        last = self._last(span.last)
        end, reference = self._close(_parent(last), comment)
        last.addnext(reference)
        last.addnext(end)

    def _close(self, parent: etree._Element, comment: int) -> tuple[etree._Element, etree._Element]:
        """The end of a range and the run with the reference, as the last children of `parent`."""
        # made in the tree they are to stand in: elements of a tree of their own take twice as long
        n = self._n
        identity = {n.id: str(comment)}
        end, run = SubElement(parent, n.comment_end, identity), SubElement(parent, n.r)
        properties = SubElement(run, n.rpr)
        SubElement(properties, n.sz, {n.val: _REFERENCE_SIZE})
        SubElement(run, n.comment_reference, identity)
        return end, run

    def _first(self, edge: Edge) -> etree._Element:
        """The element before which a range begins."""
        node = edge.node if edge.offset is None else self._text_from(edge.node, edge.offset)
        return self._run_from(node) if self._in_run(node) else node

    def _last(self, edge: Edge) -> etree._Element:
        """The element after which a range ends."""
        node = edge.node if edge.offset is None else self._text_until(edge.node, edge.offset)
        if not self._in_run(node):
            return node
        rest = node.getnext()
        if rest is not None:
            self._run_from(rest)
        return _parent(node)

    def _in_run(self, node: etree._Element) -> bool:
        return _parent(node).tag == self._n.r

    def _run_from(self, node: etree._Element) -> etree._Element:
        """The run that begins with `node`, a child of a run: cut off from what stands before it."""
        n = self._n
        run = _parent(node)
        before = node.getprevious()
        if before is None or before.tag == n.rpr:
            return run
        following = list(node.itersiblings())
        rest = _like(run)
        rest.extend(deepcopy(properties) for properties in run.iterchildren(n.rpr))
        rest.append(node)
        rest.extend(following)
        return rest

    def _pieces(self, node: etree._Element) -> list[tuple[int, etree._Element]]:
        pieces = self._texts.get(node)
        if pieces is None:
            text, lead = node.text or "", 0
            if not preserves_space(node):
                lead = len(text) - len(text.lstrip(_TRIMMED))
                node.text = text.strip(_TRIMMED)  # else the white space that Word trims would come to light
            pieces = self._texts[node] = [(lead, node)]
        return pieces

    def _text_from(self, node: etree._Element, offset: int) -> etree._Element:
        """The ``w:t`` that begins at `offset` of the uncut text."""
        pieces = self._pieces(node)
        at = max(index for index, (start, _) in enumerate(pieces) if start <= offset)
        start, piece = pieces[at]
        if start == offset:
            return piece
        text = piece.text or ""
        rest = _like(piece)
        piece.text, rest.text = text[: offset - start], text[offset - start :]
        for half in (piece, rest):
            half.set(XML_SPACE, "preserve")
        pieces.insert(at + 1, (offset, rest))
        return rest

    def _text_until(self, node: etree._Element, offset: int) -> etree._Element:
        """The ``w:t`` that ends at `offset` of the uncut text."""
        pieces = self._pieces(node)
        at = max(index for index, (start, _) in enumerate(pieces) if start < offset)
        start, piece = pieces[at]
        if start + len(piece.text or "") > offset:
            self._text_from(node, offset)
        return piece


def _like(element: etree._Element) -> etree._Element:
    """A new element after this one, with its name and attributes."""
    twin = SubElement(_parent(element), element.tag, {str(name): str(value) for name, value in element.items()})
    element.addnext(twin)
    return twin


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None  # what a mark goes beside stands within a paragraph
    return parent
