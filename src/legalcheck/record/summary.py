"""The row that sums up a case for `legalcheck status`."""

from __future__ import annotations

from typing import Any

from ..rules.finding import Severity
from .case import Case


def summary(case: Case) -> dict[str, Any]:
    """The values of a row of `cases`."""
    assert case.last is not None
    return {
        "case": case.id,
        "title": case.title,
        "unit": case.unit,
        "state": case.state.value,
        "draft": case.versions[-1],
        "accepted": case.accepted.isoformat() if case.accepted else "",
        "due": case.due.isoformat() if case.due else "",
        "blocking": len(case.standing(Severity.BLOCKING)),
        "major": len(case.standing(Severity.MAJOR)),
        "number": case.last.number,
        "digest": case.last.digest,
    }
