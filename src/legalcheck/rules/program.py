"""Expressions as they are looked for in clauses: by `re` where that is safe, else by RE2.

In a clause of forty characters `re` finds them two to four times as fast as RE2, and what it is given is kept on disk
(`legalcheck.lazy`), while RE2 makes each program anew in each process. But it tries one way after another, and a text
can be made for which these are very many; RE2 is linear in the text whatever it holds. So `re` is asked only for
expressions that come with legalcheck, only in texts no longer than `SHORT`, and never again for one that was slow once.
Both take of several matches the same, so that no finding depends on which of them was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from time import perf_counter
from typing import Any

from ..errors import RuleError
from ..lazy import compiled

Span = tuple[int, int]

SHORT = 200  # characters: one clause in two hundred is longer
SLOW = 0.005  # seconds; usual are some millionths
MOST_MEMORY = 64 << 20  # bytes of states for one RE2 program: with fewer, those of large lexicons are made repeatedly
MARKS = "，。；、：《》（）"
_ONE_BYTE = str.maketrans(MARKS, "\x01\x02\x03\x04\x05\x06\x07\x08\x0e")  # no draft has these characters


class Program:
    """An expression in the syntax of RE2; `ours` tells that it comes with legalcheck."""

    __slots__ = ("_linear", "_ours", "_quick", "source")

    def __init__(self, source: str, *, ours: bool) -> None:
        self.source = source
        self._ours = ours
        self._quick: re.Pattern[str] | None = None
        self._linear: Any = None

    def check(self) -> None:
        """Raise `RuleError` where RE2 refuses the expression."""
        self._linear = self._linear or _linear(self.source)

    @property
    def is_compiled(self) -> bool:
        return self._quick is not None or self._linear is not None

    def is_in(self, text: str) -> bool:
        """Whether it matches anywhere in a text."""
        return self.groups(text) is not None

    def groups(self, text: str, at: int = 0) -> Sequence[Span] | None:
        """The spans of the groups of the first match from `at` on, (-1, -1) for those that took no part in it."""
        if not self._ours or len(text) > SHORT:
            return self._groups_of_linear(text, at)
        if self._quick is None:
            self._quick = compiled(self.source, re.ASCII)
        begun = perf_counter()
        found = self._quick.search(text, at)
        if perf_counter() - begun > SLOW:
            self._ours = False
        return found and found.regs[1:]

    def _groups_of_linear(self, text: str, at: int) -> Sequence[Span] | None:
        self.check()
        encoded = as_bytes(text)  # for a str RE2 counts the characters up to every group
        found = self._linear.match(encoded, len(as_bytes(text[:at])))
        if found is None:
            return None
        spans = (found.span(number) for number in range(1, self._linear.groups + 1))
        return [(_characters(encoded, start), _characters(encoded, end)) for start, end in spans]


@lru_cache(maxsize=4096)
def program(source: str, *, ours: bool) -> Program:
    """The program of an expression, one for all that ask."""
    return Program(source, ours=ours)


def _linear(source: str) -> Any:
    """The RE2 program whose `match` finds an expression in what `as_bytes` gives, where it first can be.

    The `search` of RE2 makes a second program, which runs backwards to where a match begins: of no use here.
    """
    import re2

    options = re2.Options()
    options.max_mem = MOST_MEMORY
    try:
        return re2.compile(f"(?s:.*?)(?:{source})".translate(_ONE_BYTE), options)
    except re2.error as error:
        raise RuleError(f"“{source}”不是有效的正则表达式（{error}），请改正。") from error


@lru_cache(maxsize=4096)
def as_bytes(text: str) -> bytes:
    """A text as RE2 programs read it: in UTF-8, save that each of `MARKS` is one byte.

    Most classes leave out some of them ([^，。；]); what is left is all that is longer, for which RE2 has short code.
    """
    return text.translate(_ONE_BYTE).encode()


def _characters(encoded: bytes, end: int) -> int:
    """How many characters the first `end` bytes are; `end` itself below zero."""
    return len(encoded[:end].decode()) if end > 0 else end
