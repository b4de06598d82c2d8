"""Checks that a pattern cannot state, by the name that a rule's `check` gives.

A check is a pure generator: ``check(subject, params) -> Iterator[Hit]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..hit import Hit
from . import basis
from .subject import Subject

Check = Callable[[Subject, dict[str, Any]], Iterator[Hit]]

CHECKS: dict[str, Check] = {
    "repealed_basis": basis.repealed_basis,
    "no_such_clause": basis.no_such_clause,
    "moved_clause": basis.moved_clause,
    "statutory_period": basis.statutory_period,
    "odd_citation": basis.odd_citation,
    "no_enacting_clause": basis.no_enacting_clause,
}
