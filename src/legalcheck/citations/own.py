"""Citations of the citing text itself: 第八条第一款, 前款, 本办法第三条, 附件2, and 该法 for the one just named."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ..lazy import regex
from ..numerals import parse
from . import numbers
from .clauses import NUM, WS, arabic, clauses
from .model import Citation, ClauseRef, Kind, Role, Warn
from .named import numbered, titled
from .titles import unmarked_before
from .tokens import Scan

_LINE_START = regex(r"\n[ \t\u3000\u00a0]*$")
_HEADING = regex(rf"第{NUM}[条章节编](?:\*\*)?[ \t\u3000]")
_ITEM = regex(rf"第{WS}[（(]")
_REFERS = regex(r"(?:根据|依据|依照|按照|违反|参照|适用|符合|有|除|因|见|执行|至|对|将|以及|和|、|与|或者|在)$")
_REFERS_TO_CHAPTER = regex(r"(?:根据|依据|依照|按照|违反|适用|见|和|、)$")
_AFTER_UNIT = regex(
    r"规定|所|的|、|和|及|至|与|或|，|。|；|）|\)|中|情形|要求|内容|执行|办理|条件|进行|予以|处理|$|\n|之|以外|前款"
)
_AFTER_PARAGRAPH = regex(r"规定|所|的规定|情形|、第|和第|至第|的情形|内容|中")
_AFTER_HEADING = regex(r"规定|所称|所列|的规定|中的|情形")
_AFTER_COUNTED = regex(r"规定|所|的|中|、|和|情形|行为|以外|第")
_AFTER_SELF = regex(rf"(?:的|中)?第{WS}[（(]?{NUM}|(?:的)?(?:有关|相关)?规定|附件")
_AFTER_SAME = regex(rf"第{WS}[（(]?{NUM}|(?:的)?规定|所称|所列")
_MARKED = regex(r"(?:根据|依据|依照|按照|违反|参照|适用|符合)$")
_LINK = regex(r"(?:的|中的?)(?=第)")


def unit(scan: Scan, found: re.Match[str]) -> Citation | None:
    """第八条第一款 of the citing text, or of the statute that stands before it without marks (民法典第九条)."""
    text, at = scan.text, found.start()
    if _HEADING.match(text, at) and (at == 0 or text[at - 1] in "\n*"):
        return None  # the common case, told without parsing
    refs, end = clauses(text, at)
    if not refs:
        made = numbers.order(text, at, scan.end) if numbers.ORDER_BACKWARD.match(text, at) else None
        return numbered(scan, made)
    if _LINE_START.search(text[max(0, at - 8) : at]) or (at < 8 and not text[:at].strip()):
        if not _refers_at_line_start(text, refs, end):
            return None  # 第三条　申请人…: the number of the line itself
    elif at:
        if read := unmarked_before(text, at, scan.end, scan.is_title):
            return titled(scan, read)
        if text[at - 1] in "法例典章" and not _REFERS.search(text[max(0, at - 4) : at]):
            return None  # “最严”管理法第一条: the article of a law that is not known, not of this text
    if not _is_reference(text, at, refs, end):
        return None
    warned = (Warn.ARABIC,) if arabic(text, refs) else ()
    return Citation(at, end, text[at:end], Kind.INTERNAL, Role.MENTION, clauses=tuple(refs), warnings=warned)


def _refers_at_line_start(text: str, refs: list[ClauseRef], end: int) -> bool:
    first = refs[0]
    if first.article is None:
        return first.item is not None and re.match(r"规定|所|的", text[end : end + 2]) is not None
    nested = first.paragraph is not None or first.item is not None or first.until is not None or len(refs) > 1
    return nested or _AFTER_HEADING.match(text, end) is not None


def _is_reference(text: str, at: int, refs: list[ClauseRef], end: int) -> bool:
    """Whether 第二项, 第三条 cite a unit, rather than count something (第二项工作, 第三条生产线)."""
    first = refs[0]
    if first.heads:
        return _REFERS_TO_CHAPTER.search(text[max(0, at - 3) : at]) is not None
    bracketed = _ITEM.match(text, at) is not None
    if first.article is None and not bracketed:
        return _AFTER_PARAGRAPH.match(text, end) is not None
    if bracketed or first.paragraph or first.item or first.until or len(refs) > 1:
        return True
    return bool(_AFTER_UNIT.match(text, end) or _REFERS.search(text[max(0, at - 4) : at]))


def back(scan: Scan, found: re.Match[str]) -> Citation | None:
    """前款, 前两款, 前三项"""
    text, at = scan.text, found.start()
    if at and text[at - 1] in "之此以目当事日年月天生提空先往从":
        return None
    word = found[0]
    counted = word[1:-1]
    if counted and not _AFTER_COUNTED.match(text, found.end()):
        return None
    return _relative(scan, found, (parse(counted) or 1) if counted else 1)


def this(scan: Scan, found: re.Match[str]) -> Citation | None:
    """本条第二款, 本办法第三条; 本办法自…施行 cites nothing."""
    text, at = scan.text, found.start()
    if found[0][1:] in ("条", "款", "项", "章", "节", "编"):
        return _relative(scan, found)
    if _AFTER_SELF.match(text, found.end()) or _MARKED.search(text[max(0, at - 2) : at]):
        return _relative(scan, found)
    return None


def same(scan: Scan, found: re.Match[str]) -> Citation | None:
    """该法第十条, 同条例第五条: the instrument last named; 该条, 该款 the unit."""
    word, text, at = found[0], scan.text, found.start()
    short = word[1:] in ("条", "款")
    if not _AFTER_SAME.match(text, found.end()):
        return None
    if word[0] == "同" and (short or (at and text[at - 1] in "不相共合陪会如")):
        return None
    made = _relative(scan, found)
    if short or scan.antecedent is None:
        return made
    return replace(made, title=scan.antecedent.title, key=scan.antecedent.key)


def attachment(scan: Scan, found: re.Match[str]) -> Citation | None:
    """附件2; at the start of a line it is that attachment's own heading."""
    text, at = scan.text, found.start()
    if at == 0 or text[at - 1] == "\n":
        return None
    return Citation(at, found.end(), found[0], Kind.ATTACHMENT, Role.MENTION)


def _relative(scan: Scan, found: re.Match[str], distance: int = 0) -> Citation:
    text, start, end = scan.text, found.start(), found.end()
    link = _LINK.match(text, end)
    refs, stop = clauses(text, link.end() if link else end)
    end = stop if refs else end
    return Citation(
        start,
        end,
        text[start:end],
        Kind.RELATIVE,
        Role.MENTION,
        clauses=tuple(refs),
        relative=found[0],
        distance=distance,
    )
