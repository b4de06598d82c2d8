"""Articles that a revision has renumbered: ``corpora/moved_articles.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from ..errors import CorpusError
from .location import data_root


@dataclass(frozen=True, slots=True)
class MovedArticle:
    """In the statute `title`, what `about` (a regex) speaks of stood in `article` and now stands in `now`."""

    title: str
    article: int
    about: str
    now: str
    verified: str


@cache
def moved_articles() -> tuple[MovedArticle, ...]:
    """All rows of the corpus; raises `CorpusError` where it cannot be used."""
    path = data_root() / "corpora" / "moved_articles.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(
                MovedArticle(row["title"], int(row["article"]), row["about"], row["now"], row["verified"])
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"条文变动目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
