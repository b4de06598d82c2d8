"""Articles that a revision has renumbered: ``corpora/moved_articles.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Raw, Struct
from msgspec.msgpack import decode

from ..cache import cached
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
def moved_articles(title: str) -> Mapping[int, MovedArticle]:
    """The rows of a statute by old number; raises `CorpusError` where the corpus cannot be used."""
    return {row.article: row for row in decode(rows, type=list[MovedArticle])} if (rows := _rows().get(title)) else {}


@cache
def _rows() -> Mapping[str, Raw]:
    path = data_root() / "corpora" / "moved_articles.csv"
    try:
        found: Mapping[str, Raw] = cached("moved_articles", [path], lambda: _read(path), dict[str, Raw])
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"条文变动目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
    return found


def _read(path: Path) -> dict[str, list[MovedArticle]]:
    import csv

    rows: dict[str, list[MovedArticle]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = MovedArticle(
                row["title"],
                int(row["article"]),
                row["about"],
                row["now"],
                row["verified"],
                date.fromisoformat(row["since"]) if row["since"] else None,
                row["instead"],
            )
            rows.setdefault(one.title, []).append(one)
    return rows
