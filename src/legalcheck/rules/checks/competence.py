"""Who issues a draft: an internal office, a leading group or a temporary body cannot set rules for the public."""

from __future__ import annotations

from collections.abc import Iterator

from ...document.model import IssuerLevel, ScopeVerdict
from ..hit import Hit
from .params import Params
from .subject import Subject


def no_standing(subject: Subject, params: Params) -> Iterator[Hit]:
    """A draft with rules for the public that an internal office, a leading group or a headquarters has signed."""
    draft = subject.draft
    if draft.scope.verdict is not ScopeVerdict.IN_SCOPE:
        return
    if draft.metadata.issuer_level is IssuerLevel.INTERNAL_OFFICE:
        yield Hit(None, (), {"issuer": draft.metadata.issuer})
