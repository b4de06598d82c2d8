"""The literals that patterns cannot match without, in numbered sets: made once and kept with the prepared rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from msgspec import Struct


class Literals(Struct, frozen=True, dict=True):
    """The sets of a rule set, by number.

    `sets` gives, for each literal of more than one character, the numbers of the sets it is in: as text, since most are
    never asked for. `characters` gives the literals of one character, by set. `entries` gives, for each lexicon (a
    number below zero), the sets that each of its entries needs. `weights` tell, by number, how common a set is.
    `silencing` gives the numbers of the lexicons that silence rules, by name.
    """

    sets: Mapping[str, str]
    characters: Mapping[int, str]
    entries: Mapping[int, Sequence[Sequence[int]]]
    weights: Sequence[float]
    silencing: Mapping[str, int]

    @cached_property
    def letters(self) -> frozenset[str]:
        """All literals of one character."""
        return frozenset("".join(self.characters.values()))

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """What `prepare.Numbering.to_json` gave."""
        sets = zip(value["literals"].split("\n"), value["sets"].split("\n"), strict=True)
        entries = {int(number): needed for number, needed in value["entries"].items()}
        characters = {int(number): letters for number, letters in value["characters"].items()}
        return cls(dict(sets), characters, entries, value["weights"], value["silencing"])
