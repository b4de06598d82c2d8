"""Word boundaries: whether a short match is a word of its own (guard G8), so that 相应 does not count as 应."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache, lru_cache
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
    with (data_root() / "corpora" / "words.txt").open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    return tokenizer


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
    doubtful = [span for span in _joined(spans) if span[1] - span[0] <= LONGEST_DOUBTFUL]
    return not doubtful or _cuts(text).issuperset(offset for span in doubtful for offset in span)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
