"""Rules against clauses: a literal prefilter on every clause, patterns on the rest, guards on what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..language import Clause, are_words, holding
from ..language import guards as language_guards
from .hit import Hit
from .lexicons import unverified
from .model import Rule
from .pattern import Match, Pattern
from .ruleset import RuleSet


class Prefilter:
    """Which patterns can match a text at all: one pass of an Aho–Corasick automaton over it.

    A pattern is a candidate where the text holds a literal of each of the sets that it needs, in the order of the
    pattern and apart from each other. `literals` gives, for each literal, the numbers of the sets it is in.
    """

    def __init__(self, patterns: Sequence[tuple[Rule, Pattern]], literals: Mapping[str, Sequence[int]]) -> None:
        from ahocorasick_rs import AhoCorasick

        usage = Counter(number for _, pattern in patterns for part in pattern.needs for number in part)
        # A pattern is filed under the rarest of its sets, so that a common word does not call up every pattern.
        self._filed: dict[int, list[tuple[frozenset[int], Rule, Pattern]]] = {}
        self._always: list[tuple[Rule, Pattern]] = []
        for rule, pattern in patterns:
            needed = frozenset(number for part in pattern.needs for number in part)
            if needed:
                pivot = min(sorted(needed), key=usage.__getitem__)
                self._filed.setdefault(pivot, []).append((needed, rule, pattern))
            else:
                self._always.append((rule, pattern))
        self._pivots = self._filed.keys()
        self._sets = [frozenset(numbers) for numbers in literals.values()]
        self._automaton: Any = AhoCorasick(list(literals)) if literals else None

    def candidates(self, text: str) -> Iterator[tuple[Rule, Pattern]]:
        """The patterns that may match `text`; none that matches is left out."""
        yield from self._always
        if self._automaton is None:
            return
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        present: set[int] = set().union(*(self._sets[index] for index in {index for index, _, _ in hits}))
        for pivot in self._pivots & present:
            for needs, rule, pattern in self._filed[pivot]:
                if needs <= present and all(self._in_order(part, hits) for part in pattern.needs):
                    yield rule, pattern

    def _in_order(self, order: Sequence[int], hits: Sequence[tuple[int, int, int]]) -> bool:
        """Whether hits of the sets of `order` follow one another; `hits` are (literal, start, end), by end."""
        at = 0
        for number in order:
            for index, start, end in hits:
                if start >= at and number in self._sets[index]:
                    at = end
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
        self._prefilter = Prefilter(patterns, ruleset.literals)

    def hits(self, clause: Clause) -> Iterator[tuple[Rule, Hit]]:
        """Each rule that reports this clause, once, with all the words it matched."""
        found: dict[str, tuple[Rule, list[Match]]] = {}
        for rule, pattern in self._prefilter.candidates(clause.text):
            guards = self._guards[rule.id]
            for match in pattern.matches(clause.text, clause.own):
                if are_words(clause.text, match.spans) and not guards.silence(clause, match):
                    found.setdefault(rule.id, (rule, []))[1].append(match)
        for rule_id in sorted(found):
            rule, matches = found[rule_id]
            yield rule, _merge(clause, matches)


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
