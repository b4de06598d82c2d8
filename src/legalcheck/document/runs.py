"""From characters back to XML: which ``w:t`` elements and runs a span of a paragraph comes from.

A Word comment is put around runs; this module says which ones, in every story (body, tables, text boxes, notes,
headers, footers). It reads the package once more with the same walk as `read`, keeping the elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from . import no_collection
from .body import Source, Walker
from .container import Package
from .model import Origin, Paragraph
from .names import names_of
from .numbering import Numbering
from .reader import read_package, says
from .source import load
from .styles import Styles

if TYPE_CHECKING:
    import os
    from typing import BinaryIO

    from lxml import etree


class Piece(Struct, frozen=True):
    """A stretch of a paragraph's text that comes from one element.

    `start` and `end` are offsets in `Paragraph.text`. `node` is the ``w:t`` (or ``w:tab``, ``w:br``, ``m:t`` …) and
    `offset` where the stretch begins in the node's own text. `run` is the ``w:r`` it stands in, None in a formula that
    has none.
    """

    start: int
    end: int
    node: etree._Element
    offset: int
    run: etree._Element | None


class RunMap:
    """The map of one `package`. `roots` are the parsed parts of the stories, by part name (`Origin.story`).

    The trees in `roots` may be changed and written back; the map itself is that of the unchanged trees. Text of
    WordArt, watermarks and diagrams has no runs: its pieces are empty.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        roots: Mapping[str, etree._Element] | None = None,
        known: tuple[Paragraph, ...] | None = None,
    ) -> None:
        """Map `source`; `roots` gives parts that are parsed already (python-docx's), so that their elements are used.

        With `known`, the paragraphs that `read` gave of the very same bytes, only those asked for are walked again, as
        far as each can be understood alone. Raises what `read` raises.
        """
        data, name = load(source)
        self.package = Package(data, name)
        self.roots: dict[str, etree._Element] = dict(roots or {})
        self.paragraphs: tuple[Paragraph, ...] = ()
        self._sources: dict[int, list[Source]] = {}
        self._elements: dict[str, list[etree._Element]] = {}
        if known is not None and not self._may_hide():
            self.paragraphs = known
            self.root(self.package.main)
        else:
            self._read_all()
        self._by_origin: dict[Origin, int] = {}
        for paragraph in self.paragraphs:  # a drawing's own text shares its anchor's place: the anchor goes first
            self._by_origin.setdefault(paragraph.origin, paragraph.index)

    def root(self, story: str) -> etree._Element | None:
        """The root of a part made of paragraphs; None for others (diagrams) and for a part that is not there."""
        if story not in self.roots and self.package.has(story):
            root = self.package.parse(story)
            if names_of(str(root.tag)) is not None:
                self.roots[story] = root
        return self.roots.get(story)

    def pieces(self, paragraph: int) -> list[Piece]:
        """All pieces of a paragraph (its index in `Draft.paragraphs`), in order; together they are its text."""
        found: list[Piece] = []
        at = 0
        for node, offset, length in self._source(paragraph):
            found.append(Piece(at, at + length, node, offset, _run(node)))
            at += length
        return found

    def _source(self, index: int) -> list[Source]:
        source = self._sources.get(index)
        if source is None:
            source = self._walk_alone(self.paragraphs[index])
            if source is None:  # a field or a deleted paragraph mark ties it to others
                self._read_all()
                source = self._sources[index]
            self._sources[index] = source
        return source

    def _read_all(self) -> None:
        with no_collection():
            content = read_package(self.package, keep_sources=True, roots=self.roots)
        self.roots = content.roots
        self.paragraphs = content.paragraphs
        self._sources = dict(enumerate(content.sources))

    def _walk_alone(self, paragraph: Paragraph) -> list[Source] | None:
        origin = paragraph.origin
        root = self.root(origin.story)
        n = names_of(str(root.tag)) if root is not None else None
        if root is None or n is None:
            return None
        if origin.story not in self._elements:
            self._elements[origin.story] = list(root.iter(n.p))
        p = self._elements[origin.story][origin.element]
        walker = self._walker
        sources = walker.sources = []
        walker.paragraphs = []
        walker.walk([p], n, origin.part, origin.story, origin.element)
        for found, source in zip(walker.paragraphs, sources, strict=True):
            if found.text == paragraph.text and found.origin.element == origin.element:
                return source
        return None

    @cached_property
    def _walker(self) -> Walker:
        # styles and numbers make no difference to which elements the text comes from
        styles = Styles(None)
        return Walker(styles, Numbering(None, styles), check_hidden=False, keep_sources=True)

    def _may_hide(self) -> bool:
        """Whether hidden text has to be told by its style, which only the whole reading does."""
        links = self.package.relationships(self.package.main).values()
        kinds = ("styles", "footnotes", "endnotes", "header", "footer")
        parts = {self.package.main, *(link.target for link in links if link.kind in kinds)}
        return any(says(b"vanish", self.package.read(part)) for part in parts if self.package.has(part))

    def locate(self, paragraph: int | Origin, start: int, end: int) -> list[Piece]:
        """The pieces of ``text[start:end]``, cut to that span, in order; empty for an empty span.

        `paragraph` is an index or an `Origin`. Raises `KeyError` for an origin that is not there, `IndexError` for an
        index or offsets outside the draft.
        """
        index = self._by_origin[paragraph] if isinstance(paragraph, Origin) else paragraph
        if not 0 <= index < len(self.paragraphs) or not 0 <= start <= end <= len(self.paragraphs[index].text):
            raise IndexError(f"no span {start}:{end} in paragraph {index}")
        found: list[Piece] = []
        for piece in self.pieces(index):
            left, right = max(start, piece.start), min(end, piece.end)
            if left < right:
                found.append(Piece(left, right, piece.node, piece.offset + left - piece.start, piece.run))
        return found


def locate(source: str | os.PathLike[str] | bytes | BinaryIO, origin: Origin, start: int, end: int) -> list[Piece]:
    """The pieces of a span of the paragraph at `origin`; for more than one span make a `RunMap` and keep it."""
    return RunMap(source).locate(origin, start, end)


def _run(node: etree._Element) -> etree._Element | None:
    element: etree._Element | None = node
    while element is not None:
        tag = str(element.tag)
        if tag.endswith("}r") and "wordprocessingml" in tag:
            return element
        if tag.endswith("}p"):
            return None
        element = element.getparent()
    return None
