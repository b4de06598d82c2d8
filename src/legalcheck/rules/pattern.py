"""The pattern language of rules, and the literals that a pattern cannot match without.

``{demand}…{certificates.village}`` reads: a word of the lexicon `demand`, then anything within the clause, then a word
of the column `village` of the corpus `certificates`. Between braces stands the name of a lexicon; ``…`` is a gap of at
most `LONGEST_GAP` characters; everything else is RE2 syntax over the folded text (`legalcheck.language.fold`). Parts
joined by `` & `` may stand in any order: ``{village_committee} & {issue} & {village_fact}``.
Matching is linear in the text, so that packs of third parties cannot stall a review.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise, product
from typing import Any

from ..errors import RuleError
from ..lazy import regex as lazy_regex

LONGEST_GAP = 60
MOST_LITERALS = 400  # in a set of alternatives
MOST_PRODUCTS = 40  # of parts that follow one another
MOST_MATCHES = 50
MOST_MEMORY = 64 << 20  # bytes of states for one program: with fewer, those of large lexicons are made again and again
MOST_ALTERNATIVES = 6  # of one part of a pattern
AND = " & "

_TOKEN = lazy_regex(
    r"\{(?P<lexicon>[a-z_][a-z_.0-9]*)\}|(?P<gap>…+)|(?P<set>\[(?:\\.|[^\]])*\])"
    r"|(?P<open>\((?!\?))|(?P<other>\(\?:|\\.)|(?P<times>\{\d[\d,]*\}\??)"
    r"|(?P<word>[\w、《》：%“”]+)"
)
_QUANTIFIED = lazy_regex(r"[?*+]|\{\d")
_LEXICON_MARKS = 0xE000  # private use: stands for a lexicon while the pattern around it is taken apart

Span = tuple[int, int]
Words = Callable[[str], tuple[str, ...]]  # lexicon name -> its entries


@dataclass(frozen=True, slots=True)
class Match:
    """A match in a clause: the spans of the pattern's own words in order, and which lexicon gave which word."""

    spans: tuple[Span, ...]
    words: tuple[tuple[str, str], ...]

    def joined_with_nearest(self, others: Sequence[Match]) -> Match | None:
        """This match together with the nearest of `others` that shares no character with it."""
        apart = [other for other in others if not any(a < d and c < b for a, b in self.spans for c, d in other.spans)]
        if not apart:
            return None
        nearest = min(apart, key=self._distance)
        return Match(tuple(sorted({*self.spans, *nearest.spans})), self.words + nearest.words)

    def _distance(self, other: Match) -> int:
        return max(other.spans[0][0] - self.spans[-1][1], self.spans[0][0] - other.spans[-1][1])


@dataclass(frozen=True)
class Pattern:
    """One `when` of a rule; `lexicons` gives each lexicon as one regex.

    `needs` are, for each part of the pattern, the numbers of the sets of literals that the part needs: what matches
    holds a literal of each, in this order and apart from each other. `entries` are the numbers of the lexicons of which
    it holds an entry (see `Literals`).
    """

    source: str
    lexicons: Mapping[str, str]
    needs: tuple[tuple[int, ...], ...] = ()
    entries: tuple[int, ...] = ()

    @cached_property
    def _programs(self) -> tuple[_Program, ...]:
        return tuple(_Program(part, self.lexicons) for part in self.source.split(AND))

    @cached_property
    def _order(self) -> list[tuple[int, ...]]:
        """The order in which the parts are looked for: what one text lacked, the next is likely to lack as well."""
        return [tuple(range(len(self._programs)))]

    def compile(self) -> None:
        """Raise `RuleError` where RE2 refuses the pattern."""
        for program in self._programs:
            program.compile()

    def matches(self, text: str, own: int) -> Iterator[Match]:
        """Matches in `text` that have at least one word behind `own`; gaps longer than `LONGEST_GAP` do not count.

        A pattern of several parts matches once for each match of its first part, with the nearest of the others.
        """
        first, *others = self._programs
        if not others:
            yield from (match for match in first.matches(text) if match.spans[-1][1] > own)
            return
        begun: dict[int, tuple[Match, Iterator[Match]]] = {}
        order = self._order[0]
        for part in order:  # one match of each before more of any: most texts lack one of the parts
            found = self._programs[part].matches(text)
            one = next(found, None)
            if one is None:
                self._order[0] = (part, *(other for other in order if other != part))
                return
            begun[part] = one, found
        alternatives = [[one, *islice(found, MOST_ALTERNATIVES - 1)] for _, (one, found) in sorted(begun.items())]
        for match in alternatives[0]:
            joined: Match | None = match
            for rest in alternatives[1:]:
                joined = joined and joined.joined_with_nearest(rest)
            if joined and joined.spans[-1][1] > own:
                yield joined


@dataclass(frozen=True)
class _Program:
    """One part of a pattern, compiled when it is first needed."""

    source: str
    lexicons: Mapping[str, str]

    @cached_property
    def _compiled(self) -> tuple[Any, tuple[str, ...]]:
        """An RE2 program, and for each of its groups the lexicon it stands for ("" for none)."""
        import re2

        regex, names = _expand(self.source, self.lexicons)
        try:
            return _compiled(regex), names
        except re2.error as error:
            raise RuleError(f"模式“{self.source}”不是有效的正则表达式（{error}），请改正。") from error

    def compile(self) -> None:
        _ = self._compiled

    def matches(self, text: str) -> Iterator[Match]:
        regex, names = self._compiled
        at = 0
        for _ in range(MOST_MATCHES):
            hit = regex.search(text, at)
            if hit is None:
                return
            groups = [(hit.span(i), name) for i, name in enumerate(names, 1)]
            found = sorted((span, name) for span, name in groups if 0 <= span[0] < span[1])
            spans = tuple(dict.fromkeys(span for span, _ in found))
            if spans and all(b[0] - a[1] <= LONGEST_GAP for a, b in pairwise(spans)):
                yield Match(spans, tuple((name, text[a:b]) for (a, b), name in found if name))
            at = (spans[0][0] if spans else hit.start()) + 1


@lru_cache(maxsize=4096)
def _compiled(regex: str) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = MOST_MEMORY
    return re2.compile(regex, options)


def needs(source: str, words: Words) -> tuple[tuple[frozenset[str], ...], ...]:
    """The sets of literals of each part of a `when`; `words` gives a lexicon's entries, or raises `RuleError`."""
    return tuple(_part_needs(part, words)[0] for part in source.split(AND))


def needed_lexicons(source: str, words: Words) -> frozenset[str]:
    """The lexicons of which whatever a `when` matches holds an entry."""
    return frozenset[str]().union(*(_part_needs(part, words)[1] for part in source.split(AND)))


@lru_cache(maxsize=8192)
def _part_needs(source: str, words: Words) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    names: list[str] = []

    def mark(token: re.Match[str]) -> str:
        if token["gap"]:
            return ".*"
        if token["lexicon"]:
            names.append(token["lexicon"])
            return chr(_LEXICON_MARKS + len(names) - 1)
        return token.group()

    skeleton = _TOKEN.sub(mark, source)
    found = _Needs([literals_of(words(name)) for name in names])
    sets = tuple(need for need in _needs(skeleton, found) if need)
    return sets, frozenset(names[index] for index in found.certain)


def _expand(source: str, lexicons: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The regex with a group around each lexicon, each bracket and each run of the pattern's own words."""
    names: list[str] = []

    def expand(token: re.Match[str]) -> str:
        if token["gap"]:
            return ".*?"
        if token["lexicon"]:
            names.append(token["lexicon"])
            return f"({lexicons[token['lexicon']]})"
        if token["open"]:
            names.append("")
            return "("
        if token["times"]:
            return token["times"].removesuffix("?") + "?"
        if token["word"] and not _inside_brackets(token.string, token.start()):
            word = token.group()
            last = word[-1:] if _QUANTIFIED.match(token.string, token.end()) else ""
            word = word.removesuffix(last)
            if word:
                names.append("")
                return f"({word}){last}"
        return token.group()

    return _TOKEN.sub(expand, _ordered_alternatives(source)), tuple(names)


def _inside_brackets(source: str, at: int) -> bool:
    before = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", source[:at])
    return before.count("(") > before.count(")")


def alternation(entries: Iterable[str]) -> str:
    """The entries of a lexicon as one regex without groups of its own."""
    return _ordered_alternatives("|".join(map(_without_groups, entries)))


def _ordered_alternatives(regex: str) -> str:
    """The regex with its alternatives so ordered that none hides a longer one (RE2 takes the first)."""
    done, _ = _ordered(regex, 0)
    return done


def _ordered(regex: str, at: int) -> tuple[str, int]:
    """The alternatives from `at` to the closing bracket or the end, in order, and where they end."""
    alternatives, current = [], ""
    while at < len(regex) and regex[at] != ")":
        char = regex[at]
        if char == "|":
            alternatives.append(current)
            current = ""
        elif char == "\\":
            current += regex[at : at + 2]
            at += 1
        elif char == "[":
            end = regex.find("]", at + 2)
            end = end if end >= 0 else len(regex) - 1  # RE2 will say what is wrong
            current += regex[at : end + 1]
            at = end
        elif char == "(":
            opening = "(?:" if regex.startswith("(?:", at) else "("
            inner, at = _ordered(regex, at + len(opening))
            current += f"{opening}{inner})"
        else:
            current += char
        at += 1
    alternatives.append(current)
    return "|".join(_unhidden(alternatives)), at


def _unhidden(alternatives: Sequence[str]) -> list[str]:
    """The alternatives as they stand, save that one which begins with another one goes before it."""
    order: list[str] = []
    for one in alternatives:
        place = next((i for i, other in enumerate(order) if other and one.startswith(other)), len(order))
        order.insert(place, one)
    return order


def _without_groups(regex: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", regex)


@lru_cache(maxsize=8192)
def literals(regex: str) -> tuple[frozenset[str], ...]:
    """Sets of literals, one of each of which every match of `regex` contains; () where none can be told."""
    if not _SYNTAX.search(regex):
        return (frozenset({regex}),)
    return tuple(_needs(regex, _Needs(())))


def _needs(regex: str, reader: _Needs) -> list[frozenset[str]]:
    # The standard library's parser: the syntax of RE2 that rules use is a part of what it reads.
    from re import _parser  # type: ignore[attr-defined]

    try:
        parsed = _parser.parse(_without_groups(regex))
    except re.error as error:
        raise RuleError(f"“{regex}”不是有效的正则表达式（{error}），请改正。") from error
    return reader.required(list(parsed))


_SYNTAX = lazy_regex(r"[\\\[\](){}|?*+.^$]")


@lru_cache(maxsize=1024)
def literals_of(entries: tuple[str, ...]) -> frozenset[str]:
    """One set of literals for a whole lexicon: a text without any of them matches none of its entries."""
    found: set[str] = set()
    for entry in entries:
        sets = literals(entry)
        if not sets:
            return frozenset()
        found |= _best(sets)
    return frozenset(found)


@lru_cache(maxsize=4096)
def shortest(literals: frozenset[str]) -> frozenset[str]:
    """A set of literals without those that contain another of them: where they are, that one is too."""
    kept: set[str] = set()
    for one in sorted(literals, key=len):
        if not any(one[a:b] in kept for a in range(len(one)) for b in range(a + 1, len(one) + 1)):
            kept.add(one)
    return frozenset(kept)


def _best(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return max(sets, key=lambda s: (min(map(len, s)), -len(s)))


class _Needs:
    """The literals that a parsed regex cannot match without; lexicons stand in it as single marks."""

    def __init__(self, lexicons: Sequence[frozenset[str]]) -> None:
        self.lexicons = lexicons
        self.certain: set[int] = set()  # the lexicons that stand outside of alternatives

    def lexicon(self, code: int) -> frozenset[str] | None:
        """The literals of the lexicon that a mark stands for."""
        index = code - _LEXICON_MARKS
        return self.lexicons[index] if 0 <= index < len(self.lexicons) else None

    def required(self, items: list[Any]) -> list[frozenset[str]]:
        """The sets for a sequence of parsed items: runs of exact strings are multiplied out, the rest is cut."""
        needs: list[frozenset[str]] = []
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

    def inside(self, item: Any) -> list[frozenset[str]]:
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
                sets = _Needs(self.lexicons).required(list(branch))
                if not sets:
                    return []
                union |= _best(sets)
            return [frozenset(union)]
        if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
            return self.required(list(value[2]))
        return []
