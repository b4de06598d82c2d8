"""Finds every citation of a text in one pass from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from ..corpora.statutes import Catalogue, catalogue
from ..corpora.statutes.keys import title_key
from ..lazy import regex
from . import named, own
from .model import Citation, Kind, Role
from .roles import after, before
from .tokens import TOKEN, Scan

_GAP = 120  # characters between two citations beyond which the first has no say in the role of the second
_TAIL = 100  # characters after a citation that may tell its role

_READERS: dict[str, Callable[[Scan, re.Match[str]], Citation | None]] = {
    "title": named.title,
    "odd": named.odd,
    "marker": named.marker,
    "ruled": named.ruled,
    "open": named.bracket,
    "order": named.order,
    "backward": named.order,
    "year": named.year,
    "standard": named.standard,
    "unit": own.unit,
    "back": own.back,
    "this": own.this,
    "same": own.same,
    "attachment": own.attachment,
}
_NAMED = (Kind.TITLED, Kind.NUMBERED, Kind.STANDARD)
_AMENDS = regex(r"关于修改|修正案|关于废止")
_AMENDED = regex(r"[^。；\n]{0,10}(?:修正|修订|修改)")


def find(text: str, *, known: Catalogue | None = None) -> list[Citation]:
    """The citations of `text` in reading order, none overlapping. Offsets are code points, half-open.

    Lines are paragraphs: a 第三条 that opens a line is that line's own number, no citation. Abbreviations (以下简称)
    declared anywhere in `text` count for the whole of it. `known` tells which titles without marks are statutes'
    (default: the shipped catalogue).
    """
    scan = Scan(text, known or catalogue())
    at = 0
    while found := TOKEN.search(text, at):
        kind = str(found.lastgroup)
        one = _READERS[kind](scan, found)
        if one is not None:
            _add(scan, one)
            at = max(scan.end, found.start() + 1)
        else:
            at = found.end() if kind in ("marker", "standard") else found.start() + 1
    return _finish(scan)


def _add(scan: Scan, one: Citation) -> None:
    """Take `one` in, with the role that the words before it give."""
    gap = scan.text[max(scan.end, one.start - _GAP) : one.start]
    scan.role = before(gap, scan.role if one.start - scan.end <= _GAP else None)
    scan.out.append(replace(one, role=scan.role) if scan.role else one)
    scan.end = one.end
    if one.kind is Kind.TITLED:
        scan.antecedent = one
    if one.alias:
        scan.aliases.setdefault(title_key(one.alias), one.title)


def _finish(scan: Scan) -> list[Citation]:
    """Roles once more in the light of what follows, quotations, and declared abbreviations."""
    text, tail = scan.text, ""
    done: list[Citation] = []
    quotes = "“" in text
    following = len(text)
    for one in reversed(scan.out):
        gap = text[one.end : min(following, one.end + _TAIL)]
        ends = following - one.end > _TAIL or "。" in gap or "\n" in gap or "；" in gap
        tail = gap if ends else (gap + tail)[: _TAIL + 40]
        following = one.start
        if quotes and _quoted(text, one.start):
            one = replace(one, quoted=True)
        if one.kind in _NAMED:
            one = _settled(one, tail, scan.aliases)
        done.append(one)
    done.reverse()
    return done


def _settled(one: Citation, tail: str, aliases: dict[str, str]) -> Citation:
    role = Role.MENTION if one.quoted else after(tail, one.role)
    if role is Role.BASIS and _AMENDS.search(one.title) and _AMENDED.match(tail):
        role = Role.MENTION  # 根据《关于修改部分法律的决定》第一次修正: the history of a text, not its basis
    full = "" if one.alias else aliases.get(one.key, "")
    if full and full != one.title:
        return replace(one, role=role, alias_of=full, key=title_key(full))
    return replace(one, role=role) if role is not one.role else one


def _quoted(text: str, at: int) -> bool:
    """Whether `at` stands within “ ” that open in the same line, at most 300 characters before."""
    floor = max(text.rfind("\n", max(0, at - 300), at), at - 300, 0)
    opened = text.rfind("“", floor, at)
    return opened >= 0 and text.rfind("”", opened, at) < 0
