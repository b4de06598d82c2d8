"""From characters back to XML: which ``w:t`` elements and runs a span of a paragraph comes from.

A Word comment is put around runs; this module says which ones, in every story (body, tables, text boxes, notes,
headers, footers). It reads the package once more with the same walk as `read`, keeping the elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import no_collection
from .container import Package
from .model import Origin, Paragraph
from .reader import read_package
from .source import load

if TYPE_CHECKING:
    import os
    from typing import BinaryIO

    from lxml import etree


@dataclass(frozen=True, slots=True)
class Piece:
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
    """The map of one `package`. `roots` are the parsed parts of all stories, by part name (`Origin.story`).

    The trees in `roots` may be changed and written back; the map itself is that of the unchanged trees. Text of
    WordArt, watermarks and diagrams has no runs: its pieces are empty.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        roots: Mapping[str, etree._Element] | None = None,
    ) -> None:
        """Map `source`; `roots` gives parts that are parsed already (python-docx's), so that their elements are used.

        Raises what `read` raises.
        """
        data, name = load(source)
        self.package = Package(data, name)
        with no_collection():
            content = read_package(self.package, keep_sources=True, roots=roots)
        self.roots: dict[str, etree._Element] = content.roots
        self.paragraphs: tuple[Paragraph, ...] = content.paragraphs
        self._sources = content.sources
        self._by_origin: dict[Origin, int] = {}
        for paragraph in content.paragraphs:  # a drawing's own text shares its anchor's place: the anchor goes first
            self._by_origin.setdefault(paragraph.origin, paragraph.index)

    def pieces(self, paragraph: int) -> list[Piece]:
        """All pieces of a paragraph (its index in `Draft.paragraphs`), in order; together they are its text."""
        found: list[Piece] = []
        at = 0
        for node, offset, length in self._sources[paragraph]:
            found.append(Piece(at, at + length, node, offset, _run(node)))
            at += length
        return found

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
