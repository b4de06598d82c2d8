"""The report as rows of one table: what spreadsheets and statistics are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from .marks import bracketed
from .width import visible
from .words import CATEGORY, PROVENANCE, SEVERITY

if TYPE_CHECKING:
    from ..review.report import Report
    from ..rules.finding import Finding
    from .outcome import Outcome

FAILED = "未能审查"


class Column(Struct, frozen=True):
    """A column: its heading, its width in a spreadsheet (in Latin characters), and whether it is printed."""

    heading: str
    width: int
    printed: bool = True


# The printed ones stand together.
COLUMNS = (
    Column("文件", 20),
    Column("位置", 16),
    Column("级别", 10),
    Column("规则", 12),
    Column("规则名称", 20),
    Column("原文", 42),
    Column("问题", 32),
    Column("依据", 30),
    Column("建议", 42),
    Column("类别", 18, printed=False),
    Column("依据核对", 18, printed=False),
    Column("标题", 34, printed=False),
    Column("审查基准日", 12, printed=False),
    Column("段落", 8, printed=False),
    Column("指纹", 20, printed=False),
)


def rows(outcomes: Sequence[Outcome]) -> Iterator[tuple[str | int, ...]]:
    """One row a finding, in the order of `COLUMNS`, and one for each draft that could not be reviewed.

    Text is as `width.visible` gives it: without control characters, surrogates and line breaks.
    """
    for outcome in outcomes:
        report = outcome.report
        if report is None:
            told = {"文件": outcome.path, "级别": FAILED, "问题": outcome.error}
            yield tuple(visible(told.get(column.heading, "")) for column in COLUMNS)
            continue
        for finding in report.findings:
            cells = _cells(outcome.path, report, finding)
            yield tuple(visible(cell) if isinstance(cell, str) else cell for cell in cells)


def _cells(path: str, report: Report, finding: Finding) -> tuple[str | int, ...]:
    place = finding.location
    return (
        path,
        str(place),
        SEVERITY[finding.severity],
        finding.rule,
        finding.title,
        bracketed(finding),
        finding.message,
        "；".join(ground.text for ground in finding.ground),
        finding.advice,
        CATEGORY.get(finding.category, finding.category),
        PROVENANCE.get(finding.provenance, finding.provenance),
        report.metadata.title,
        report.as_of.isoformat(),
        "" if place.paragraph is None else place.paragraph + 1,
        finding.fingerprint,
    )
