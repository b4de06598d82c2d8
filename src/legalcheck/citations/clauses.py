"""第八条第一款第（二）项第3目、第十条至第十二条: one cited unit after another."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ..lazy import regex
from ..numerals import parse
from .model import ClauseRef

WS = r"[ \t\u00a0\u3000]*"
_FIGURE = "[〇○零一二两三四五六七八九十百千廿卅0-9０-９]"
NUM = rf"{_FIGURE}(?:[ \u3000]?{_FIGURE}){{0,11}}"
_NUMBER = rf"(?:[（(]{WS}{NUM}{WS}[)）]|{NUM})"
_JOIN = rf"{WS}(?:、|至|到|—{{1,2}}|－|-|–|~|～|―|以及|及|和|或者|或|与){WS}"
# Not units: 条例, 条件, 款项, 项目, 目录, 章程, 节约 …
_NAME = (
    "条(?!例|件|幅|形)|款(?!项|式|额)|项(?!目|下)|目(?!录|标|的|前)"
    "|分编|章(?!程)|节(?!约|能|日|点|假|省)|编(?!制|号|码|办|委|写)"
)
UNIT = regex(
    rf"(第?){WS}({_NUMBER}(?:{_JOIN}第?{WS}{_NUMBER}){{0,40}}){WS}({_NAME})"
    rf"(?:(?<=条){WS}之([一二三四五六七八九十]{{1,3}})(?![种个项条款类]))?"
)
_SEPARATOR = regex(_JOIN)
_SUB = regex(r"之([一二三四五六七八九十]{1,3})(?![种个项条款类])")
_REST = regex(r"前段|后段|中段|前半段|后半段|但书|除外条款")
_RANGE = regex(r"至|到|—|－|-|–|~|～|―")
_PART = regex(rf"({_NUMBER})|({_JOIN})")
_ARABIC = regex(rf"第{WS}[0-9０-９]+{WS}[条款]|[（(]{WS}[0-9０-９]+{WS}[)）]{WS}项")
_POINT = regex(r"(\d{1,3}(?:\.\d{1,3}){1,4})(?![\d.])")
_LISTED = regex(rf"所列(?:的|举的)?(?=第{WS}[（(])")  # 第九条所列第（一）项: an item of that article
_BLANK = regex(r"[（()）\s]")
_RANK = {"编": 0, "分编": 1, "章": 2, "节": 3, "条": 4, "款": 5, "项": 6, "目": 7}
_MOST = 200


def clauses(text: str, at: int, inherited: ClauseRef | None = None) -> tuple[list[ClauseRef], int]:
    """The clause references from `at` on, and where they end (`at` itself if there are none).

    A unit that follows another at once refines it (第八条第一款); one that follows 、和至 begins anew and inherits
    what stands above it (第三条第一款、第二款). `inherited` is what a first bare 款 or 项 belongs to.
    """
    refs: list[ClauseRef] = []
    above = inherited
    end = at
    position, mode, rank = at, "first", -1
    while len(refs) < _MOST:
        found = UNIT.match(text, position)
        if found and (found[1] or mode == "range") and not (mode == "below" and _RANK[found[3]] <= rank):
            # 第十条、第十一条之一的: one of them, not an inserted article.
            one_of = mode == "list" and found[4] == "一" and text.startswith("的", found.end())
            new = _expand(found, above, one_of)
            if not new:
                break
            if mode == "below" and refs[-1].until:
                refs[-1] = replace(refs[-1], until=new[0], end=new[0].end)
            elif mode == "below":
                refs[-1] = replace(new[0], start=refs[-1].start)
            elif mode == "range":
                refs[-1] = replace(refs[-1], until=replace(new[0], until=None), end=new[0].end)
            if mode in ("below", "range"):
                new = new[1:]
            refs.extend(new)
            end, rank = found.end() - (2 if one_of else 0), _RANK[found[3]]
            if rest := _REST.match(text, end):
                end = rest.end()
                refs[-1] = replace(refs[-1], rest=rest[0], end=end)
            above = refs[-1].until or refs[-1]
            listed = _LISTED.match(text, end) if above.article else None
            position, mode = listed.end() if listed else _skip(text, end), "below"
        elif mode != "below":
            break
        else:
            separator = _SEPARATOR.match(text, end)
            if separator is None:
                break
            sub = _SUB.match(text, separator.end()) if above and above.article and rank == 4 else None
            if sub and above and above.article and (number := parse(sub[1])):  # 第一百二十条之一、之二
                above = ClauseRef(separator.end(), sub.end(), (above.article[0], number))
                refs.append(above)
                end = sub.end()
            else:
                position, mode = separator.end(), "range" if _RANGE.search(separator[0]) else "list"
    return refs, end


def point(text: str, at: int) -> tuple[list[ClauseRef], int]:
    """The clause number of a standard (7.3.3) at `at`."""
    if found := _POINT.match(text, _skip(text, at)):
        return [ClauseRef(found.start(), found.end(), rest=found[1])], found.end()
    return [], at


def arabic(text: str, refs: list[ClauseRef]) -> bool:
    """Whether an article, 款 or 项 is written in Arabic digits (第3条); 目 is counted in them rightly."""
    return _ARABIC.search(text, refs[0].start, refs[-1].end) is not None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u00a0\u3000":
        at += 1
    return at


def _expand(found: re.Match[str], above: ClauseRef | None, one_of: bool = False) -> list[ClauseRef]:
    """第三、四条 → two units; 第八至十一条 → one range; [] where a numeral cannot be read."""
    unit = found[3]
    numbers: list[tuple[int, int, int]] = []
    ranges: list[bool] = []
    for part in _PART.finditer(found[2]):
        if part[2]:
            ranges.append(_RANGE.search(part[2]) is not None)
            continue
        number = parse(_BLANK.sub("", part[1]))
        if number is None:
            return []
        offset = found.start(2)
        numbers.append((number, offset + part.start(), offset + part.end()))
    sub = (parse(found[4]) or 0) if found[4] and not one_of else 0
    stop = found.end() - (2 if one_of else 0)
    refs: list[ClauseRef] = []
    for i, (number, start, end) in enumerate(numbers):
        first, last = i == 0, i == len(numbers) - 1
        ref = _unit(unit, number, sub if last else 0, above, found.start() if first else start, stop if last else end)
        if i and ranges[i - 1]:
            refs[-1] = replace(refs[-1], until=ref, end=ref.end)
        else:
            refs.append(ref)
    return refs


def _unit(unit: str, n: int, sub: int, above: ClauseRef | None, start: int, end: int) -> ClauseRef:
    rank = _RANK[unit]
    if rank < 4:
        outer = tuple(head for head in above.heads if _RANK[head[0]] < rank) if above else ()
        return ClauseRef(start, end, heads=(*outer, (unit, n)))
    article = above.article if above else None
    if rank == 4:
        return ClauseRef(start, end, (n, sub))
    paragraph = above.paragraph if above else None
    if rank == 5:
        return ClauseRef(start, end, article, n)
    if rank == 6:
        return ClauseRef(start, end, article, paragraph, n)
    return ClauseRef(start, end, article, paragraph, above.item if above else None, n)
