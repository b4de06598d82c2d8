"""Numbers of provisions at the start of a line and inside one: 第三条, 一、, （一）, 1., （1）, ①, 附件1.

A label's style says which unit it can open; its number is parsed; the span it takes includes the white space around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..lazy import regex
from ..numerals import parse
from . import limits

CN = "〇零○一二三四五六七八九十百千"
_ANY = CN + "两0-9０-９"
_SPACE = r"[ \t\u3000\u00a0\u2000-\u200b\ufeff]"


class Style(IntEnum):
    """The forms of labels, outer to inner in both skeletons."""

    PART = 1  # 第一编
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    COMMA = 5  # 一、
    BRACKET = 6  # （一）
    DOT = 7  # 1.
    BRACKET_DIGIT = 8  # （1）
    CIRCLE = 9  # ①
    LETTER = 10  # A. a) iv.
    BULLET = 11


class Label(NamedTuple):
    """A label: `start` and `end` enclose it with the white space around it, `text` is the label alone, without any."""

    style: Style
    number: tuple[int, ...]
    text: str
    start: int
    end: int


_UNITS = {"编": Style.PART, "章": Style.CHAPTER, "节": Style.SECTION, "条": Style.ARTICLE}
_BULLETS = "•●○◆■□▪▫◇★➢❖✓✔·－—–*◦‣⁃☐◻➤►▶"
# the digits of ① ② … ㊿ and their kin, by code point ranges
_CIRCLES = "①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴"

# What follows 第三条 in a reference to it, not in a label: 第三条规定的, 第三条第二款, 第三条、第四条, 第三条至第五条
_REFERENCE = (
    rf"(?!{_SPACE}*第(?:[{_ANY}]+[款项条目]|[（(])"
    r"|[、至到和或与及的所中，,；;）)》”]|以及|规定|之规定|之一规定|款|项)"
)
_UNIT = (
    rf"第{_SPACE}*(?P<n>[{_ANY}]{{1,12}}){_SPACE}*(?P<u>[编章节条])"
    r"(?:之(?P<sub>[一二三四五六七八九十]{1,3})(?![款项]))?"
)
_UNIT_ALONE = regex(_UNIT)
_START = regex(
    rf"(?:{_SPACE}|\n){{0,80}}(?:"
    rf"(?P<unit>{_UNIT})(?:(?=$|\n|[【〔（(:：])|(?={_SPACE})(?!{_SPACE}*第(?:[{_ANY}]+[款项]|[（(]))|{_REFERENCE})"
    # not 一、二级公路, which counts kinds of roads
    rf"|(?P<sign>(?P<comma>[{CN}]{{1,5}})[、．.])(?![{CN}]{{1,3}}(?:[级类等期批楼层次号流线档]|、))"
    rf"|(?P<bracket>[（(]{_SPACE}*(?P<bn>[{CN}]{{1,5}}){_SPACE}*[）)])"
    rf"|(?P<square>[㈠-㈩])"
    rf"|(?P<digits>[（(]{_SPACE}*(?P<dn>[0-9０-９]{{1,3}}){_SPACE}*[）)])"
    rf"|(?P<paren>[⑴-⒇])"
    rf"|(?P<half>(?P<hn>[0-9０-９]{{1,3}})[）)])"
    rf"|(?P<dotted>(?P<dd>[0-9]{{1,2}}(?:[.．][0-9]{{1,2}}){{1,3}})[.．、]?(?={_SPACE}|[\u4e00-\u9fff《“]))(?![0-9.]*[%％元万亿米吨度倍公千平个])"
    rf"|(?P<dot>(?P<on>[0-9０-９]{{1,3}})[.．、](?![0-9０-９]))"
    rf"|(?P<stop>[⒈-⒛])"
    rf"|(?P<circle>[{_CIRCLES}])"
    rf"){_SPACE}*"
)
_AFTER_BRACKET = regex(r"[项目款]|[、和及至或与到—-]{1,2}[（(第]")
_WORD_ONLY = regex(
    rf"(?P<letter>[（(]?[A-Za-z]{{1,2}}[.)）、．])|(?P<roman>[（(]?[ivxlcIVXLC]{{1,7}}[.)）、．])|(?P<bullet>[{_BULLETS}])$"
)
_BARE = regex(rf"(?:(?P<cn>[{CN}]{{1,5}})|(?P<d>[0-9０-９]{{1,3}}))$")

_INLINE = regex(
    rf"(?P<bracket>[（(](?P<bn>[{CN}]{{1,3}})[）)])"
    rf"|(?P<square>[㈠-㈩])"
    rf"|(?P<digits>[（(](?P<dn>[0-9０-９]{{1,2}})[）)])"
    rf"|(?P<paren>[⑴-⒇])"
    rf"|(?P<circle>[{_CIRCLES}])"
    rf"|(?:(?<=[：:；;。，,！？\s])|^)(?:(?P<dot>(?P<on>[0-9０-９]{{1,2}})[.．、](?![0-9０-９]))|(?P<comma>(?P<cn>[{CN}]{{1,3}})、)|(?P<half>(?P<hn>[0-9]{{1,2}})[）)]))"
)
_MAYBE_INLINE = regex(rf"[{CN}0-9０-９][）)、]|[0-9０-９][.．](?![0-9０-９])|[㈠-㈩⑴-⒇{_CIRCLES}]")
ATTACHMENT = regex(
    rf"{_SPACE}*(?P<label>附{_SPACE}*[件录表]{_SPACE}*(?P<n>[{CN}0-9０-９]{{0,3}}))(?P<colon>{_SPACE}*[:：]?){_SPACE}*"
)


@lru_cache(maxsize=4096)
def _circle(character: str) -> int:
    code = ord(character)
    for first, last, base in (
        (0x2460, 0x2473, 1), (0x3251, 0x325F, 21), (0x32B1, 0x32BF, 36), (0x2776, 0x277F, 1), (0x24EB, 0x24F4, 11),
    ):  # fmt: skip
        if first <= code <= last:
            return code - first + base
    return 0


def _simple(match: re.Match[str]) -> tuple[Style, int | None, str]:
    """Style, number and text of the label that one of the patterns matched."""
    kind = match.lastgroup
    if kind == "bracket":
        return Style.BRACKET, parse(match["bn"]), match["bracket"]
    if kind == "square":
        return Style.BRACKET, ord(match["square"]) - ord("㈠") + 1, match["square"]
    if kind == "digits":
        return Style.BRACKET_DIGIT, parse(match["dn"]), match["digits"]
    if kind == "paren":
        return Style.BRACKET_DIGIT, ord(match["paren"]) - ord("⑴") + 1, match["paren"]
    if kind == "half":
        return Style.BRACKET_DIGIT, parse(match["hn"]), match["half"]
    if kind == "dot":
        return Style.DOT, parse(match["on"]), match["dot"]
    if kind == "stop":
        return Style.DOT, ord(match["stop"]) - ord("⒈") + 1, match["stop"]
    if kind == "circle":
        return Style.CIRCLE, _circle(match["circle"]), match["circle"]
    raise AssertionError(kind)


def tight(label: str) -> str:
    """A label without white space: 第 三 条 is 第三条."""
    return "".join(label.split())


def typed(text: str, start: int = 0, end: int | None = None) -> Label | None:
    """The label typed at the start of ``text[start:end]``, or None."""
    end = len(text) if end is None else end
    match = _START.match(text, start, end)
    if match is None:
        return None
    unit = match["unit"]
    if unit:
        known = _unit(unit)
        return None if known is None else Label(known[0], known[1], known[2], start, match.end())
    if match["comma"]:
        number = parse(match["comma"])
        return None if number is None else Label(Style.COMMA, (number,), tight(match["sign"]), start, match.end())
    if match["dotted"]:
        parts = tuple(int(part) for part in re.split("[.．]", match["dd"]))
        style = Style(min(Style.DOT + len(parts) - 1, Style.CIRCLE))
        return Label(style, parts, match["dotted"], start, match.end())
    style, number, label = _simple(match)
    if number is None or _AFTER_BRACKET.match(text, match.end(), end):
        return None
    return Label(style, (number,), tight(label), start, match.end())


@lru_cache(maxsize=8192)
def rendered(label: str) -> Label | None:
    """A label that Word renders (`Paragraph.label`); forms only lists have (A., bullets) are known here as well."""
    found = typed(label)
    if found is not None and found.end == len(label):
        return found
    bare = _BARE.match(label)
    if bare:
        number = parse(bare[0])
        if number is not None:
            return Label(Style.COMMA if bare["cn"] else Style.DOT, (number,), label, 0, len(label))
    match = _WORD_ONLY.match(label)
    if match is None:
        return None
    if match["bullet"]:
        return Label(Style.BULLET, (), label, 0, len(label))
    letters = label.strip("()（）.．、").lower()
    if len(set(letters)) == 1:
        return Label(Style.LETTER, (ord(letters[0]) - 96 + 26 * (len(letters) - 1),), label, 0, len(label))
    return Label(Style.LETTER, (), label, 0, len(label))


_OPENERS = {"《": "》", "“": "”", "「": "」", "‘": "’", "〈": "〉"}
_QUOTES = regex("[" + "".join(_OPENERS) + "".join(_OPENERS.values()) + "]")
_QUOTE_DEPTH = 20
_BEFORE = frozenset("：:；;。，,、！？ \t\n\u3000\u00a0")


@lru_cache(maxsize=4096)
def _unit(text: str) -> tuple[Style, tuple[int, ...], str] | None:
    """Style, number and plain text of 第…编, 章, 节, 条."""
    match = _UNIT_ALONE.match(text)
    number = parse(match["n"]) if match else None
    if match is None or number is None:
        return None
    sub = parse(match["sub"]) if match["sub"] else None
    return _UNITS[match["u"]], (number,) if sub is None else (number, sub), tight(text)


def may_list(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` has anything that looks like the label of an inline item."""
    return _MAYBE_INLINE.search(text, start, end) is not None


def inline(text: str, start: int, end: int, own: Label | None) -> Iterator[Label]:
    """Labels of items inside ``text[start:end]``: …：（一）…；（二）….

    `own` is the label the line itself begins with: （二）…；（三）… goes on from it. A list begins with number one,
    after a colon (or after other punctuation when number two follows); references (第（一）项, （一）至（三）项) and
    what stands in 《》 or quotation marks are none.
    """
    found = list(islice(_candidates(text, start, end), limits.MAX_INLINE_ITEMS))
    # where the last number two of each style stands: a list that begins has to go on
    seconds = {label.style: at for at, label in enumerate(found) if label.number[0] == 2}
    lists: list[tuple[Style, int]] = []  # the open lists, outer to inner: style and last number
    if own is not None and own.style >= Style.COMMA and own.number:
        lists.append((own.style, own.number[-1]))
    for position, label in enumerate(found):
        number = label.number[0]
        depth = next((i for i in range(len(lists) - 1, -1, -1) if lists[i][0] is label.style), None)
        if depth is not None and number == lists[depth][1] + 1:
            del lists[depth + 1 :]
            lists[depth] = (label.style, number)
            yield label
        elif number == 1 and (depth is None or depth > 0 or own is None or own.style is not label.style):
            before = text[label.start - 1 : label.start]
            follows = seconds.get(label.style, -1) > position
            if (before in ("：", ":") and label.style is not Style.COMMA) or follows:
                if depth is not None:
                    del lists[depth:]
                lists.append((label.style, 1))
                yield label


def _candidates(text: str, start: int, end: int) -> Iterator[Label]:
    quoted = _quoted(text, start, end)
    closed_at, next_quote = 0, next(quoted, None)
    for match in _INLINE.finditer(text, start, end):
        if match["comma"]:
            style, number, label = Style.COMMA, parse(match["cn"]), match["comma"]
        else:
            style, number, label = _simple(match)
        at = match.start()
        while next_quote is not None and next_quote[0] < at:
            closed_at, next_quote = next_quote[1], next(quoted, None)
        if number is None or at < closed_at:
            continue
        if at > start and text[at - 1] not in _BEFORE:
            continue
        if _AFTER_BRACKET.match(text, match.end(), end):
            continue
        left, right = at, match.end()
        while left > start and text[left - 1] in " \t\u3000\u00a0":
            left -= 1
        while right < end and text[right] in " \t\u3000\u00a0":
            right += 1
        yield Label(style, (number,), tight(label), left, right)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches inside 《》 and quotation marks that are closed again, outermost ones only, in order."""
    stack: list[tuple[str, int]] = []
    for match in _QUOTES.finditer(text, start, end):
        character = match[0]
        if character in _OPENERS:
            if len(stack) < _QUOTE_DEPTH:
                stack.append((_OPENERS[character], match.start()))
        elif stack and character == stack[-1][0]:
            _, opened = stack.pop()
            if not stack:
                yield opened, match.start()
