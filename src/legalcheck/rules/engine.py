"""Rules against clauses: a literal prefilter on all clauses, patterns on the rest, guards on what they find."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import add, itemgetter
from typing import Any

from ..language import Clause, are_words, holding
from ..language import guards as language_guards
from .hit import Hit
from .lexicons import unverified
from .model import Rule
from .pattern import Match, Pattern
from .ruleset import RuleSet

BATCH = 1024  # texts looked through at once
SHORT = 40_000  # characters: for fewer, an automaton of the literals they may hold is made faster than one of all


class Prefilter:
    """Which patterns can match which texts: one pass of an Aho–Corasick automaton over many texts at once.

    A pattern is a candidate where a text holds a literal of each of the sets that it needs, in the order of the pattern
    and apart from each other, and of each lexicon that it needs all sets of some entry. `literals` and `entries` are
    those of the `RuleSet`.
    """

    def __init__(
        self,
        patterns: Sequence[tuple[Rule, Pattern]],
        literals: Mapping[str, str],
        entries: Mapping[int, Sequence[Sequence[int]]],
    ) -> None:
        self._patterns = [
            (rule, pattern, (*{number for part in pattern.needs for number in part}, *pattern.entries))
            for rule, pattern in patterns
        ]
        self._literals = literals
        self._entries = entries
        self._read = 0  # characters so far

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, Rule, Pattern]]:
        """Each pattern with the index of each text that it may match; none that matches is left out."""
        for first in range(0, len(texts), BATCH):
            batch = self._batch(texts[first : first + BATCH])
            for rule, pattern, needed in self._patterns:
                for at in batch.holding(needed):
                    if all(batch.in_order(at, part) for part in pattern.needs):
                        yield first + at, rule, pattern

    def _batch(self, texts: Sequence[str]) -> _Batch:
        joined = "\n".join(texts)
        self._read += len(joined)
        if self._read > SHORT:
            words, automaton = self._whole
        else:
            begins = {*joined, *map(add, joined, joined[1:])}
            words, automaton = _automaton(literal for literal in self._literals if literal[:2] in begins)
        hits = automaton.find_matches_as_indexes(joined, overlapping=True)
        ends = accumulate(len(text) + 1 for text in texts)
        return _Batch(ends, hits, lambda index: self._literals[words[index]], self._entries)

    @cached_property
    def _whole(self) -> tuple[list[str], Any]:
        return _automaton(self._literals)


def _automaton(literals: Iterable[str]) -> tuple[list[str], Any]:
    from ahocorasick_rs import AhoCorasick

    words = list(literals)
    return words, AhoCorasick(words, store_patterns=False)


class _Batch:
    """The hits of literals, (literal, start, end), in some texts that end at `ends`.

    Sets of texts are integers, with a bit for each text: what a pattern needs is told for all texts at once.
    """

    def __init__(
        self,
        ends: Iterable[int],
        hits: Sequence[tuple[int, int, int]],
        sets: Callable[[int], str],
        entries: Mapping[int, Sequence[Sequence[int]]],
    ) -> None:
        self._entries = entries
        self._hits: list[Sequence[tuple[int, int, int]]] = []  # of each text
        where: dict[int, int] = {}
        first, bit = 0, 1
        for end in ends:
            last = bisect_left(hits, end, first, key=itemgetter(2))
            self._hits.append(hits[first:last])
            for index in {hit[0] for hit in hits[first:last]}:
                where[index] = where.get(index, 0) | bit
            first, bit = last, bit << 1
        self._all = bit - 1
        self._sets = {index: frozenset(map(int, sets(index).split())) for index in where}
        self._holding: dict[int, int] = {}  # set or lexicon -> the texts that hold it
        for index, held in where.items():
            for number in self._sets[index]:
                self._holding[number] = self._holding.get(number, 0) | held

    def holding(self, needed: Sequence[int]) -> Iterator[int]:
        """The texts that hold a literal of each of the sets, and an entry of each of the lexicons `needed`."""
        held = self._all_of(needed)
        while held:
            lowest = held & -held
            yield lowest.bit_length() - 1
            held ^= lowest

    def _all_of(self, needed: Sequence[int]) -> int:
        held = self._all
        for number in needed:
            found = self._holding.get(number)
            if found is None:
                found = 0
                for sets in self._entries.get(number, ()):
                    found |= self._all_of(sets)
                self._holding[number] = found
            held &= found
            if not held:
                break
        return held

    def in_order(self, at: int, order: Sequence[int]) -> bool:
        """Whether literals of the sets of `order` follow one another in a text."""
        end = 0
        hits, sets = self._hits[at], self._sets
        for number in order:
            for index, start, stop in hits:
                if start >= end and number in sets[index]:
                    end = stop
                    break
            else:
                return False
        return True


class Engine:
    """The pattern rules of a rule set, ready to run."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._guards = {rule.id: _Guards(ruleset.guards(rule), ruleset.lexicons) for rule in ruleset.rules}
        patterns = [(rule, pattern) for rule in ruleset.rules for pattern in ruleset.patterns[rule.id]]
        self._prefilter = Prefilter(patterns, ruleset.literals, ruleset.entries)

    def hits(self, clauses: Sequence[Clause]) -> Iterator[tuple[Rule, Hit]]:
        """Clause by clause, each rule that reports it, once, with all the words it matched."""
        found: dict[tuple[int, str], tuple[Rule, list[Match]]] = {}
        for at, rule, pattern in self._prefilter.candidates([clause.text for clause in clauses]):
            clause, guards = clauses[at], self._guards[rule.id]
            for match in pattern.matches(clause.text, clause.own):
                if are_words(clause.text, match.spans) and not guards.silence(clause, match):
                    found.setdefault((at, rule.id), (rule, []))[1].append(match)
        for at, rule_id in sorted(found):
            rule, matches = found[at, rule_id]
            yield rule, _merge(clauses[at], matches)


class _Guards:
    def __init__(self, names: tuple[str, ...], lexicons: Mapping[str, str]) -> None:
        known = language_guards.names()
        self.guards = tuple(name for name in names if name in known)
        self.lexicons = tuple(lexicons[name] for name in names if name not in known)

    def silence(self, clause: Clause, match: Match) -> bool:
        """Whether a guard holds for the match, or the clause has a word of a silencing lexicon."""
        if any(_compiled(regex).search(clause.text) for regex in self.lexicons):
            return True
        return holding(clause, match.spans, self.guards) is not None


@lru_cache(maxsize=512)
def _compiled(regex: str) -> Any:
    import re2

    return re2.compile(regex)


def _merge(clause: Clause, matches: Sequence[Match]) -> Hit:
    """One hit of several matches: their words together; overlapping spans become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted({span for match in matches for span in match.spans}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    named: dict[str, list[str]] = {}
    for match in matches:
        for name, word in match.words:
            if word not in named.setdefault(name, []):
                named[name].append(word)
    told = {name: "、".join(word for word in found if not _within(word, found)) for name, found in named.items()}
    doubtful = unverified()
    memory = bool(matches) and all(any(word in doubtful for _, word in match.words) for match in matches)
    return Hit(clause, tuple(merged), told, memory)


def _within(word: str, words: Sequence[str]) -> bool:
    return any(word != other and word in other for other in words)
