"""Titles: 《…》 with nested marks, other marks that stand for them, and statutes named without any."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from msgspec import Struct

from ..corpora.statutes.keys import title_key
from ..lazy import regex
from .model import Warn

_LONGEST = 160
_DEEPEST = 6  # no title nests deeper; without a limit a row of 《 would cost the square of its length
_MARK = regex(r"[《〈》〉。；\n]")
_UNCLOSED = regex(r"《([^《》〈〉，。；：\n（）]{2,40}?)(?=[《，。；：、\n（]|第[一二三四五六七八九十百0-9]+条|》|$)")
_OTHER_MARKS = regex(r"(?:<<|〈|«|‹)([\u4e00-\u9fff（）()、]{2,60})(?:>>|〉|»|›)")
_RUN = regex(r"[\u4e00-\u9fff]{2,40}")
_BREAK = regex(r"[ \t]*\n[ \t]*")
_OPENS = "《〈"
_CLOSES = "》〉"
_EDITION = regex(
    r"[（(][^（）()]{0,30}?((?:19|20)\d\d)年?(?:\d{1,2}月\d{1,2}日)?[^（）()]{0,6}?(?:修正|修订|修改|版|本)[^（）()]{0,6}[)）]|[（(]((?:19|20)\d\d)年?[)）]"
)
_WORD = regex(r"[\u4e00-\u9fff、（）()]{2,40}$")
_ENDS = ("法", "法典", "条例", "办法", "规定", "细则", "规则", "决定", "通则")
# Before a short name these words make another one: 调解仲裁法 is not 仲裁法.
_COMPOUND = regex(r"(?:调解|经济|技术|涉外|国际|小额|农村|特种|社区|职业|个人|外商|人事|商事|海事|特别|临时|省|市|县)$")
_NEXT = regex(r"第|的|规定|等|、|和|及|与|，|。|；|有关|以及|或|中|予以|处|给予|追究|进行|实施|执行|要求|办理|$")


class Title(Struct, frozen=True):
    """A title at text[start:end], its words at [text_start:text_end)."""

    start: int
    end: int
    text_start: int
    text_end: int
    text: str
    nested: tuple[str, ...] = ()
    warnings: tuple[Warn, ...] = ()


def read_title(text: str, at: int) -> Title | None:
    """The title whose opening mark stands at `at`; marks nest to any depth, and a line may break within."""
    if text[at] in "<«‹" or (text[at] == "〈"):
        return _odd(text, at)
    depth = 0
    inner: list[int] = []
    nested: list[str] = []
    warnings: list[Warn] = []
    lines = 0
    for found in _MARK.finditer(text, at, at + _LONGEST):
        char, i = found[0], found.start()
        if char in _OPENS:
            depth += 1
            if depth > _DEEPEST:
                break
            if depth > 1:
                inner.append(i + 1)
                if char == "《" and depth == 2:
                    warnings.append(Warn.NESTED_MARKS)
        elif char in _CLOSES:
            depth -= 1
            if inner:
                nested.append(text[inner.pop() : i])
            if depth == 0:
                title = _BREAK.sub("", text[at + 1 : i]).strip()
                marks = tuple(dict.fromkeys(warnings))
                return Title(at, i + 1, at + 1, i, title, tuple(nested), marks) if title else None
        elif char == "\n":
            lines += 1
            if lines > 1:
                break
        else:
            break
    return _unclosed(text, at)


def _unclosed(text: str, at: int) -> Title | None:
    found = _UNCLOSED.match(text, at)
    if found is None or not found[1].endswith(_ENDS):
        return None
    return Title(at, found.end(), at + 1, found.end(1), found[1], (), (Warn.UNCLOSED_MARKS,))


def _odd(text: str, at: int) -> Title | None:
    found = _OTHER_MARKS.match(text, at)
    return Title(at, found.end(), found.start(1), found.end(1), found[1], (), (Warn.WRONG_MARKS,)) if found else None


def edition_year(text: str) -> int | None:
    """The year of a closing （2017年修正）, （2019修订）."""
    found = _EDITION.search(text)
    return int(found[1] or found[2]) if found else None


def unmarked_before(text: str, at: int, floor: int, is_title: Callable[[str], bool]) -> Title | None:
    """The statute named without marks, or within “ ”, right before the clause at `at`: 民法典第二百七十九条."""
    end = at
    if text[at - 1] in '”"’〉':
        opened = text.rfind("“" if text[at - 1] == "”" else text[at - 1], max(floor, at - 60), at - 1)
        words = text[opened + 1 : at - 1]
        if opened >= 0 and is_title(title_key(words)):
            return Title(opened, at, opened + 1, at - 1, words, (), (Warn.WRONG_MARKS,))
        return None
    if not text[max(0, at - 2) : at].endswith(("法", "典", "例", "定", "则", "）", ")", "决定")):
        return None
    found = _WORD.search(text, max(floor, at - 40), end)
    if found is None:
        return None
    for start in range(found.start(), end - 1):
        words = text[start:end]
        if len(words) < 3 and words not in ("宪法", "刑法"):
            break
        if text[start] in "、）)" or words.startswith("本"):
            continue
        if is_title(title_key(words)):
            if start > found.start() and _COMPOUND.search(text[max(floor, start - 2) : start]):
                return None
            return Title(start, end, start, end, words, (), (Warn.MISSING_MARKS,))
    # Not in the catalogue, yet plainly a title: 根据某某市养犬管理条例第八条.
    lead = re.search(
        r"(?:根据|依据|依照|按照|违反|参照|适用)([\u4e00-\u9fff]{4,36}(?:条例|法|办法|规定|细则))$",
        text[max(floor, at - 40) : at],
    )
    if (
        lead
        and not re.search(r"本|该|有关|相关|上述|下列|前款|国家|和|、", lead[1][:2] + lead[1][-8:-2])
        and lead[1].endswith(("条例", "法", "办法", "细则"))
    ):
        start = at - len(lead[1])
        return Title(start, at, start, at, lead[1], (), (Warn.MISSING_MARKS,))
    return None


def unmarked_after(text: str, at: int, known: Container[str]) -> Title | None:
    """The statute named without marks right after the marker that ends at `at`: 依照行政处罚法的规定."""
    run = _RUN.match(text, at)
    if run is None:
        return None
    words = run[0]
    for length in range(len(words), 1, -1):
        title = words[:length]
        if not title.endswith(("法", "条例", "法典")):
            continue
        if length < 3 and title not in ("宪法", "刑法"):
            break
        if title == "宪法" and re.match(r"[、和]法律", text[at + length : at + length + 3]):
            break  # 符合宪法、法律、法规: a phrase, no citation
        if title_key(title) in known and _NEXT.match(text, at + length):
            return Title(at, at + length, at, at + length, title, (), (Warn.MISSING_MARKS,))
    return None
