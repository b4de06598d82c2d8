"""Document numbers and orders: 国办发〔2018〕37号, 国务院令第722号, in every form that drafts write them."""

from __future__ import annotations

import re

from ..corpora.statutes.keys import number_key, standard_key
from ..lazy import regex
from ..numerals import parse
from .clauses import WS
from .model import Number, Warn

_DIGITS = r"[0-9０-９]"
# From an opening bracket on: 〔2018〕37号 with any bracket, 第 and spaces; the closing bracket may be lost.
AFTER_OPEN = regex(
    rf"([〔\[(（【﹝［〖]){WS}({_DIGITS}{{4}}|{_DIGITS}{{2}}){WS}([〕\])）】﹞］〗]?){WS}(第?){WS}({_DIGITS}{{1,5}}){WS}号"
)
# 国发2015年27号; 2018年国办发115号
YEAR_FORM = regex(rf"({_DIGITS}{{4}})年(?:([\u4e00-\u9fff]{{1,8}}[发字函规办通]))?(第?){WS}({_DIGITS}{{1,5}})号")
ORDER = regex(
    rf"令{WS}(?:([〔\[(（【﹝［])({_DIGITS}{{4}})[〕\])）】﹞］])?{WS}(第?){WS}({_DIGITS}{{1,5}}|[零〇一二三四五六七八九十百千]{{1,7}}){WS}号"
)
ORDER_BACKWARD = regex(rf"(第?){WS}({_DIGITS}{{1,5}}|[零〇一二三四五六七八九十百千]{{1,7}}){WS}号令")
_ISSUER = regex(r"[\u4e00-\u9fffA-Za-z×ＸXｘ]{1,16}\Z")
_ISSUER_BEHIND = regex(r"[\u4e00-\u9fff]{1,6}[发字](?![\u4e00-\u9fff])")
_SPACE = " \t\u00a0\u3000"
# Words that stand before an issuer's code without being part of it.
_LEAD = regex(
    r".*(?:根据|依据|依照|按照|参照|违反|遵照|落实|贯彻|执行|印发|转发|适用|以及|或者|关于|通过|见|及|(?<!共)和(?!社会保障|城乡|信息化|计划生育|改革|旅游)|与|或|按|以|由|即|的|以下简称)"
)
_ORG = regex(r"(?:[\u4e00-\u9fff]{0,20})(?:国务院|部|委员会|委|局|署|院|行|会|厅|政府|府|办|军|人大常委会|主席|总理)$")
STANDARD_CODES = "GB|DB|HJ|JGJ|CJJ|GA|JT|TB|NY|LY|SL|YY|WS|HG|QC|SB|CJ|JG|MZ|RB|SN|DA|LD|SJ|YD|GY|AQ|XF|TSG|JJF|JJG|T"
STANDARD = regex(
    rf"(?:{STANDARD_CODES})(?:\d{{2,6}})?(?:[/／][TZ]|/[A-Z]{{2,8}})?[ \u3000\u00a0]?\d{{1,6}}(?:\.\d{{1,3}})?"
    r"[ ]?[—–\-－―]{1,2}[ ]?(?:19|20)\d{2}(?!\d)"
)


def document_number(text: str, open_at: int, floor: int) -> tuple[Number, list[Warn]] | None:
    """The document number whose opening bracket stands at `open_at`; its issuer is looked for back to `floor`."""
    found = AFTER_OPEN.match(text, open_at)
    if found is None:
        return None
    opening, year_text, closing, extra, digits = found.groups()
    if not closing and (len(year_text) != 4 or opening in "(（"):
        return None
    end = found.end()
    start, issuer = _issuer(text, open_at, floor)
    warnings: list[Warn] = []
    if not issuer:
        # （2018）115号 alone is most often a list number; 〔2015〕27号国发 has its issuer behind.
        after = _ISSUER_BEHIND.match(text, end)
        if after is None or opening in "(（":
            return None
        issuer, end = after[0], after.end()
        warnings.append(Warn.MISPLACED)
    if opening + closing != "〔〕":
        warnings.append(Warn.BRACKETS if closing else Warn.MISSING_BRACKET)
    year = parse(year_text) or 0
    if len(year_text) == 2:
        warnings.append(Warn.SHORT_YEAR)
        year += 2000 if year < 70 else 1900
    if not 1949 <= year <= 2099:
        return None
    if extra and not issuer.endswith(
        ("公告", "通告", "令", "公报")
    ):  # 中国人民银行公告〔2013〕第9号 is how those are numbered
        warnings.append(Warn.EXTRA_DI)
    n = parse(digits) or 0
    if len(digits) > 1 and digits[0] in "0０":
        warnings.append(Warn.LEADING_ZERO)
    if re.search(r"[ \t\u00a0\u3000]", text[start:end]):
        warnings.append(Warn.SPACES)
    canonical = f"{issuer}〔{year}〕{n}号"
    return Number(start, end, issuer, year, n, canonical, number_key(issuer, year, n)), warnings


def year_form(text: str, at: int, floor: int) -> tuple[Number, list[Warn]] | None:
    """国发2015年27号 or 2018年国办发115号, whose year stands at `at`."""
    found = YEAR_FORM.match(text, at)
    if found is None:
        return None
    year, n = parse(found[1]) or 0, parse(found[4]) or 0
    start, issuer = (at, _strip(found[2])) if found[2] else _issuer(text, at, floor)
    if not issuer or not 1949 <= year <= 2099 or not re.search(r"[发字函规办通]$", issuer):
        return None
    canonical = f"{issuer}〔{year}〕{n}号"
    return Number(start, found.end(), issuer, year, n, canonical, number_key(issuer, year, n)), [Warn.YEAR_FORM]


def order(text: str, at: int, floor: int) -> tuple[Number, list[Warn]] | None:
    """国务院令第722号 whose 令 stands at `at`, or 国务院第722号令 whose 第 or digits stand there."""
    if text[at] == "令":
        found = ORDER.match(text, at)
        if found is None:
            return None
        start, issuer = _issuer(text, at, floor)
        if not _ORG.search(issuer):
            return None
        year = parse(found[2]) if found[2] else None
        n = parse(found[4])
        if n is None:
            return None
        warnings = [] if found[3] or year else [Warn.ORDER_FORM]
        if found[1] and found[1] != "〔":
            warnings.append(Warn.BRACKETS)
        canonical = f"{issuer}令〔{year}〕{n}号" if year else f"{issuer}令第{n}号"
        return Number(
            start, found.end(), issuer + "令", year, n, canonical, number_key(issuer + "令", year, n)
        ), warnings
    found = ORDER_BACKWARD.match(text, at)
    if found is None:
        return None
    start, issuer = _issuer(text, at, floor)
    n = parse(found[2])
    if n is None or (issuer and not _ORG.search(issuer)):
        return None
    if not issuer:
        if not found[1]:
            return None
        return Number(at, found.end(), "令", None, n, f"第{n}号令", number_key("令", None, n)), [Warn.ORDER_FORM]
    canonical = f"{issuer}令第{n}号"
    return Number(start, found.end(), issuer + "令", None, n, canonical, number_key(issuer + "令", None, n)), [
        Warn.ORDER_FORM
    ]


def standard(text: str, at: int) -> Number | None:
    """The standard number (GB/T 9704—2012) at `at`."""
    found = STANDARD.match(text, at)
    if found is None:
        return None
    year = int(found[0][-4:])
    body = re.sub(r"[—–\-－―]{1,2}[ ]?\d{4}$", "", found[0]).strip()
    body = re.sub(r"^([A-Z]+\d*(?:/[A-Z]+)?)[ \u3000\u00a0]?", r"\1 ", body.replace("／", "/"))
    canonical = f"{body}—{year}"
    return Number(at, found.end(), body.split(" ")[0], year, 0, canonical, standard_key(canonical))


def _issuer(text: str, at: int, floor: int) -> tuple[int, str]:
    """Where the issuer that ends before `at` starts, and the issuer."""
    stop = at
    while stop > floor and text[stop - 1] in _SPACE:
        stop -= 1
    window = text[max(floor, stop - 16) : stop]
    found = _ISSUER.search(window)
    if found is None:
        return at, ""
    issuer = _strip(found[0])
    if issuer[:1] in ("日", "月", "年") and stop - len(issuer) > floor and text[stop - len(issuer) - 1].isdigit():
        issuer = issuer[1:]  # 2005年8月18日中国人民银行令
    return stop - len(issuer), issuer


def _strip(issuer: str) -> str:
    lead = _LEAD.match(issuer)
    return issuer[lead.end() :] if lead else issuer
