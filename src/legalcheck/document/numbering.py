"""Word's automatic numbers, rendered as Word renders them (ISO/IEC 29500-1 17.9).

Labels are made in the order in which `label` is called, which has to be the order of the visible paragraphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..lazy import regex
from . import limits
from .names import Names, integer, is_on, names_of
from .number_formats import render
from .styles import ParagraphStyle, Styles
from .symbols import bullet

if TYPE_CHECKING:
    from lxml import etree

_LEVELS = 9
_ARABIC = frozenset({"decimal", "decimalZero", "none", "bullet"})  # what w:isLgl leaves as it is: §1.01 stays 1.01
_PLACEHOLDER = regex(r"%([1-9])")


class ListLevel(Struct, frozen=True):
    """One w:lvl: `restart` is w:lvlRestart (None where it is absent), `style` the style id of w:pStyle."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    font: str = ""


class _List(Struct):
    """A w:num, resolved: levels with overrides in place; `counters` is shared by all w:num of one w:abstractNum."""

    levels: list[ListLevel | None]
    counters: list[int | None]
    start_overrides: dict[int, int]
    started: set[int]
    by_style: dict[tuple[str, ...], int]  # style chain -> the level that w:pStyle links to it


class Numbering:
    """The numbering part and the state of its counters."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._names: Names | None = names_of(str(root.tag)) if root is not None else None
        self._abstract: dict[str, etree._Element] = {}
        self._nums: dict[int, etree._Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        n = self._names
        if root is None or n is None:
            return
        for element in root:
            if element.tag == n.abstract_num:
                self._abstract.setdefault(element.get(n.abstract_num_id, ""), element)
            elif element.tag == n.num:
                self._nums.setdefault(integer(element.get(n.num_id), -1), element)

    def label(self, num_id: int | None, ilvl: int | None, style: ParagraphStyle) -> str:
        """Count one visible paragraph and return its number, "" where it has none.

        `num_id` and `ilvl` are the paragraph's own w:numPr (None where absent; a w:numId of 0 switches numbering off),
        `style` its style.
        """
        own = num_id is not None
        if num_id is None:
            num_id = style.num_id
        if not num_id:
            return ""
        found = self._lists[num_id] if num_id in self._lists else self._resolve(num_id)
        if found is None:
            return ""
        if ilvl is None:
            ilvl = self._style_level(found, style, own)
        if not 0 <= ilvl < _LEVELS:
            ilvl = min(max(ilvl, 0), _LEVELS - 1)
        level = found.levels[ilvl]
        if level is None:
            return ""
        self._count(found, ilvl, level)
        return self._render(found, ilvl, level)

    @staticmethod
    def _style_level(found: _List, style: ParagraphStyle, own: bool) -> int:
        linked = found.by_style.get(style.chain)
        if linked is None:
            # the style that a level names in w:pStyle is numbered at that level (17.9.23)
            links = {level.style: at for at, level in reversed([*enumerate(found.levels)]) if level and level.style}
            linked = next((links[style_id] for style_id in style.chain if style_id in links), -1)
            found.by_style[style.chain] = linked
        if linked >= 0:
            return linked
        if own:
            return 0
        return style.ilvl or 0

    @staticmethod
    def _count(found: _List, ilvl: int, level: ListLevel) -> None:
        counters = found.counters
        if ilvl in found.start_overrides and ilvl not in found.started:
            found.started.add(ilvl)
            counters[ilvl] = found.start_overrides[ilvl]
        else:
            current = counters[ilvl]
            counters[ilvl] = level.start if current is None else current + 1
        for upper in range(ilvl):
            if counters[upper] is None:
                above = found.levels[upper]
                counters[upper] = above.start if above is not None else 1
        for deeper in range(ilvl + 1, _LEVELS):
            below = found.levels[deeper]
            # 17.9.10: restarts after any higher level, after level `restart` and higher ones only, or (0) never
            if below is None or below.restart is None or ilvl < below.restart:
                counters[deeper] = None

    @staticmethod
    def _render(found: _List, ilvl: int, level: ListLevel) -> str:
        if level.number_format == "bullet":
            return bullet(level.text, level.font)

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            source = found.levels[index]
            value = found.counters[index]
            if index > ilvl or source is None or value is None:
                return ""
            number_format = source.number_format
            if level.legal and number_format not in _ARABIC:
                number_format = "decimal"
            return render(number_format, value)

        return _PLACEHOLDER.sub(number, level.text).rstrip()

    def _resolve(self, num_id: int) -> _List | None:
        self._lists[num_id] = found = self._build(num_id)
        return found

    def _build(self, num_id: int) -> _List | None:
        n = self._names
        num = self._nums.get(num_id)
        if n is None or num is None:
            return None
        abstract_id = _child(num, n.abstract_num_id, n)
        abstract = self._abstract.get(abstract_id)
        linked: set[str] = set()
        while abstract is not None and (link := _child(abstract, n.num_style_link, n)) and link not in linked:
            # a list that only names a numbering style: that style's own list has the levels (17.9.21)
            linked.add(link)
            target = self._styles.numbering_of(link)
            other = self._nums.get(target) if target is not None else None
            if other is None:
                break
            abstract_id = _child(other, n.abstract_num_id, n)
            abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return None
        levels: list[ListLevel | None] = [None] * _LEVELS
        for element in abstract.iterchildren(n.lvl):
            index = integer(element.get(n.ilvl), -1)
            if 0 <= index < _LEVELS:
                levels[index] = _level(element, n)
        overrides: dict[int, int] = {}
        for override in num.iterchildren(n.lvl_override):
            index = integer(override.get(n.ilvl), -1)
            if not 0 <= index < _LEVELS:
                continue
            for child in override:
                if child.tag == n.lvl:
                    levels[index] = _level(child, n)
                elif child.tag == n.start_override:
                    overrides[index] = integer(child.get(n.val), 1)
        counters = self._counters.setdefault(abstract_id, [None] * _LEVELS)
        return _List(levels, counters, overrides, set(), {})


def _child(element: etree._Element, tag: str, n: Names) -> str:
    child = element.find(tag)
    return child.get(n.val) or "" if child is not None else ""


def _level(element: etree._Element, n: Names) -> ListLevel:
    start, number_format, text, style, font = 0, "decimal", "", "", ""  # 17.9.25: without w:start it starts at zero
    restart: int | None = None
    legal = False
    for child in element.iter():
        tag, value = child.tag, child.get(n.val)
        if tag == n.start:
            start = integer(value, 1)
        elif tag == n.num_fmt:
            number_format = value or "decimal"
            if number_format == "custom" and child.get(n.format, "").startswith("0"):
                number_format = "decimalZero"
        elif tag == n.lvl_text:
            text = (value or "")[: limits.MAX_LEVEL_TEXT]
        elif tag == n.lvl_restart:
            restart = integer(value, 0)
        elif tag == n.is_lgl:
            legal = is_on(value)
        elif tag == n.pstyle:
            style = value or ""
        elif tag == n.rfonts:
            font = child.get(n.ascii) or child.get(n.hansi) or ""
    return ListLevel(start, number_format, text, restart, legal, style, font)
