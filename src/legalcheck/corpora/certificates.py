"""The certificates that may no longer be asked for, and those that a statute still asks for."""

from __future__ import annotations

import csv
import re
from functools import cache

from msgspec import Struct

from ..errors import CorpusError
from .location import data_root

NATIONAL = "全国"


class Certificate(Struct, frozen=True):
    """A row of ``corpora/certificates.csv``.

    `status` is not_from_village_committee, not_from_police, cancelled or retained; `jurisdiction` is 全国 or the place
    whose list it is; `alone` says that the name tells the cancelled certificate without the matter it was asked for;
    `verified` is verified, partly or from memory.
    """

    name: str
    aliases: tuple[str, ...]
    status: str
    issuer_scope: str
    jurisdiction: str
    alone: bool
    replacement: str
    legal_source: str
    verified: str

    @property
    def names(self) -> tuple[str, ...]:
        """Name and aliases, without what is bracketed behind them."""
        plain = (re.sub(r"[（(].*?[）)]", "", name) for name in (self.name, *self.aliases))
        return tuple(dict.fromkeys(name for name in plain if name))


@cache
def certificates() -> tuple[Certificate, ...]:
    """All rows of the corpus; raises `CorpusError` where a column is missing."""
    path = data_root() / "corpora" / "certificates.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(
                Certificate(
                    row["name"],
                    tuple(alias for alias in row["aliases"].split(";") if alias),
                    row["status"],
                    row["issuer_scope"],
                    row["jurisdiction"],
                    row["alone"] == "yes",
                    row["replacement"],
                    row["legal_source"],
                    row["verified"],
                )
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise CorpusError(f"证明事项目录 {path} 无法使用（{error}），请重新安装 legalcheck。") from error
