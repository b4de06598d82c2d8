"""Styles, as far as the text depends on them: numbering, hidden text, outline level (ISO/IEC 29500-1 17.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from . import limits
from .names import Names, integer, is_on
from .stylesheet import StyleSheet

if TYPE_CHECKING:
    from lxml import etree


class ParagraphStyle(Struct, frozen=True):
    """What a paragraph gets from its style and those that is based on.

    `num_id` is None without numbering, `ilvl` None where no w:ilvl says it, `chain` the style's id and those of the
    styles it is based on, up to the one that brings the numbering (for the link w:lvl/w:pStyle).
    """

    name: str = ""
    num_id: int | None = None
    ilvl: int | None = None
    chain: tuple[str, ...] = ()
    outline: int | None = None
    hidden: bool = False


_PLAIN = ParagraphStyle()


class Styles:
    """The styles part; each style is resolved when it is first asked for."""

    def __init__(self, sheet: StyleSheet | None) -> None:
        self._sheet = sheet
        self._paragraph: dict[str | None, ParagraphStyle] = {}
        self._hidden: dict[str, bool] = {}
        self._names: Names | None = sheet.names if sheet is not None else None

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """The paragraph style of that id, or the default one for None and for an id that is not there."""
        found = self._paragraph.get(style_id)
        if found is None:
            sheet = self._sheet
            known = style_id if sheet is None or style_id in sheet else sheet.default
            found = self._resolve(known) if sheet is not None and known is not None else _PLAIN
            self._paragraph[style_id] = found
        return found

    def hides(self, style_id: str) -> bool:
        """Whether a character style hides its text (w:vanish)."""
        found = self._hidden.get(style_id)
        if found is None:
            found = self._hidden[style_id] = self._vanish(style_id)
        return found

    def numbering_of(self, style_id: str) -> int | None:
        """The w:numId of a numbering style (w:numStyleLink leads to one)."""
        return self.paragraph(style_id).num_id if self._sheet is not None and style_id in self._sheet else None

    def _chain(self, style_id: str) -> list[tuple[str, etree._Element]]:
        """The style and its w:basedOn ancestors, nearest first; a circle is cut where it closes."""
        n, sheet = self._names, self._sheet
        chain: list[tuple[str, etree._Element]] = []
        seen: set[str] = set()
        current: str | None = style_id
        while n is not None and sheet is not None and current is not None and current in sheet and current not in seen:
            if len(chain) >= limits.MAX_STYLE_CHAIN:
                break
            seen.add(current)
            element = sheet[current]
            chain.append((current, element))
            based = element.find(n.based_on)
            current = based.get(n.val) if based is not None else None
        return chain

    def _resolve(self, style_id: str) -> ParagraphStyle:
        n = self._names
        if n is None:
            return _PLAIN
        chain = self._chain(style_id)
        name_element = chain[0][1].find(n.name) if chain else None
        num_id: int | None = None
        ilvl: int | None = None
        outline: int | None = None
        hidden: bool | None = None
        links: list[str] = []
        for current, element in chain:
            if num_id is None:
                links.append(current)
            ppr = element.find(n.ppr)
            if ppr is not None:
                numbering = ppr.find(n.num_pr)
                if numbering is not None and num_id is None:
                    for child in numbering:
                        if child.tag == n.num_id:
                            num_id = integer(child.get(n.val), 0)
                        elif child.tag == n.ilvl and ilvl is None:
                            ilvl = integer(child.get(n.val), 0)
                level = ppr.find(n.outline_lvl)
                if level is not None and outline is None:
                    outline = integer(level.get(n.val), 9)
            rpr = element.find(n.rpr)
            if rpr is not None and hidden is None:
                vanish = rpr.find(n.vanish)
                if vanish is not None:
                    hidden = is_on(vanish.get(n.val))
        return ParagraphStyle(
            name=(name_element.get(n.val) or "") if name_element is not None else style_id,
            num_id=num_id,
            ilvl=ilvl,
            chain=tuple(links),
            outline=outline if outline is not None and 0 <= outline <= 8 else None,
            hidden=bool(hidden),
        )

    def _vanish(self, style_id: str) -> bool:
        n = self._names
        for _, element in self._chain(style_id) if n is not None else ():
            rpr = element.find(n.rpr)  # type: ignore[union-attr]
            vanish = rpr.find(n.vanish) if rpr is not None else None  # type: ignore[union-attr]
            if vanish is not None:
                return is_on(vanish.get(n.val))  # type: ignore[union-attr]
        return False
