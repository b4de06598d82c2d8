"""The report as a table in CSV (RFC 4180), one row a finding; Excel reads its UTF-8 by the byte order mark."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from .table import COLUMNS, rows

if TYPE_CHECKING:
    from .outcome import Outcome

_FORMULA = tuple("=+-@＝＋－＠")


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as CSV text that begins with U+FEFF; lines end in CR LF."""
    file = StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(column.heading for column in COLUMNS)
    writer.writerows([inert(cell) for cell in row] for row in rows(outcomes))
    return file.getvalue()


def inert(cell: str | int) -> str | int:
    """A spreadsheet runs what begins like a formula, with or without blanks before it; an apostrophe makes it text."""
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA):
        return "'" + cell
    return cell
