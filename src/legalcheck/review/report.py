"""The result of a review."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..document.model import Draft, Metadata, Scope
from ..document.package import Package
from ..rules.finding import Finding, Severity


class Report(Struct, frozen=True):
    """What `legalcheck.review` returns: findings in one total order, and all that they depend on.

    `draft` is what was read: the findings' locations point into it. `rules_digest` and `corpora_digest` are the SHA-256
    of the rule packs and corpora used, in hex; `packs` maps a pack's name to its version. `package` is what was
    submitted with the draft, None where nothing is known of that and missing materials cannot be told.
    """

    draft: Draft
    as_of: date
    version: str
    packs: dict[str, str]
    rules_digest: str
    corpora_digest: str
    findings: tuple[Finding, ...]
    package: Package | None = None

    @property
    def name(self) -> str:
        """The draft's file name, "" where it was given as bytes."""
        return self.draft.name

    @property
    def draft_digest(self) -> str:
        """The SHA-256 of the file's bytes, in hex."""
        return self.draft.digest

    @property
    def metadata(self) -> Metadata:
        """The elements of the draft's head and closing articles."""
        return self.draft.metadata

    @property
    def scope(self) -> Scope:
        """Whether the draft has to be reviewed at all."""
        return self.draft.scope

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader could not read, in Chinese."""
        return self.draft.notes

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(f.severity is severity for f in self.findings)
