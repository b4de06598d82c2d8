"""The literals that patterns cannot match without: numbered sets of them, made once and kept with the prepared rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from ..language import fold
from .lexicons import words
from .pattern import literals, needed_lexicons, needs, shortest


@dataclass(frozen=True)
class Literals:
    """The sets of a rule set, by number.

    `sets` gives the literals of each, a line each. `entries` gives, for each lexicon (a number below zero), the sets
    that each of its entries needs. `pivots` gives, for each literal of a set that a pattern is looked for by, the
    numbers of those sets: as text, since most are never asked for.
    """

    sets: Sequence[str]
    entries: Mapping[int, Sequence[Sequence[int]]]
    pivots: Mapping[str, str]

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """What `Numbering.to_json` gave."""
        pivots = zip(value["literals"].split("\n"), value["pivots"].split("\n"), strict=True)
        return cls(value["sets"], {int(number): sets for number, sets in value["entries"].items()}, dict(pivots))


@dataclass
class Numbering:
    """Numbers the sets that patterns need. `texts` are what the patterns are for: they tell which words are rare."""

    texts: Iterable[str]
    _sets: dict[frozenset[str], int] = field(default_factory=dict)
    _lexicons: dict[str, int] = field(default_factory=dict)

    def pattern(self, source: str) -> tuple[list[list[int]], list[int]]:
        """`Pattern.needs` and `Pattern.entries` of a `when`; raises `RuleError` for names that nothing bears."""
        parts = [[self._number(one) for one in part] for part in needs(source, words)]
        telling = [name for name in sorted(needed_lexicons(source, words)) if _is_telling(name)]
        return parts, [self._lexicons.setdefault(name, -1 - len(self._lexicons)) for name in telling]

    def _number(self, literals: frozenset[str]) -> int:
        return self._sets.setdefault(shortest(literals), len(self._sets))

    def _entries(self, name: str) -> list[list[int]]:
        simple: set[str] = set()
        found = []
        for sets in map(literals, words(name)):
            if len(sets) == 1:
                simple |= sets[0]
            else:
                found.append([self._number(one) for one in sets])
        return [[self._number(frozenset(simple))], *found] if simple else found

    def to_json(self, patterns: Iterable[tuple[str, list[list[int]], list[int]]]) -> dict[str, Any]:
        """The patterns, (source, needs, entries), each with its rarest set behind, and what `Literals` is made of."""
        entries = {number: self._entries(name) for name, number in self._lexicons.items()}
        sets = [sorted(one for one in literals if not re.search(r"\s", one)) for literals in self._sets]
        often = self._frequencies(sets)

        def pivot(parts: list[list[int]]) -> int | None:
            return min((number for part in parts for number in part), key=lambda n: (often[n], n), default=None)

        compiled = [(source, parts, lexicons, pivot(parts)) for source, parts, lexicons in patterns]
        pivots: dict[str, list[str]] = {}
        for number in sorted({found for *_, found in compiled if found is not None}):
            for literal in sets[number]:
                pivots.setdefault(literal, []).append(str(number))
        return {
            "compiled": compiled,
            "entries": entries,
            "sets": ["\n".join(one) for one in sets],
            "literals": "\n".join(sorted(pivots)),  # a line each: thousands of values take JSON longer than one
            "pivots": "\n".join(" ".join(pivots[literal]) for literal in sorted(pivots)),
        }

    def _frequencies(self, sets: Sequence[Sequence[str]]) -> Counter[int]:
        """In how many texts a literal of each set stands."""
        from ahocorasick_rs import AhoCorasick

        numbers: dict[str, list[int]] = {}
        for number, literals in enumerate(sets):
            for literal in literals:
                numbers.setdefault(literal, []).append(number)
        found: Counter[int] = Counter()
        automaton = AhoCorasick(list(numbers))
        for text in self.texts:
            present = set(automaton.find_matches_as_strings(fold(text), overlapping=True))
            found.update({number for literal in present for number in numbers[literal]})
        return found


def _is_telling(name: str) -> bool:
    """Whether an entry of the lexicon needs more than one set of literals, so that one of each entry is not all."""
    return any(len(literals(entry)) > 1 for entry in words(name))
