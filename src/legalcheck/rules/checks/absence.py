"""What a draft of its sort must say and does not: duties of enforcement documents, closing articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..hit import Hit
from .common import fits, lines_with
from .subject import Subject


def missing_provision(subject: Subject, params: dict[str, Any]) -> Iterator[Hit]:
    """No clause says what `says` asks for, in a draft that `title`, `articles` and `about` describe."""
    if not fits(subject, params):
        return
    if not any(subject.holding(lines_with(tuple(params["says"])))):
        yield Hit(None)
