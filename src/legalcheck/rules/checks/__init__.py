"""Checks that a pattern cannot state, by the name that a rule's `check` gives.

A check is a pure generator: ``check(subject, params) -> Iterator[Hit]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..hit import Hit
from .subject import Subject

Check = Callable[[Subject, dict[str, Any]], Iterator[Hit]]

CHECKS: dict[str, Check] = {}
