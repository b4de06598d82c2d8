"""The cells of a table that are shown, with their places in its grid (ISO/IEC 29500-1 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from . import limits
from .names import MC, Names, integer

if TYPE_CHECKING:
    from lxml import etree


class Cell(NamedTuple):
    """A cell: `row` and `column` count from 1, `column` in the grid; it covers `span` columns."""

    element: etree._Element
    row: int
    column: int
    span: int


class Grid:
    """Walks one table. `chosen` gives the content of mc:AlternateContent, `skip` is told what is passed over.

    Passed over are deleted rows and cells, and the continuation cells of merged ones.
    """

    def __init__(
        self,
        n: Names,
        chosen: Callable[[etree._Element], Iterator[etree._Element]],
        skip: Callable[[etree._Element], None],
    ) -> None:
        self._n = n
        self._chosen = chosen
        self._skip = skip
        self._merged: dict[int, bool] = {}  # grid column -> the cell above it is part of a vertical merge

    def cells(self, tbl: etree._Element) -> Iterator[Cell]:
        """The shown cells, row by row."""
        n = self._n
        for row, tr in enumerate(self._inside(tbl, n.tr, (n.tblpr, n.tblgrid, n.sdtpr)), 1):
            yield from self._row(tr, row)

    def _inside(self, parent: etree._Element, tag: str, passed: tuple[str, ...]) -> Iterator[etree._Element]:
        """The rows of a table, or the cells of a row, through content controls and other wrappers."""
        n = self._n
        for child in parent:
            own = child.tag
            if own == tag:
                if own == n.tr and self._is_deleted(child):
                    self._skip(child)
                else:
                    yield child
            elif own == MC + "AlternateContent":
                for shown in self._chosen(child):
                    yield from iter((shown,)) if shown.tag == tag else self._inside(shown, tag, passed)
            elif own == n.deleted or own == n.moved_from:
                self._skip(child)
            elif own not in passed and len(child):
                yield from self._inside(child, tag, passed)

    def _is_deleted(self, tr: etree._Element) -> bool:
        properties = tr.find(self._n.trpr)
        return properties is not None and properties.find(self._n.deleted) is not None

    def _row(self, tr: etree._Element, row: int) -> Iterator[Cell]:
        n = self._n
        column = 1
        properties = tr.find(n.trpr)
        before = properties.find(n.grid_before) if properties is not None else None
        if before is not None:
            column += min(max(integer(before.get(n.val), 0), 0), limits.MAX_COLUMNS)
        for tc in self._inside(tr, n.tc, (n.trpr, n.tblprex, n.sdtpr)):
            span, shown = self._cell(tc, column)
            if shown:
                yield Cell(tc, row, column, span)
            else:
                self._skip(tc)
            if column <= limits.MAX_COLUMNS:
                column += span

    def _cell(self, tc: etree._Element, column: int) -> tuple[int, bool]:
        """How many columns a cell covers, and whether it is shown."""
        n = self._n
        span, shown, vertical = 1, True, False
        for item in tc.iterchildren(n.tcpr):
            for setting in item:
                tag = setting.tag
                if tag == n.grid_span:
                    span = min(max(integer(setting.get(n.val), 1), 1), limits.MAX_COLUMNS)
                elif tag == n.vmerge:
                    vertical = True
                    # a continuation without a first cell above is a cell like any other
                    if setting.get(n.val, "continue") != "restart" and self._merged.get(column):
                        shown = False
                elif tag == n.hmerge:
                    if setting.get(n.val, "continue") != "restart" and column > 1:
                        shown = False
                elif tag == n.cell_del:
                    shown = False
        self._merged[column] = vertical
        return span, shown
