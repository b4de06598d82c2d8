"""The literals that a pattern cannot match without: what the prefilter of the engine looks for.

Patterns and the lexicons in them are taken apart once, when rules are prepared. Of several sets of literals that a
regex cannot match without, the rarest is taken: how common a literal is, is told by the examples of the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise, product
from typing import Any

from ..errors import RuleError
from ..lazy import regex as lazy_regex
from .pattern import AND, TOKEN, alternatives, without_groups

MOST_LITERALS = 400  # in a set of alternatives
MOST_PRODUCTS = 40  # of parts that follow one another
COMMON = 0.3  # of the texts: a character that so many have tells nothing

_LEXICON_MARKS = 0xE000  # private use: stands for a lexicon while the pattern around it is taken apart
_SYNTAX = lazy_regex(r"[\\\[\](){}|?*+.^$]")

Literals = frozenset[str]
Words = Callable[[str], tuple[str, ...]]  # lexicon name -> its entries


class Prose:
    """How common literals are in official prose, by a sample of texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: Counter[str] = Counter()  # character or pair of them -> the texts that have it
        self._size = 0
        for text in texts:
            self._texts.update({*text, *map("".join, pairwise(text))})
            self._size += 1

    def weight(self, literals: Literals) -> float:
        """How often one of the literals is to be expected: at most in so many texts of the sample."""
        return sum(map(self._at_most, literals)) + len(literals) / 5

    def is_common(self, literals: Literals) -> bool:
        """Whether one of the literals is a character that is in most texts."""
        return any(len(one) == 1 and self._texts[one] > COMMON * self._size for one in literals)

    def _at_most(self, literal: str) -> int:
        if len(literal) == 1:
            return self._texts[literal]
        return min(self._texts[a + b] for a, b in pairwise(literal))


class Taker:
    """Takes patterns apart; `words` gives a lexicon's entries, or raises `RuleError`."""

    def __init__(self, words: Words, prose: Prose) -> None:
        self._words = words
        self._prose = prose
        self.branches = cache(self._branches)
        self.literals = cache(self._literals)
        self._taken = cache(self._take)
        self._lexicon = cache(self._literals_of)

    def needs(self, source: str) -> tuple[tuple[Literals, ...], ...]:
        """The sets of literals of each part of a `when`, in the order in which they come in what matches."""
        return tuple(self._taken(part)[0] for part in source.split(AND))

    def lexicons(self, source: str) -> Literals:
        """The names of the lexicons of which whatever a `when` matches holds an entry."""
        return frozenset[str]().union(*(self._taken(part)[1] for part in source.split(AND)))

    def _branches(self, name: str) -> tuple[str, ...]:
        """What a lexicon is a choice of: its entries, and the alternatives that those are made of."""
        return tuple(dict.fromkeys(one for entry in self._words(name) for one in alternatives(entry)))

    def _literals(self, regex: str) -> tuple[Literals, ...]:
        """Sets of literals, one of each of which every match of `regex` contains; () where none can be told."""
        if not regex:
            return ()
        if not _SYNTAX.search(regex):
            return (frozenset({regex}),)
        return self._telling(self._needs(regex, _Needs((), self.rarest)))

    def _telling(self, sets: Iterable[Literals]) -> tuple[Literals, ...]:
        """Those of several sets that tell something; the one that tells most where none does."""
        known = tuple(one for one in sets if one)
        return tuple(one for one in known if not self._prose.is_common(one)) or (known and (self.rarest(known),))

    def rarest(self, sets: Iterable[Literals]) -> Literals:
        """The one of several sets that tells most."""
        return min(sets, key=lambda one: (self._prose.weight(one), -min(map(len, one)), sorted(one)))

    def _take(self, source: str) -> tuple[tuple[Literals, ...], Literals]:
        names: list[str] = []

        def mark(token: re.Match[str]) -> str:
            if token["gap"]:
                return ".*"
            if token["lexicon"]:
                names.append(token["lexicon"])
                return chr(_LEXICON_MARKS + len(names) - 1)
            return token.group()

        skeleton = TOKEN.sub(mark, source)
        found = _Needs([self._lexicon(name) for name in names], self.rarest)
        sets = self._telling(self._needs(skeleton, found))
        return sets, frozenset(names[index] for index in found.certain)

    def _literals_of(self, name: str) -> Literals:
        """One set of literals for a whole lexicon: a text without any of them matches none of its entries."""
        found: set[str] = set()
        for branch in self.branches(name):
            sets = self.literals(branch)
            if not sets:
                return frozenset()
            found |= self.rarest(sets)
        return frozenset(found)

    @staticmethod
    def _needs(regex: str, reader: _Needs) -> list[Literals]:
        # The standard library's parser: the syntax of RE2 that rules use is a part of what it reads.
        from re import _parser  # type: ignore[attr-defined]

        try:
            parsed = _parser.parse(without_groups(regex))
        except re.error as error:
            raise RuleError(f"“{regex}”不是有效的正则表达式（{error}），请改正。") from error
        return reader.required(list(parsed))


def shortest(literals: Literals) -> Literals:
    """A set of literals without those that contain another of them: where they are, that one is too."""
    kept: set[str] = set()
    for one in sorted(literals, key=len):
        if not any(one[a:b] in kept for a in range(len(one)) for b in range(a + 1, len(one) + 1)):
            kept.add(one)
    return frozenset(kept)


class _Needs:
    """The literals that a parsed regex cannot match without; lexicons stand in it as single marks."""

    def __init__(self, lexicons: Sequence[Literals], rarest: Callable[[Iterable[Literals]], Literals]) -> None:
        self.lexicons = lexicons
        self._rarest = rarest
        self.certain: set[int] = set()  # the lexicons that stand outside of alternatives

    def lexicon(self, code: int) -> Literals | None:
        """The literals of the lexicon that a mark stands for."""
        index = code - _LEXICON_MARKS
        return self.lexicons[index] if 0 <= index < len(self.lexicons) else None

    def required(self, items: list[Any]) -> list[Literals]:
        """The sets for a sequence of parsed items: runs of exact strings are multiplied out, the rest is cut."""
        needs: list[Literals] = []
        run: list[set[str]] = []

        def close() -> None:
            if run:
                strings = {"".join(parts) for parts in product(*run)}
                if all(strings):
                    needs.append(frozenset(strings))
                run.clear()

        for item in items:
            exact = self.exact(item)
            size = 1
            for part in run:
                size *= len(part)
            if exact is not None and size * len(exact) <= MOST_PRODUCTS:
                run.append(exact)
                continue
            close()
            if exact is not None and all(exact):
                run.append(exact)
                continue
            needs.extend(self.inside(item))
        close()
        return needs

    def exact(self, item: Any) -> set[str] | None:
        """All strings that one parsed item can match, if they are few."""
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL":
            return None if self.lexicon(value) is not None else {chr(value)}
        if kind == "IN":
            chars: set[str] = set()
            for op, arg in value:
                if str(op) == "LITERAL" and self.lexicon(arg) is None:
                    chars.add(chr(arg))
                elif str(op) == "RANGE" and arg[1] - arg[0] < 12:
                    chars |= {chr(c) for c in range(arg[0], arg[1] + 1)}
                else:
                    return None
            return chars
        if kind == "SUBPATTERN":
            return self.exact_sequence(list(value[-1]))
        if kind == "BRANCH":
            union: set[str] = set()
            for branch in value[1]:
                exact = self.exact_sequence(list(branch))
                if exact is None:
                    return None
                union |= exact
            return union if len(union) <= MOST_LITERALS else None
        if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] == 0 and value[1] == 1:
            exact = self.exact_sequence(list(value[2]))
            return None if exact is None else exact | {""}
        return None

    def exact_sequence(self, items: list[Any]) -> set[str] | None:
        strings = {""}
        for item in items:
            exact = self.exact(item)
            if exact is None or len(strings) * len(exact) > max(MOST_PRODUCTS, len(exact)):
                return None
            strings = {a + b for a in strings for b in exact}
        return strings

    def inside(self, item: Any) -> list[Literals]:
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL" and (entries := self.lexicon(value)) is not None:
            self.certain.add(value - _LEXICON_MARKS)
            return [entries]
        if kind == "SUBPATTERN":
            return self.required(list(value[-1]))
        if kind == "IN" and all(str(op) == "LITERAL" for op, _ in value):  # what the parser makes of ({must}|先)
            marked = [(self.lexicon(arg), chr(arg)) for _, arg in value]
            if any(entries == frozenset() for entries, _ in marked):
                return []
            return [frozenset().union(*(entries or {char} for entries, char in marked))]
        if kind == "BRANCH":
            union: set[str] = set()
            for branch in value[1]:
                sets = _Needs(self.lexicons, self._rarest).required(list(branch))
                if not sets:
                    return []
                union |= self._rarest(sets)
            return [frozenset(union)]
        if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
            return self.required(list(value[2]))
        return []
