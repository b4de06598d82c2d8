"""The pattern language of rules.

``{demand}…{certificates.village}`` reads: a word of the lexicon `demand`, then anything within the clause, then a word
of the column `village` of the corpus `certificates`. Between braces stands the name of a lexicon; ``…`` is a gap of at
most `LONGEST_GAP` characters; everything else is RE2 syntax over the folded text (`legalcheck.language.fold`). Parts
joined by `` & `` may stand in any order: ``{village_committee} & {issue} & {village_fact}``.
What of it is compiled is looked for by `program`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise

from msgspec import Struct

from ..lazy import regex as lazy_regex
from .program import Program, Span, program

LONGEST_GAP = 60
MOST_MATCHES = 50
MOST_ALTERNATIVES = 6  # matches of one part of a pattern
AND = " & "

TOKEN = lazy_regex(
    r"\{(?P<lexicon>[a-z_][a-z_.0-9]*)\}|(?P<gap>…+)|(?P<set>\[(?:\\.|[^\]])*\])"
    r"|(?P<open>\((?!\?))|(?P<other>\(\?:?|\\.)|(?P<close>\))|(?P<times>\{\d[\d,]*\}\??)"
    r"|(?P<word>[\w、《》：%“”]+)"
)
_QUANTIFIED = lazy_regex(r"[?*+]|\{\d")


class Match(Struct, frozen=True):
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


class Pattern(Struct, frozen=True, dict=True):
    """One `when` of a rule; `lexicons` gives each lexicon as one regex.

    `needs` are, for each part of the pattern, the numbers of the sets of literals that the part needs: what matches
    holds a literal of each, in this order and apart from each other. `needed` are all of these, the rarest first and
    those with single characters last, and then the lexicons of which it holds an entry (see `Literals`). `ours`: see
    `Program`.
    """

    source: str
    lexicons: Mapping[str, str]
    needs: tuple[tuple[int, ...], ...] = ()
    needed: tuple[int, ...] = ()
    ours: bool = False

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What `&` joins: all of them have to be found."""
        return tuple(Part(part, self.lexicons, self.ours) for part in self.source.split(AND))

    @cached_property
    def _order(self) -> list[tuple[int, ...]]:
        """The order in which the parts are looked for: what one text lacked, the next is likely to lack as well."""
        return [tuple(range(len(self.parts)))]

    def compile(self) -> None:
        """Raise `RuleError` where RE2 refuses the pattern."""
        for part in self.parts:
            part.compile()

    def matches(self, text: str, own: int) -> Iterator[Match]:
        """Matches in `text` that have at least one word behind `own`; gaps longer than `LONGEST_GAP` do not count.

        A pattern of several parts matches once for each match of its first part, with the nearest of the others.
        """
        first, *others = self.parts
        if not others:
            yield from (match for match in first.matches(text) if match.spans[-1][1] > own)
            return
        begun: dict[int, tuple[Match, Iterator[Match]]] = {}
        order = self._order[0]
        for part in order:  # one match of each before more of any: most texts lack one of the parts
            found = self.parts[part].matches(text)
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


class Part(Struct, frozen=True, dict=True):
    """One part of a pattern, compiled when it is first needed."""

    source: str
    lexicons: Mapping[str, str]
    ours: bool = False

    @cached_property
    def regex(self) -> tuple[str, tuple[str, ...]]:
        """The part as RE2 reads it, and for each of its groups the lexicon it stands for ("" for none)."""
        return _expand(self.source, self.lexicons)

    @cached_property
    def program(self) -> Program:
        return program(self.regex[0], ours=self.ours)

    def compile(self) -> None:
        """Raise `RuleError` where RE2 refuses the part."""
        self.program.check()

    @property
    def is_compiled(self) -> bool:
        """Whether it was looked for before."""
        return "program" in self.__dict__ and self.program.is_compiled

    def matches(self, text: str) -> Iterator[Match]:
        """Matches in a text, the first of all that begin at one place."""
        names, at = self.regex[1], 0
        for _ in range(MOST_MATCHES):
            groups = self.program.groups(text, at)
            if groups is None:
                return
            told = sorted((span, name) for span, name in zip(groups, names, strict=True) if 0 <= span[0] < span[1])
            spans = tuple(dict.fromkeys(span for span, _ in told))
            if spans and all(b[0] - a[1] <= LONGEST_GAP for a, b in pairwise(spans)):
                yield Match(spans, tuple((name, text[a:b]) for (a, b), name in told if name))
            at = 1 + (spans[0][0] if spans else at)


def _expand(source: str, lexicons: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The regex with a group around each lexicon, each bracket and each run of the pattern's own words."""
    names: list[str] = []
    depth = 0

    def expand(token: re.Match[str]) -> str:
        nonlocal depth
        depth += token.group().startswith("(") - bool(token["close"])
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
        if token["word"] and not depth:
            word = token.group()
            last = word[-1:] if _QUANTIFIED.match(token.string, token.end()) else ""
            word = word.removesuffix(last)
            if word:
                names.append("")
                return f"({word}){last}"
        return token.group()

    return TOKEN.sub(expand, _ordered_alternatives(source)), tuple(names)


def alternation(entries: Iterable[str]) -> str:
    """The entries of a lexicon as one regex without groups of its own."""
    return _ordered_alternatives("|".join(map(without_groups, entries)))


def _ordered_alternatives(regex: str) -> str:
    """The regex with its alternatives so ordered that none hides a longer one (RE2 takes the first)."""
    return "|".join(alternatives(regex))


def alternatives(regex: str) -> tuple[str, ...]:
    """What a regex is a choice of, in order: itself where it is none."""
    return tuple(_alternatives(regex, 0)[0])


def _alternatives(regex: str, at: int) -> tuple[list[str], int]:
    """The alternatives from `at` to the closing bracket or the end, in order, and where they end."""
    found, current = [], ""
    while at < len(regex) and regex[at] != ")":
        char = regex[at]
        if char == "|":
            found.append(current)
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
            inner, at = _alternatives(regex, at + len(opening))
            current += f"{opening}{'|'.join(inner)})"
        else:
            current += char
        at += 1
    found.append(current)
    return _unhidden(found), at


def _unhidden(alternatives: Sequence[str]) -> list[str]:
    """The alternatives as they stand, save that one which begins with another one goes before it."""
    order: list[str] = []
    for one in alternatives:
        place = next((i for i, other in enumerate(order) if other and one.startswith(other)), len(order))
        order.insert(place, one)
    return order


def without_groups(regex: str) -> str:
    """The regex with its groups made non-capturing."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", regex)
