"""Periods that a statute fixes and a normative document may not worsen: ``corpora/statutory_periods.csv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, cast

from msgspec import Struct

from ..cache import cached
from ..errors import CorpusError
from .location import data_root


class StatutoryPeriod(Struct, frozen=True):
    """`matter` is a regex; a `min` period is the person's and may not be shorter, a `max` the organ's and not longer.

    What `matter` matches holds one of `words`. `value` counts `unit`: 日 (calendar days) or 工作日. The period stands
    at most `before` characters before the matter or `after` behind it; a clause that says `unless` (a regex, "" for
    none) is of something else.
    """

    words: tuple[str, ...]
    matter: str
    limit: Literal["min", "max"]
    value: int
    unit: str
    title: str
    article: str
    before: int = 40
    after: int = 36
    unless: str = ""


@cache
def statutory_periods() -> tuple[StatutoryPeriod, ...]:
    """All rows of the corpus; raises `CorpusError` where it cannot be used."""
    path = data_root() / "corpora" / "statutory_periods.csv"
    try:
        rows: tuple[StatutoryPeriod, ...]
        rows = cached("statutory_periods", [path], lambda: _read(path), tuple[StatutoryPeriod, ...])
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"法定期限目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
    return rows


def _read(path: Path) -> list[StatutoryPeriod]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return [
            StatutoryPeriod(
                tuple(row["words"].split("|")),
                row["matter"],
                cast('Literal["min", "max"]', row["limit"]),
                int(row["value"]),
                row["unit"],
                row["title"],
                row["article"],
                int(row["before"] or 40),
                int(row["after"] or 36),
                row["unless"],
            )
            for row in csv.DictReader(file)
        ]
