"""Rules against clauses: a literal prefilter on all clauses, patterns on the rest, guards on what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from operator import add
from typing import Any

from ..language import Clause, are_words, holding
from ..language import guards as language_guards
from .hit import Hit
from .lexicons import unverified
from .literals import Literals
from .model import Rule
from .pattern import Match, Pattern
from .ruleset import RuleSet

SHORT = 40_000  # characters: for fewer, an automaton of the literals they may hold is made faster than one of all


class Prefilter:
    """Which patterns can match which texts: an Aho–Corasick automaton finds the rarest words that a pattern needs.

    A pattern is a candidate where a text holds a literal of each of the sets that it needs, in the order of the pattern
    and apart from each other, and of each lexicon that it needs all sets of some entry.
    """

    def __init__(self, patterns: Sequence[tuple[Rule, Pattern]], literals: Literals) -> None:
        self._patterns = patterns
        self._literals = literals
        self._always = [number for number, (_, pattern) in enumerate(patterns) if pattern.pivot is None]
        self._filed: dict[int, list[int]] = {}
        for number, (_, pattern) in enumerate(patterns):
            if pattern.pivot is not None:
                self._filed.setdefault(pattern.pivot, []).append(number)
        self._words: dict[int, tuple[str, ...]] = {}
        self._read = 0  # characters so far

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[int, Rule, Pattern]]:
        """Each pattern with the index of each text that it may match, text by text; none that matches is left out."""
        pivots = self._pivots(texts)
        for at, text in enumerate(texts):
            filed = (self._filed.get(pivot, ()) for pivot in pivots[at])
            held: dict[int, bool] = dict.fromkeys(pivots[at], True)
            for number in sorted(chain(self._always, *filed)):
                rule, pattern = self._patterns[number]
                if self._may_match(pattern, text, held):
                    yield at, rule, pattern

    def _pivots(self, texts: Sequence[str]) -> list[set[int]]:
        """The sets that patterns are filed under of which each text holds a literal."""
        joined = "\n".join(texts)
        self._read += len(joined)
        if self._read > SHORT:
            words, automaton = self._whole
        else:
            begins = {*joined, *map(add, joined, joined[1:])}
            words, automaton = _automaton(literal for literal in self._literals.pivots if literal[:2] in begins)
        found: list[set[int]] = [set() for _ in texts]
        numbers: dict[int, list[int]] = {}
        ends = list(accumulate(len(text) + 1 for text in texts))
        at = 0
        for index, _, end in automaton.find_matches_as_indexes(joined, overlapping=True):
            while end >= ends[at]:
                at += 1
            if index not in numbers:
                numbers[index] = [
                    number for number in map(int, self._literals.pivots[words[index]].split()) if number in self._filed
                ]
            found[at].update(numbers[index])
        return found

    @cached_property
    def _whole(self) -> tuple[list[str], Any]:
        return _automaton(self._literals.pivots)

    def _may_match(self, pattern: Pattern, text: str, held: dict[int, bool]) -> bool:
        return (
            all(self._holds(text, number, held) for part in pattern.needs for number in part)
            and all(self._holds(text, number, held) for number in pattern.entries)
            and all(self._in_order(text, part) for part in pattern.needs if len(part) > 1)
        )

    def _holds(self, text: str, number: int, held: dict[int, bool]) -> bool:
        """Whether `text` holds a literal of a set, or an entry of a lexicon; `held` keeps what is known of it."""
        known = held.get(number)
        if known is None:
            if number >= 0:
                known = any(map(text.__contains__, self._literals_of(number)))
            else:
                entries = self._literals.entries[number]
                known = any(all(self._holds(text, one, held) for one in sets) for sets in entries)
            held[number] = known
        return known

    def _in_order(self, text: str, order: Sequence[int]) -> bool:
        """Whether literals of the sets of `order` follow one another."""
        at = 0
        for number in order:
            ends = [found + len(word) for word in self._literals_of(number) if (found := text.find(word, at)) >= 0]
            if not ends:
                return False
            at = min(ends)
        return True

    def _literals_of(self, number: int) -> tuple[str, ...]:
        words = self._words.get(number)
        if words is None:
            words = self._words[number] = tuple(self._literals.sets[number].split("\n"))
        return words


def _automaton(literals: Iterable[str]) -> tuple[list[str], Any]:
    from ahocorasick_rs import AhoCorasick

    words = list(literals)
    return words, AhoCorasick(words, store_patterns=False)


class Engine:
    """The pattern rules of a rule set, ready to run."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._guards = {rule.id: _Guards(ruleset.guards(rule), ruleset.lexicons) for rule in ruleset.rules}
        patterns = [(rule, pattern) for rule in ruleset.rules for pattern in ruleset.patterns[rule.id]]
        self._prefilter = Prefilter(patterns, ruleset.literals)

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
