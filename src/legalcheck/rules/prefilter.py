"""Which patterns can match which texts: told for many texts at once by the literals in them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

from .literals import Literals
from .pattern import Part, Pattern
from .program import program
from .ruleset import Patterns

BATCH = 1024  # texts looked through at once
Silencing = Sequence[tuple[int, str]]  # lexicons, each as its number and one regex
Numbered = Sequence[tuple[str, tuple[int, ...]]]  # literals with the numbers of the sets they are in
# An automaton of the literals that a text may hold is made faster than one of all, as long as few characters were read.
SHORT = 40_000
FIXED = 1_500  # characters: what making one takes however short the text is


class Prefilter:
    """Which patterns can match which texts: one pass of an Aho–Corasick automaton over many texts at once.

    A pattern is a candidate where a text holds a literal of each of the sets that it needs, in the order of the pattern
    and apart from each other, and of each lexicon that it needs all sets of some entry; and where no word of a lexicon
    that silences its rule stands: `silencing` gives those by rule id.
    """

    def __init__(self, patterns: Patterns, silencing: Callable[[str], Silencing], literals: Literals) -> None:
        self._patterns = patterns
        self._silencing = silencing
        self._literals = literals
        self._read = 0  # characters so far, and `FIXED` for each time
        self._parts: dict[str, Part] = {}  # by source: many patterns have the same one

    def candidates(self, texts: Sequence[str], rules: Container[str]) -> Iterator[tuple[str, str, Pattern]]:
        """Each pattern of these rules with each text that it may match, between them the id of its rule.

        None that matches and tells is left out.
        """
        for first in range(0, len(texts), BATCH):
            batch = self._batch(texts[first : first + BATCH])
            for _, rule_id, pattern in self._patterns.under(batch.members):
                held = batch.holding(pattern.needed) if rule_id in rules else 0
                if not held:
                    continue
                held &= ~batch.silenced(self._silencing(rule_id), held)
                for part, order in zip(pattern.parts, pattern.needs, strict=True):
                    held = batch.matching(self._parts.setdefault(part.source, part), order, held)
                    if not held:
                        break
                for at in _bits(held):
                    yield texts[first + at], rule_id, pattern

    def _batch(self, texts: Sequence[str]) -> _Batch:
        joined = "\n".join(texts)
        self._read += len(joined) + FIXED
        if self._read > SHORT:
            numbered, automaton = self._whole
        else:
            numbered, automaton = _automaton(self._literals.of(joined))
        hits = automaton.find_matches_as_indexes(joined, overlapping=True)
        return _Batch(texts, hits, numbered, self._literals)

    @cached_property
    def _whole(self) -> tuple[Numbered, Any]:
        return _automaton(self._literals.numbered())


def _automaton(numbered: Mapping[str, tuple[int, ...]]) -> tuple[Numbered, Any]:
    from ahocorasick_rs import AhoCorasick

    return [*numbered.items()], AhoCorasick([*numbered], store_patterns=False)


class _Batch:
    """The literals in some texts; `hits` are (index in `numbered`, start, end) in the texts joined by a character.

    Sets of texts are integers, with a bit for each text: what a pattern needs is told for all texts at once.
    """

    def __init__(
        self, texts: Sequence[str], hits: Sequence[tuple[int, int, int]], numbered: Numbered, literals: Literals
    ) -> None:
        self._texts = texts
        self._entries = literals.entries
        self._characters = literals.characters
        where: dict[int, int] = {}
        ends = accumulate(len(text) + 1 for text in texts)
        end, bit = next(ends, 0), 1
        for index, _, stop in hits:
            while stop >= end:
                end = next(ends)
                bit <<= 1
            where[index] = where.get(index, 0) | bit
        letters: dict[str, int] = {}
        bit = 1
        for text in texts:
            for letter in literals.letters.intersection(text):
                letters[letter] = letters.get(letter, 0) | bit
            bit <<= 1
        self._letters = letters  # character -> the texts that hold it
        self._all = bit - 1
        self._where: dict[str, int] = {}  # literal -> the texts that hold it
        self.members: dict[int, list[str]] = {}  # set -> its literals of more than one character in these texts
        for index, held in where.items():
            literal, numbers = numbered[index]
            self._where[literal] = held
            for number in numbers:
                self.members.setdefault(number, []).append(literal)
        self._holding: dict[int, int] = {}  # set or lexicon -> the texts that hold it
        self._matching: dict[str, tuple[int, int]] = {}  # part -> the texts it was looked for in, those it is in
        self._silenced: dict[int, tuple[int, int]] = {}  # the same for a lexicon

    def holding(self, needed: Sequence[int]) -> int:
        """The texts that hold a literal of each of the sets, and an entry of each of the lexicons `needed`."""
        held, known = self._all, self._holding
        for number in needed:
            texts = known.get(number)
            held &= self._found(number) if texts is None else texts
            if not held:
                break
        return held

    def _found(self, number: int) -> int:
        """The texts that hold a literal of a set, or an entry of a lexicon."""
        texts = 0
        for sets in self._entries.get(number, ()):
            texts |= self.holding(sets)
        for literal in self.members.get(number, ()):
            texts |= self._where[literal]
        for character in self._characters.get(number, ()):
            texts |= self._letters.get(character, 0)
        self._holding[number] = texts
        return texts

    def matching(self, part: Part, order: Sequence[int], texts: int) -> int:
        """Those of `texts` that a part may match; `order` are the sets of literals that it needs one after another."""
        asked, found = self._matching.get(part.source, (0, 0))
        for at in _bits(texts & ~asked):
            text = self._texts[at]
            # a part that has to be compiled first is not worth it for a text that it cannot match
            if (part.is_compiled or self._in_order(text, order)) and part.program.is_in(text):
                found |= 1 << at
        self._matching[part.source] = asked | texts, found
        return found & texts

    def silenced(self, lexicons: Silencing, texts: int) -> int:
        """Those of `texts` that hold a word of one of the lexicons."""
        silenced = 0
        for number, regex in lexicons:
            asked, found = self._silenced.get(number, (0, 0))
            if left := texts & ~silenced & ~asked:
                words = program(regex, ours=True)
                for at in _bits(left & self.holding((number,))):
                    if words.is_in(self._texts[at]):
                        found |= 1 << at
                self._silenced[number] = asked | left, found
            silenced |= found & texts
        return silenced

    def _in_order(self, text: str, order: Sequence[int]) -> bool:
        """Whether literals of the sets of `order` follow one another in one of the texts."""
        at = 0
        for number in order if len(order) > 1 else ():
            members = chain(self.members.get(number, ()), self._characters.get(number, ()))
            ends = [found + len(word) for word in members if (found := text.find(word, at)) >= 0]
            if not ends:
                return False
            at = min(ends)
        return True


def _bits(number: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while number:
        lowest = number & -number
        number ^= lowest
        yield lowest.bit_length() - 1
