"""The report as rows of one table: what spreadsheets and statistics are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .marks import bracketed
from .width import visible
from .words import CATEGORY, PROVENANCE, SEVERITY

if TYPE_CHECKING:
    from ..rules.finding import Finding
    from .outcome import Outcome

FAILED = "未能审查"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in a spreadsheet, in Latin characters."""

    heading: str
    width: int


COLUMNS = (
    Column("文件", 24),
    Column("标题", 28),
    Column("审查基准日", 12),
    Column("位置", 18),
    Column("级别", 10),
    Column("规则", 12),
    Column("规则名称", 22),
    Column("类别", 16),
    Column("原文", 48),
    Column("问题", 36),
    Column("依据", 36),
    Column("依据核对", 16),
    Column("建议", 48),
    Column("段落", 7),
    Column("指纹", 20),
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
        draft = (outcome.path, report.metadata.title, report.as_of.isoformat())
        for finding in report.findings:
            yield tuple(visible(cell) if isinstance(cell, str) else cell for cell in (*draft, *_cells(finding)))


def _cells(finding: Finding) -> tuple[str | int, ...]:
    place = finding.location
    return (
        str(place),
        SEVERITY[finding.severity],
        finding.rule,
        finding.title,
        CATEGORY.get(finding.category, finding.category),
        bracketed(finding),
        finding.message,
        "；".join(ground.text for ground in finding.ground),
        PROVENANCE.get(finding.provenance, finding.provenance),
        finding.advice,
        "" if place.paragraph is None else place.paragraph + 1,
        finding.fingerprint,
    )
