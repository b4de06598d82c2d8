"""Which rank of document may set which power: ``corpora/powers.yaml``."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from ..cache import cached
from ..errors import CorpusError
from .lexicon import load_yaml
from .location import data_root

Grant = Literal["yes", "limited", "no"]


@cache
def _matrix() -> dict[str, dict[str, object]]:
    path = data_root() / "corpora" / "powers.yaml"
    return cast("dict[str, dict[str, object]]", cached("powers", [path], lambda: load_yaml(path)))


def powers() -> frozenset[str]:
    """The names of the powers."""
    return frozenset(_matrix())


def grant(power: str, rank: str) -> Grant:
    """Whether a document of this rank may set this power; raises `CorpusError` for an unknown power or rank."""
    try:
        entry = _matrix()[power]["ranks"]
        return cast("Grant", cast("dict[str, dict[str, str]]", entry)[rank]["may"])
    except KeyError as error:
        raise CorpusError(f"corpora/powers.yaml 中没有 {error}，请核对名称。") from error
