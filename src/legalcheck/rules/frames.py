"""Sentence frames: all the ways in which one kind of provision is worded, kept once for all the rules that need them.

A rule writes ``gate of {file}``: filing as a gate that must be passed before one may act. What the frame `gate` reads
like in Chinese (`says`) and its patterns (`when`) stand in ``corpora/lexicon/frames.yaml``; in them ``{it}`` stands for
what the rule puts in. A wording learnt for one rule thereby serves every rule of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..corpora.lexicon import lexicon_file
from ..errors import RuleError
from ..lazy import regex

_USE = regex(r"(?P<frame>[a-z_]+) of (?P<it>.+)")
_HOLE = "{it}"


def expand(source: str) -> Iterator[str]:
    """The patterns that a `when` stands for: those of its frame, or the `when` itself where it names none."""
    use = _USE.fullmatch(source)
    if not use:
        yield source
        return
    it = use["it"]
    if "|" in it:
        it = f"({it})"
    for pattern in _frame(use["frame"])["when"]:
        yield pattern.replace(_HOLE, it)


def reading(source: str) -> str:
    """A `when` as it is shown to a reader: a frame in words, everything else as it stands."""
    use = _USE.fullmatch(source)
    return str(_frame(use["frame"])["says"]).replace(_HOLE, use["it"]) if use else source


def _frame(name: str) -> dict[str, list[str]]:
    try:
        return dict(lexicon_file("frames")[name])
    except KeyError:
        raise RuleError(f"没有名为“{name}”的句式，可用的有：{'、'.join(sorted(lexicon_file('frames')))}。") from None
