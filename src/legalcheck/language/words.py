"""Word boundaries: whether a short match is a word of its own (guard G8), so that 相应 does not count as 应."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ..corpora.location import data_root

LONGEST_DOUBTFUL = 2

Span = tuple[int, int]


@cache
def _tokenizer() -> Any:
    """jieba over the project's own short dictionary, which loads in a millisecond; its large one is never read."""
    absent = object()
    before = sys.modules.get("pkg_resources", absent)
    # jieba imports pkg_resources (60 ms) only to find that large dictionary, and does without where it is missing.
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        if before is absent:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before  # type: ignore[assignment]
    tokenizer = jieba.Tokenizer()
    with _dictionary().open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    return tokenizer


def _dictionary() -> Path:
    return data_root() / "corpora" / "words.txt"


@cache
def _words() -> tuple[frozenset[str], int]:
    """The words of the dictionary, and how long the longest is."""
    words = frozenset(line.split(" ")[0] for line in _dictionary().read_text("utf-8").splitlines())
    return words, max(map(len, words))


def _across(text: str, at: int) -> set[Span]:
    """The words of the dictionary that stand across an offset of `text`."""
    words, longest = _words()
    starts = range(max(0, at - longest + 1), at)
    ends = range(at + 1, min(at + longest, len(text) + 1))
    return {(start, end) for start in starts for end in ends if text[start:end] in words}


def _is_boundary(text: str, at: int) -> bool:
    """Whether a word ends at an offset; the segmenter, which takes 10 ms to import, is asked where words compete."""
    around = text[max(0, at - 1) : at + 1]
    if len(around) == 2 and around.isascii() and around.isalnum():  # letters and digits stay together
        return False
    across = _across(text, at)
    if not across:
        return True
    low, high = min(start for start, _ in across), max(end for _, end in across)
    competing = {word for offset in range(low, high + 1) for word in _across(text, offset)}
    return len(competing) > 1 and at in _cuts(text)


@lru_cache(maxsize=4096)
def _cuts(text: str) -> frozenset[int]:
    """The offsets at which a word of `text` ends."""
    at, cuts = 0, {0}
    for word in _tokenizer().cut(text, HMM=False):
        at += len(word)
        cuts.add(at)
    return frozenset(cuts)


def are_words(text: str, spans: Sequence[Span]) -> bool:
    """Whether every span of one or two characters begins and ends at a word boundary of `text`.

    Spans that touch or lie within each other are one: 持 and 证 of 持证上岗 say together what neither says alone.
    """
    doubtful = (span for span in _joined(spans) if span[1] - span[0] <= LONGEST_DOUBTFUL)
    return all(_is_boundary(text, offset) for span in doubtful for offset in span)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
