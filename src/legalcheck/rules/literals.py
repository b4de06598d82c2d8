"""The literals that patterns cannot match without, in numbered sets: made once and kept with the prepared rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import add

from msgspec import Struct
from msgspec.msgpack import Decoder

_NUMBERED = Decoder(dict[str, tuple[int, ...]])
_BY_CHARACTER = Decoder(dict[str, memoryview])


class Literals(Struct, frozen=True, dict=True):
    """The sets of a rule set, by number.

    `beginnings` gives, for a character and then for the next one, the literals that begin with them, each with the
    numbers of the sets it is in; both steps are decoded when a text has the characters: most never are. `characters`
    gives the literals of one character, by set. `entries` gives, for each lexicon (a number below zero), the sets that
    each of its entries needs. `silencing` gives the numbers of the lexicons that silence rules, by name.
    """

    beginnings: Mapping[str, memoryview]
    characters: Mapping[int, str]
    entries: Mapping[int, Sequence[Sequence[int]]]
    silencing: Mapping[str, int]

    @cached_property
    def letters(self) -> frozenset[str]:
        """All literals of one character."""
        return frozenset("".join(self.characters.values()))

    def numbered(self) -> dict[str, tuple[int, ...]]:
        """The literals of more than one character, with their sets."""
        found: dict[str, tuple[int, ...]] = {}
        for nexts in map(_BY_CHARACTER.decode, self.beginnings.values()):
            for literals in map(_NUMBERED.decode, nexts.values()):
                found |= literals
        return found

    def of(self, text: str) -> dict[str, tuple[int, ...]]:
        """Those that a text may hold: their first two characters stand together in it, and their last two."""
        pairs = {*map(add, text, text[1:])}
        wanted: dict[str, list[str]] = {}
        for pair in pairs:
            wanted.setdefault(pair[0], []).append(pair[1])
        found: dict[str, tuple[int, ...]] = {}
        for first in self.beginnings.keys() & wanted.keys():
            nexts = _BY_CHARACTER.decode(self.beginnings[first])
            for second in nexts.keys() & wanted[first]:
                literals = _NUMBERED.decode(nexts[second]).items()
                found.update((literal, numbers) for literal, numbers in literals if literal[-2:] in pairs)
        return found
