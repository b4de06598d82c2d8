"""What became of one draft on the command line: a report, or the sentence that says why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..rules.finding import Finding, Severity

if TYPE_CHECKING:
    from ..review.report import Report
    from ..rules.ruleset import RuleSet


class Options(Struct, frozen=True):
    """How a review was narrowed: what a reader of the report must know before trusting its silence.

    `folders` are those of the user's own rule packs, `fail_on` is the severity that made the command fail, and
    `profile` the name of the profile whose figures were used.
    """

    level: str = "normative"
    packs: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    fail_on: str = "major"
    profile: str = "national"


class Outcome(Struct, frozen=True):
    """One draft: `path` as the user gave it, and either its `report` or the `error` that stopped the review.

    `states` says, by fingerprint, how the record has a finding dealt with; what it does not name is 未处理.
    """

    path: str
    report: Report | None = None
    error: str = ""
    options: Options = Options()
    states: Mapping[str, str] = field(default_factory=dict)

    def at_least(self, threshold: str) -> int:
        """How many findings are of the severity `threshold` or graver; 0 for "never"."""
        return sum(_reaches(finding, threshold) for finding in (self.report.findings if self.report else ()))

    def fails(self, finding: Finding) -> bool:
        """Whether the command fails for this finding (--fail-on)."""
        return _reaches(finding, self.options.fail_on)

    def rules(self) -> RuleSet:
        """The rules that the draft was reviewed by."""
        from ..rules.ruleset import load

        options = self.options
        return load(options.packs, options.folders).choose(options.select, options.ignore)


def _reaches(finding: Finding, threshold: str) -> bool:
    return threshold != "never" and finding.severity.rank <= Severity(threshold).rank
