"""What the words around a match make of it: the context guards G1 to G12 of prohibited-content.md as one mechanism.

A guard is a set of operators, each a word with a scope (``corpora/lexicon/guards.yaml``); it holds for a match when one
of the matched words lies in the scope of an operator that is not itself part of the match. A rule names the guards that
silence it; those of `DEFAULT` silence every rule unless the rule says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from ..corpora.lexicon import lexicon_file
from ..lazy import compiled, regex
from .clauses import Clause
from .fold import offsets

Span = tuple[int, int]

DEFAULT = ("protective", "negated", "encouraged", "reported", "quoted")

_SEGMENT = regex("[，：。；！？]")
# a new predicate ends the reach of a negation that stands before the comma
_PREDICATE = regex(
    "应当|应该|(?<!不)应(?!急|用|对)|必须|须|可以|可凭|可持|予以|给予|一律|方可|由|并|同时|改为|改由|则|凡|经|凭|按|后|需|均|处|其中|违者|违反|违规者|否则|一经|逾期|拒不|发现"
)
# what follows is threatened, not called off: 否则不再组织
_SANCTION = regex("否则|不然|违者|违反|逾期|拒不|拒绝")
_COORDINATE = regex("或|以及|和|及|也不|包括|如|等")
_PREPOSITION = regex("(?:任意|擅自|随意|违法|违规|变相)?(?:以|向|对|在|因|通过|利用|借|将|把|要求|限定|再)")
_TITLE = regex("《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_SPEECH = regex("“[^“”]*”|「[^「」]*」")
# 依照《…法》第…条, 符合《…办法》规定, 《…条例》规定的: the clause applies a rule that stands elsewhere (guard G2).
# What a township or an industrial park issues itself is no such rule.
_ARTICLE = r"第[〇一二三四五六七八九十百零\d]+条"
_LEGAL = "法|条例|规定|办法|细则|决定|法典|规则"
# what follows the bare name of a statute: 依照防洪法组织, 按照条例处罚
_THEN = (
    "[，。；、]|的?规定|执行|处理|组织|办理|责令"
    "|作出|实施|追究|查处|给予|予以|申请|决定|制作|公开|公布|处罚|征收|取缔|缴纳|登记|按日"
)
_LOCAL = "(?![^》和]{2,8}(?:镇|街道|社区|园区|开发区)(?!规划|建设|居民|职工|供水|排水|燃气|土地))"
_NAMED = rf"《{_LOCAL}[^》]*(?:%s)(?:（[^）]*）)?》"
_STATUTE_BASIS = regex(
    "(?:依照|依据|根据|按照|按|符合|适用|执行|依|遵照|参照)[^，。；《]{0,12}"
    + _NAMED % f"{_LEGAL}|通则|规程|解释|目录|清单|标准"
    + f"|{_NAMED % _LEGAL}(?:（[^）]*）)?(?:{_ARTICLE}[^，。；]{{0,20}})?"
    + f"(?:的?(?:有关|相关)?(?:规定|要求)|中|{_ARTICLE})"
    # named without its marks: 依照税收征管法, 价格法规定的
    + rf"|(?:依照|依据|根据|按照|按|照|依)[一-龥]{{2,14}}(?<![办本方做作])法(?={_THEN})"
    + rf"|(?:依照|依据|根据|按照)[一-龥]{{0,14}}(?<!本)条例(?={_THEN})"
    + r"|[一-龥]{2,10}(?<![办本方做作])法规定的"
    + f"|(?:(?<![办本])法|(?<!本)条例|法典){_ARTICLE}"
)
_MAY_CITE = regex("[《法]|条例")


class Operator(Struct, frozen=True):
    """A guard word in a clause: its own span and the span it governs, both in `Clause.text`, half-open."""

    guard: str
    start: int
    end: int
    scope: Span
    binding: bool  # whether it holds for a match that it is part of, too


class _Words(Struct, frozen=True):
    forward: re.Pattern[str] | None
    backward: re.Pattern[str] | None
    clause: re.Pattern[str] | None
    never: re.Pattern[str] | None
    binding: bool  # whether it holds for a match that the operator is part of, too


def _pattern(words: Sequence[str] | None) -> re.Pattern[str] | None:
    return regex("|".join(words)) if words else None


@cache
def _words(guard: str) -> _Words:
    entry = lexicon_file("guards")[guard]
    forward, backward, clause, never = (_pattern(entry.get(key)) for key in ("forward", "backward", "clause", "never"))
    return _Words(forward, backward, clause, never, binding=bool(entry.get("binding")))


# whose duty it is, is asked where the duty is laid down, if the match says so: 商户占道的,网格员应当劝导
_MODAL = regex("(?:均|都|也|还)?(?:应当|应该|必须|务必|应|须|需|要)(?:先|当|及时)?")
_DEALT_WITH = frozenset("由经报向到对与被")


@cache
def _actors() -> re.Pattern[str]:
    kinds = lexicon_file("actors")
    return compiled("|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items()))


def _segment_end(text: str, at: int) -> int:
    hit = _SEGMENT.search(text, at)
    return hit.start() if hit else len(text)


def _segment_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，：。；！？") + 1


def _forward_scope(clause: Clause, end: int) -> Span:
    text = clause.text
    stop = _segment_end(text, end)
    carries = bool(_PREPOSITION.match(text, end)) or stop == end
    while stop < len(text) and text[stop] in "，：":
        lead_in = text[stop] == "："
        if lead_in and stop < clause.own:
            return end, len(text)
        after = _segment_end(text, stop + 1)
        following = text[stop + 1 : after]
        if not lead_in and (_PREDICATE.search(following) or not (carries or _COORDINATE.match(following))):
            break
        stop = after
    return end, stop


def _backward_scope(clause: Clause, start: int, end: int) -> Span | None:
    text = clause.text
    if _segment_end(text, end) - end > 3:
        return None
    begin = _segment_start(text, start)
    if _SANCTION.match(text, begin):
        return None
    while start - begin <= 4 and begin > 0 and text[begin - 1] == "，":
        begin = _segment_start(text, begin - 1)
    return begin, start


@lru_cache(maxsize=4096)
def _operators(clause: Clause, guard: str) -> tuple[Operator, ...]:
    words, text = _words(guard), clause.text
    barred: list[Span] | None = None
    found = []

    def add(hit: re.Match[str], scope: Span | None, *, binding: bool = words.binding) -> None:
        nonlocal barred
        if barred is None:
            barred = [hit.span() for hit in words.never.finditer(text)] if words.never else []
        start, end = hit.span()
        if scope and not any(start < b and a < end for a, b in barred):
            found.append(Operator(guard, start, end, scope, binding))

    if words.forward:
        for hit in words.forward.finditer(text):
            add(hit, _forward_scope(clause, hit.end()))
    if words.backward:
        for hit in words.backward.finditer(text):
            add(hit, _backward_scope(clause, *hit.span()))
    if words.clause:
        for hit in words.clause.finditer(text):
            add(hit, (0, len(text)), binding=True)
    return tuple(found)


def _operates(guard: str) -> Callable[[Clause, Sequence[Span]], bool]:
    def holds(clause: Clause, spans: Sequence[Span]) -> bool:
        for operator in _operators(clause, guard):
            low, high = operator.scope
            if operator.binding:  # the operator may stand inside the matched words: 一律不得向群众索要
                low = min(low, operator.start)
                if any(a < high and low < b for a, b in spans):
                    return True
                continue
            if any(operator.start < a < operator.end for a, _ in spans) and clause.text[operator.start] in "不没":
                return True  # 不再组织, 没有处罚权: the matched word begins behind the 不 that denies it
            if any(operator.start < b and a < operator.end for a, b in spans):
                continue
            if any(low <= a < high for a, _ in spans):
                return True
        return False

    return holds


def _quoted(clause: Clause, spans: Sequence[Span]) -> bool:
    first, last = spans[0][0], spans[-1][1]
    if any(a < first and last < b for a, b in (hit.span() for hit in _TITLE.finditer(clause.text))):
        return True
    if "“" not in clause.raw and "「" not in clause.raw:
        return False
    back = offsets(clause.raw)
    low, high = back[first], back[last - 1] + 1
    return any(hit.start() < low and high <= hit.end() for hit in _SPEECH.finditer(clause.raw))


def _organ(clause: Clause, spans: Sequence[Span]) -> bool:
    bound = next((start for start, end in spans if _MODAL.fullmatch(clause.text, start, end)), spans[0][0])
    return actor(clause, bound) == "organ"


def _basis(clause: Clause, spans: Sequence[Span]) -> bool:
    return any(_MAY_CITE.search(text) and _STATUTE_BASIS.search(text) for text in (clause.text, clause.neighbours))


def actor(clause: Clause, before: int) -> str:
    """Whose duty the words at `before` are: "organ", "citizen" or "" (guard G3).

    The first actor of the nearest stretch, going backwards from `before`, that names one. An organ that an earlier
    stretch only deals with (由镇人民政府批准, 向村委会申报) bears no duty of the stretches after it.
    """
    text = clause.text
    end = before
    while end > 0:
        start = _segment_start(text, end)
        for hit in _actors().finditer(text, start, end):
            if end == before or text[hit.start() - 1 : hit.start()] not in _DEALT_WITH:
                return hit.lastgroup or ""
        end = start - 1
    return ""


_SPECIAL: dict[str, Callable[[Clause, Sequence[Span]], bool]] = {"quoted": _quoted, "organ": _organ, "basis": _basis}


@cache
def _guard(name: str) -> Callable[[Clause, Sequence[Span]], bool]:
    return _SPECIAL.get(name) or _operates(name)


def names() -> frozenset[str]:
    """The guards that a rule may name."""
    return frozenset(_SPECIAL) | frozenset(lexicon_file("guards"))


def holding(clause: Clause, spans: Sequence[Span], guards: Iterable[str]) -> str | None:
    """The first of `guards` that holds for a match of these spans in `clause`, or None."""
    for name in guards:
        if _guard(name)(clause, spans):
            return name
    return None
