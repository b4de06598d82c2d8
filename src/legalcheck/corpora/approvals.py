"""The abolished approval category, the forms that disguise a permit, and the lawful ones that look alike."""

from __future__ import annotations

import csv
import re
from functools import cache

from msgspec import Struct

from ..errors import CorpusError
from .location import data_root


class Approval(Struct, frozen=True):
    """A row of ``corpora/approvals.csv``: `status` is abolished_category, disguise or lawful."""

    name: str
    aliases: tuple[str, ...]
    status: str
    lawful_form: str
    legal_source: str
    verified: str

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases, without what is bracketed behind them."""
        plain = (re.sub(r"[（(].*?[）)]", "", name) for name in (self.name, *self.aliases))
        return tuple(dict.fromkeys(name for name in plain if name))


@cache
def approvals() -> tuple[Approval, ...]:
    """All rows of the corpus; raises `CorpusError` where a column is missing."""
    path = data_root() / "corpora" / "approvals.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(
                Approval(
                    row["name"],
                    tuple(alias for alias in row["aliases"].split(";") if alias),
                    row["status"],
                    row["lawful_form"],
                    row["legal_source"],
                    row["verified"],
                )
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise CorpusError(f"审批事项目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
