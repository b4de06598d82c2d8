"""The literals that patterns cannot match without, in numbered sets: made once and kept with the prepared rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder

_NUMBERED = Decoder(dict[str, tuple[int, ...]])


class Literals(Struct, frozen=True, dict=True):
    """The sets of a rule set, by number.

    `beginnings` gives, for each pair of characters, the literals that begin with it, each with the numbers of the sets
    it is in; they are decoded when a text has the pair: most never are. `characters` gives the literals of one
    character, by set. `entries` gives, for each lexicon (a number below zero), the sets that each of its entries needs.
    `silencing` gives the numbers of the lexicons that silence rules, by name.
    """

    beginnings: Mapping[str, Raw]
    characters: Mapping[int, str]
    entries: Mapping[int, Sequence[Sequence[int]]]
    silencing: Mapping[str, int]

    @cached_property
    def letters(self) -> frozenset[str]:
        """All literals of one character."""
        return frozenset("".join(self.characters.values()))

    def numbered(self, pairs: Iterable[str] | None = None) -> dict[str, tuple[int, ...]]:
        """The literals of more than one character that begin with one of `pairs` (all where None), with their sets."""
        known = self.beginnings
        chosen = known.keys() if pairs is None else known.keys() & pairs
        return dict(chain.from_iterable(_NUMBERED.decode(known[pair]).items() for pair in chosen))
