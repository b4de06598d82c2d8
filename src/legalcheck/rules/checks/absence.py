"""What a draft of its sort must say and does not: duties of enforcement documents, closing articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..hit import Hit
from .common import any_of, fits
from .subject import Subject


def missing_provision(subject: Subject, params: dict[str, Any]) -> Iterator[Hit]:
    """No clause says what `says` asks for, in a draft that `title`, `articles` and `about` describe."""
    if not fits(subject, params):
        return
    says = any_of(params["says"])
    if not any(says.search(clause.text) for clause in subject.clauses):
        yield Hit(None)
