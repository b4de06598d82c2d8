"""The pattern language of rules.

``{demand}…{certificates.village}`` reads: a word of the lexicon `demand`, then anything within the clause, then a word
of the column `village` of the corpus `certificates`. Between braces stands the name of a lexicon; ``…`` is a gap of at
most `LONGEST_GAP` characters; everything else is RE2 syntax over the folded text (`legalcheck.language.fold`). Parts
joined by `` & `` may stand in any order: ``{village_committee} & {issue} & {village_fact}``.
Matching is linear in the text, so that packs of third parties cannot stall a review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import Any

from msgspec import Struct

from ..errors import RuleError
from ..lazy import regex as lazy_regex

LONGEST_GAP = 60
MOST_MATCHES = 50
MOST_MEMORY = 64 << 20  # bytes of states for one program: with fewer, those of large lexicons are made again and again
MOST_ALTERNATIVES = 6  # matches of one part of a pattern
MARKS = "，。；、：《》（）"
AND = " & "

TOKEN = lazy_regex(
    r"\{(?P<lexicon>[a-z_][a-z_.0-9]*)\}|(?P<gap>…+)|(?P<set>\[(?:\\.|[^\]])*\])"
    r"|(?P<open>\((?!\?))|(?P<other>\(\?:|\\.)|(?P<times>\{\d[\d,]*\}\??)"
    r"|(?P<word>[\w、《》：%“”]+)"
)
_LENGTHS = lazy_regex(r"(?P<kept>\\.|\[(?:\\.|[^\]])*\])|\{(?P<least>\d+)(?:,\d*)?\}\??")
_QUANTIFIED = lazy_regex(r"[?*+]|\{\d")
_ONE_BYTE = str.maketrans(MARKS, "\x01\x02\x03\x04\x05\x06\x07\x08\x0e")  # no draft has these characters

Span = tuple[int, int]


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
    those with single characters last, and then the lexicons of which it holds an entry (see `Literals`). It is looked
    at where a text holds a literal of the set `pivot`, everywhere if that is None.
    """

    source: str
    lexicons: Mapping[str, str]
    needs: tuple[tuple[int, ...], ...] = ()
    needed: tuple[int, ...] = ()
    pivot: int | None = None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What `&` joins: all of them have to be found."""
        return tuple(Part(part, self.lexicons) for part in self.source.split(AND))

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

    @cached_property
    def regex(self) -> tuple[str, tuple[str, ...]]:
        """The part as RE2 reads it, and for each of its groups the lexicon it stands for ("" for none)."""
        return _expand(self.source, self.lexicons)

    @cached_property
    def _compiled(self) -> tuple[Any, tuple[str, ...]]:
        import re2

        regex, names = self.regex
        try:
            return compiled(regex), names
        except re2.error as error:
            raise RuleError(f"模式“{self.source}”不是有效的正则表达式（{error}），请改正。") from error

    @cached_property
    def _filter(self) -> Any:
        """The part without the lengths of its gaps: a program a third as large, which says no to nearly as much."""
        return compiled(_LENGTHS.sub(_any_length, without_groups(self.regex[0])))

    def compile(self) -> None:
        _ = self._compiled

    @property
    def is_compiled(self) -> bool:
        """Whether `may_be_in` costs no more than the search."""
        return "_filter" in self.__dict__

    def may_be_in(self, text: str) -> bool:
        """Whether the part, with gaps of any length, matches anywhere in a text."""
        return self._filter.match(as_bytes(text)) is not None

    def matches(self, text: str) -> Iterator[Match]:
        regex, names = self._compiled
        encoded, at = as_bytes(text), 0  # for a str RE2 counts the characters up to every group
        for _ in range(MOST_MATCHES):
            hit = regex.match(encoded, at)
            if hit is None:
                return
            groups = ((hit.span(i), name) for i, name in enumerate(names, 1))
            told = sorted((span, name) for span, name in groups if 0 <= span[0] < span[1])
            found = [((_characters(encoded, a), _characters(encoded, b)), name) for (a, b), name in told]
            spans = tuple(dict.fromkeys(span for span, _ in found))
            if spans and all(b[0] - a[1] <= LONGEST_GAP for a, b in pairwise(spans)):
                yield Match(spans, tuple((name, text[a:b]) for (a, b), name in found if name))
            at = told[0][0][0] if told else at
            at += len(as_bytes(text[_characters(encoded, at)])) if at < len(encoded) else 1


def _characters(encoded: bytes, end: int) -> int:
    """How many characters the first `end` bytes are."""
    return len(encoded[:end].decode())


@lru_cache(maxsize=4096)
def compiled(regex: str) -> Any:
    """The RE2 program whose `match` finds a regex in what `as_bytes` gives, its groups where they first can be.

    The `search` of RE2 makes a second program, which runs backwards to where a match begins: of no use here.
    """
    import re2

    options = re2.Options()
    options.max_mem = MOST_MEMORY
    return re2.compile(f"(?s:.*?)(?:{regex})".translate(_ONE_BYTE), options)


@lru_cache(maxsize=4096)
def as_bytes(text: str) -> bytes:
    """A text as programs read it: in UTF-8, save that each of `MARKS` is one byte.

    Most classes leave out some of them ([^，。；]); what is left is all that is longer, for which RE2 has short code.
    """
    return text.translate(_ONE_BYTE).encode()


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

    return TOKEN.sub(expand, _ordered_alternatives(source)), tuple(names)


def _any_length(times: re.Match[str]) -> str:
    return times["kept"] or ("*" if int(times["least"]) == 0 else "+")


def _inside_brackets(source: str, at: int) -> bool:
    before = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", source[:at])
    return before.count("(") > before.count(")")


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
