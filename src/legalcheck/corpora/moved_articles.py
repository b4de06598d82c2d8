"""Articles that a revision has renumbered: ``corpora/moved_articles.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache

from msgspec import Struct

from ..errors import CorpusError
from .location import data_root


class MovedArticle(Struct, frozen=True):
    """In the statute `title`, what `about` (a regex) speaks of stood in `article` and now stands in `now`.

    `since` is the day from which the new numbers hold, None where all versions that may still be cited have them;
    `instead` (a regex, "" for none) tells what the article of the old number is about now.
    """

    title: str
    article: int
    about: str
    now: str
    verified: str
    since: date | None = None
    instead: str = ""


@cache
def moved_articles() -> Mapping[tuple[str, int], MovedArticle]:
    """The corpus by title and old number; raises `CorpusError` where it cannot be used."""
    path = data_root() / "corpora" / "moved_articles.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                MovedArticle(
                    row["title"],
                    int(row["article"]),
                    row["about"],
                    row["now"],
                    row["verified"],
                    date.fromisoformat(row["since"]) if row["since"] else None,
                    row["instead"],
                )
                for row in csv.DictReader(file)
            ]
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"条文变动目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
    return {(row.title, row.article): row for row in rows}
