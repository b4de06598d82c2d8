"""Rules against clauses: a literal prefilter on all clauses, patterns on the rest, guards on what they find."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain, product

from ..language import Clause, are_words, holding
from ..language import guards as language_guards
from .hit import Hit
from .model import Rule
from .pattern import Match
from .prefilter import Prefilter, Silencing
from .ruleset import RuleSet


class Engine:
    """The pattern rules of a rule set, ready to run."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._unless: dict[str, tuple[tuple[str, ...], Silencing]] = {}
        self._rules = {rule.id: rule for rule in ruleset.rules}
        self._prefilter = Prefilter(ruleset.filed, lambda rule_id: self._asked(rule_id)[1], ruleset.literals)

    def _asked(self, rule_id: str) -> tuple[tuple[str, ...], Silencing]:
        """The guards and the lexicons that silence a rule."""
        asked = self._unless.get(rule_id)
        if asked is None:
            names = self.ruleset.guards(self._rules[rule_id])
            known, numbers = language_guards.names(), self.ruleset.literals.silencing
            silencing = [(numbers[name], self.ruleset.lexicons[name]) for name in names if name not in known]
            asked = self._unless[rule_id] = tuple(name for name in names if name in known), silencing
        return asked

    def hits(self, drafts: Sequence[Sequence[Clause]]) -> list[list[tuple[Rule, Hit]]]:
        """For each draft, clause by clause, each rule that reports it, once, with all the words it matched.

        The clauses of several drafts are looked through together, and those that read alike once (cells of tables, set
        phrases): that costs less than one draft after another.
        """
        clauses = [*chain.from_iterable(drafts)]
        alike: dict[str, dict[int, list[int]]] = {}  # text -> where its own part begins -> clauses
        for at, clause in enumerate(clauses):
            alike.setdefault(clause.text, {}).setdefault(clause.own, []).append(at)
        found: dict[tuple[int, str], list[Match]] = {}
        for text, rule_id, pattern in self._prefilter.candidates([*alike], self._rules):
            guards = self._asked(rule_id)[0]
            for own, places in alike[text].items():
                for match, at in product(pattern.matches(text, own), places):
                    if not holding(clauses[at], match.spans, guards) and are_words(text, match.spans):
                        found.setdefault((at, rule_id), []).append(match)
        hits: list[list[tuple[Rule, Hit]]] = [[] for _ in drafts]
        ends = [*accumulate(map(len, drafts))]
        for at, rule_id in sorted(found):
            hit = _merge(clauses[at], found[at, rule_id], self.ruleset.unverified)
            hits[bisect_right(ends, at)].append((self._rules[rule_id], hit))
        return hits


def _merge(clause: Clause, matches: Sequence[Match], unverified: frozenset[str]) -> Hit:
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
    memory = bool(matches) and all(any(word in unverified for _, word in match.words) for match in matches)
    return Hit(clause, tuple(merged), told, memory)


def _within(word: str, words: Sequence[str]) -> bool:
    return any(word != other and word in other for other in words)
