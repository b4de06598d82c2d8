"""Citations that name an instrument: by title, number, or both, with what follows them."""

from __future__ import annotations

import re

from ..corpora.statutes.keys import title_key
from ..lazy import regex
from . import numbers
from .clauses import arabic, clauses, point
from .model import Citation, ClauseRef, Kind, Number, Role, Warn
from .roles import BOUNDARY, MARKER
from .titles import Title, edition_year, read_title, unmarked_after, unmarked_before
from .tokens import TOKEN, Scan

_PAREN = regex(r"[ \t\u3000]*[（(]")
_ALIAS = regex(
    r"(?:以下|下文|下|本文)?(?:统一)?(?:均)?(?:简称|合称|统称|下称)(?:为|：|:)?"
    r"[《“\"『「〈]?([\u4e00-\u9fffA-Za-z0-9（）()]{1,30}?)[》”\"』」〉]?$"
)
_NUMBERISH = regex(r"令|号|(?:19|20)\d\d|简称|下称|合称|统称")
_TRIAL = ("试行", "暂行")
_OPEN_LIST = regex(r"[ ]?等")
_LINK = regex(r"[ \t\u3000]*(?:的|中的?|之|规定的)?[ \t\u3000]*(?=第|附件)")
_DOCUMENT_LINK = regex(r"(?:号)?文件?(?=第)")
_NUMBER_BEHIND = regex(r"[ ]?[\u4e00-\u9fffA-Z]{1,14}[〔\[【﹝［][0-9]{2,4}")
_ISSUER = regex(r"[\u4e00-\u9fff、和]{2,36}$")
_ISSUER_END = (
    *("办公厅", "办公室", "委员会", "委办", "府办", "党委", "市委", "县委", "省委", "中央", "国务院", "政府"),
    *("部", "委", "局", "厅", "办", "会"),
)
_ISSUES = regex(r"(?:联合)?(?:关于|印发|下发|出台|制定的|发布的|的)$")


def title(scan: Scan, found: re.Match[str]) -> Citation | None:
    """《行政处罚法》第九条"""
    read = read_title(scan.text, found.start())
    return titled(scan, read) if read else None


def odd(scan: Scan, found: re.Match[str]) -> Citation | None:
    """<<行政处罚法>>第九条, 〈行政处罚法〉: marks that stand for 《》."""
    read = read_title(scan.text, found.start())
    if read is None or not (title_key(read.text) in scan.known or read.text.endswith(("法", "条例"))):
        return None
    return titled(scan, read)


def marker(scan: Scan, found: re.Match[str]) -> Citation | None:
    """依照行政处罚法的规定: a statute without marks after a marker, or after another one in a list."""
    last = scan.out[-1] if scan.out else None
    listed = last is not None and last.end == found.start() and last.kind is Kind.TITLED
    if found[0] in ("和", "、") and not listed:
        return None
    read = unmarked_after(scan.text, found.end(), scan.known)
    return titled(scan, read) if read else None


def ruled(scan: Scan, found: re.Match[str]) -> Citation | None:
    """属于物权法规定的情形: a statute without marks before 规定."""
    read = unmarked_before(scan.text, found.end(), scan.end, scan.is_title)
    return titled(scan, read) if read and read.end - read.start >= 3 else None


def bracket(scan: Scan, found: re.Match[str]) -> Citation | None:
    """国办发〔2018〕37号"""
    return numbered(scan, numbers.document_number(scan.text, found.start(), scan.end))


def order(scan: Scan, found: re.Match[str]) -> Citation | None:
    """国务院令第722号, 国务院722号令"""
    return numbered(scan, numbers.order(scan.text, found.start(), scan.end))


def year(scan: Scan, found: re.Match[str]) -> Citation | None:
    """国发2015年27号"""
    return numbered(scan, numbers.year_form(scan.text, found.start(), scan.end))


def standard(scan: Scan, found: re.Match[str]) -> Citation | None:
    """GB/T 9704—2012"""
    at = found.start()
    if at and scan.text[at - 1].isascii() and scan.text[at - 1].isalnum():
        return None
    made = numbers.standard(scan.text, at)
    return numbered(scan, (made, [])) if made else None


def titled(scan: Scan, read: Title, lead: Number | None = None, warned: tuple[Warn, ...] = ()) -> Citation:
    """The citation of a title with its numbers, edition, declared abbreviation and clauses; `lead` stands before it."""
    text, end = scan.text, read.end
    warnings: list[Warn] = [*warned, *read.warnings]
    found: list[Number] = [lead] if lead else []
    edition, alias = edition_year(read.text), ""
    while paren := _PAREN.match(text, end):
        close = _closing(text, paren.end() - 1)
        inner = text[paren.end() : close] if close >= 0 else ""
        if not (_NUMBERISH.search(inner) or inner in _TRIAL):
            break
        got = _inside(text, paren.end(), close, warnings)
        declared = _declared(inner)
        inner_edition = edition_year(f"（{inner}）")
        if not (got or declared or inner_edition or inner in _TRIAL):
            break
        found.extend(got)
        alias, edition = alias or declared, edition or inner_edition
        end = close + 1
    if not found and (behind := _number_behind(text, end, warnings)):
        found.append(behind)
        end = behind.end
    open_list = _OPEN_LIST.match(text, end) is not None
    refs: list[ClauseRef] = []
    if lead and _is_standard(lead):
        refs, end = point(text, end)
    if not refs:
        refs, end = _clauses(text, end, _LINK.match(text, end))
    if refs and arabic(text, refs):
        warnings.append(Warn.ARABIC)
    start = lead.start if lead else read.start
    return Citation(
        start,
        end,
        text[start:end],
        Kind.TITLED,
        Role.MENTION,
        read.text,
        title_key(read.text),
        read.text_start,
        read.text_end,
        tuple(found),
        tuple(refs),
        edition,
        "" if lead else _issuer_before(text, read.start, scan.end),
        read.nested,
        open_list,
        alias,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def numbered(scan: Scan, made: tuple[Number, list[Warn]] | None) -> Citation | None:
    """The citation of a number: its title, if one follows, and its clauses."""
    if made is None:
        return None
    number, warnings = made
    text, at = scan.text, number.end
    while at < len(text) and text[at] in " \t\u3000\u00a0":
        at += 1
    if text.startswith("《", at) and (read := read_title(text, at)):
        return titled(scan, read, number, tuple(warnings))
    if _is_standard(number):
        refs, end = point(text, number.end)
    else:
        link = _LINK.match(text, number.end) or _DOCUMENT_LINK.match(text, number.end)
        refs, end = _clauses(text, number.end, link)
    return Citation(
        number.start,
        end,
        text[number.start : end],
        Kind.STANDARD if _is_standard(number) else Kind.NUMBERED,
        Role.MENTION,
        numbers=(number,),
        clauses=tuple(refs),
        open=_OPEN_LIST.match(text, end) is not None,
        warnings=tuple(warnings),
    )


def _is_standard(number: Number) -> bool:
    return number.n == 0


def _clauses(text: str, end: int, link: re.Match[str] | None) -> tuple[list[ClauseRef], int]:
    if link is None:
        return [], end
    refs, stop = clauses(text, link.end())
    return refs, stop if refs else end


def _inside(text: str, start: int, end: int, warnings: list[Warn]) -> list[Number]:
    """The numbers within a parenthesis after a title."""
    got: list[Number] = []
    at = start
    while (token := TOKEN.search(text, at, end)) and len(got) < 6:
        made = None
        if token.lastgroup == "open":
            made = numbers.document_number(text, token.start(), at)
        elif token.lastgroup in ("order", "backward", "unit"):
            made = numbers.order(text, token.start(), at)
        elif token.lastgroup == "year":
            made = numbers.year_form(text, token.start(), at)
        elif token.lastgroup == "standard" and (one := numbers.standard(text, token.start())):
            made = (one, [])
        if made and made[0].end <= end:
            got.append(made[0])
            warnings.extend(made[1])
            at = made[0].end
        else:
            at = token.start() + 1
    return got


def _number_behind(text: str, at: int, warnings: list[Warn]) -> Number | None:
    """A number written straight after the title, without parentheses."""
    found = _NUMBER_BEHIND.match(text, at)
    if found is None or text[at] in "第和及与、":
        return None
    made = numbers.document_number(text, max(found[0].rfind(mark) for mark in "〔[【﹝［") + at, at)
    if made is None or made[0].start > at + 1:
        return None
    warnings.extend(made[1])
    return made[0]


def _declared(inner: str) -> str:
    found = _ALIAS.search(inner)
    return found[1] if found else ""


def _closing(text: str, open_at: int) -> int:
    """The index of the parenthesis that closes the one at `open_at`, at most 160 characters on; -1 if there is none."""
    depth = 0
    for i in range(open_at, min(len(text), open_at + 160)):
        char = text[i]
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth -= 1
            if depth == 0:
                return i
        elif char == "\n":
            return -1
    return -1


def _issuer_before(text: str, at: int, floor: int) -> str:
    """县委办、县政府办 of 按照县委办、县政府办《…》."""
    window = text[max(floor, at - 40) : at]
    if not _ISSUES.sub("", window).endswith(_ISSUER_END):
        return ""
    cut = max((one.end() for one in BOUNDARY.finditer(window)), default=0)
    cut = max((one.end() for one in MARKER.finditer(window, cut)), default=cut)
    issuer = _ISSUES.sub("", window[cut:])
    return issuer if _ISSUER.fullmatch(issuer) and issuer.endswith(_ISSUER_END) else ""
