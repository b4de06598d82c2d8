"""The result of a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..document.model import Metadata, Scope
from ..rules.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What `legalcheck.review` returns: findings in one total order, and all that they depend on.

    `draft_digest` is the SHA-256 of the file's bytes, `rules_digest` and `corpora_digest` those of the rule packs and
    corpora used, each in hex; `packs` maps a pack's name to its version.
    """

    name: str
    draft_digest: str
    as_of: date
    version: str
    packs: dict[str, str]
    rules_digest: str
    corpora_digest: str
    metadata: Metadata
    scope: Scope
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)
