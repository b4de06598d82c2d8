"""Reports in which matched words stand out: a quote cut into the parts within and outside its marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..rules.finding import Finding


def pieces(finding: Finding) -> Iterator[tuple[str, bool]]:
    """The quote in parts, none empty, each with whether it is marked; overlapping marks are one."""
    quote = finding.quote
    covered = [False] * len(quote)
    for start, end in finding.marks:
        for index in range(max(0, start), min(end, len(quote))):
            covered[index] = True
    start = 0
    for index in range(1, len(quote) + 1):
        if index == len(quote) or covered[index] != covered[start]:
            yield quote[start:index], covered[start]
            start = index


def bracketed(finding: Finding) -> str:
    """The quote with its marked parts in 【】."""
    return "".join(f"【{text}】" if marked else text for text, marked in pieces(finding))
