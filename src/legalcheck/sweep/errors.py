"""What stops a whole sweep; what is wrong with one document never does."""

from __future__ import annotations

from ..errors import LegalcheckError


class SweepError(LegalcheckError):
    """A folder, manifest, run or cluster that cannot be used."""
