"""What a draft of its sort must say and does not: duties of enforcement documents, closing articles."""

from __future__ import annotations

from collections.abc import Iterator

from ..hit import Hit
from .common import fits
from .params import Params
from .subject import Subject


def missing_provision(subject: Subject, params: Params) -> Iterator[Hit]:
    """No clause says what `says` asks for, in a draft that `title`, `articles` and `about` describe."""
    if not fits(subject, params):
        return
    if not any(subject.holding(params.expression("says"))):
        yield Hit(None)
