"""What became of one draft on the command line: a report, or the sentence that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules.finding import Severity

if TYPE_CHECKING:
    from ..review.report import Report


@dataclass(frozen=True, slots=True)
class Options:
    """How a review was narrowed: what a reader of the report must know before trusting its silence."""

    level: str = "normative"
    packs: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One draft: `path` as the user gave it, and either its `report` or the `error` that stopped the review."""

    path: str
    report: Report | None = None
    error: str = ""
    options: Options = Options()

    def at_least(self, threshold: str) -> int:
        """How many findings are of the severity `threshold` or graver; 0 for "never"."""
        if self.report is None or threshold == "never":
            return 0
        return sum(finding.severity.rank <= Severity(threshold).rank for finding in self.report.findings)
