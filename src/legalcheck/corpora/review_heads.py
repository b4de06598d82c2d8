"""The heads under which an opinion reports: ``corpora/review_heads.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from msgspec import Struct

from .location import data_root


class ReviewHead(Struct, frozen=True):
    """One head (国办发〔2018〕115号 (七)); `incurable` says that a blocking finding under it ends the draft."""

    title: str
    categories: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    incurable: bool = False


@cache
def review_heads() -> tuple[ReviewHead, ...]:
    """All heads in the order of the opinion."""
    text = (data_root() / "corpora" / "review_heads.toml").read_text("utf-8")
    return tuple(
        ReviewHead(
            head["title"], tuple(head.get("categories", ())), tuple(head.get("rules", ())), head.get("incurable", False)
        )
        for head in tomllib.loads(text)["heads"]
    )


def head_of(rule: str, category: str) -> ReviewHead:
    """The head of a finding: the one that names its rule, else that of its category. `LookupError` if there is none."""
    for head in review_heads():
        if rule in head.rules:
            return head
    for head in review_heads():
        if category in head.categories:
            return head
    raise LookupError(category)
