"""What a citation is cited for, from the words before and after it (citation-grammar.md section 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lazy import regex
from .model import Role

# The last marker before a citation counts, unless a boundary stands between.
BOUNDARY = regex(r"[，。；：！？\n,;]")
MARKER = regex(
    r"(?P<basis>根据|依据|基于|遵照)"
    r"|(?P<apply>依照)"
    r"|(?P<breach>违反|不符合|违背|触犯|抵触|相冲突|不一致)"
    r"|(?P<analogy>参照|比照|参考)"
    r"|(?P<follow>按照|遵循|遵守|符合|执行|(?<![一二三四五])按(?!期|时|月|年|日|规)|依(?=《|民法|行政|刑法))"
    r"|(?P<policy>贯彻|落实)"
    r"|(?P<scope>不?适用)"
    r"|(?P<repeal>废止|停止执行|停止施行|宣布失效|取代|代替|撤销)"
    r"|(?P<definition>所称|是指)"
    r"|(?P<mention>修改|修订|修正|制定|公布|发布|印发|关于|起草|转发|学习|宣传|原(?=《|$))"
)
_ROLES = {
    "basis": Role.BASIS,
    "apply": Role.BASIS_APPLY,
    "breach": Role.BREACH,
    "analogy": Role.ANALOGY,
    "follow": Role.FOLLOW,
    "policy": Role.POLICY,
    "scope": Role.SCOPE,
    "repeal": Role.REPEAL,
    "definition": Role.DEFINITION,
    "mention": Role.MENTION,
}
_AFTER_REPEAL = regex(
    r"[^。；\n，,]{0,60}?(?:废止|失效|停止执行|停止施行|停止实施|不再执行|不再适用|终止执行)"
    r"|[^。；\n]{0,40}[，,](?:同时|一并|均|即行|予以|自行){1,2}(?:废止|失效|停止执行)"
)
_NO_REPEAL = regex(
    r"[^。；\n，,]{0,60}?(?:规定的?|要求|程序|条件|情形|内容)[^。；\n，,]{0,20}(?:废止|失效)|[^。；\n，,]{0,30}未(?:被)?(?:废止|失效)"
)
_AFTER_HISTORY = regex(
    r"(?:[^。；，\n《》]{0,8})(?:施行|实施|颁布|出台|生效|公布|发布|修订|修改|废止|失效)(?:之|以)?前"
    r"|[^。；，\n《》]{0,12}第[一二三四五六七八九十]次(?:修正|修订)|(?:修正|修订|修改)?(?:的)?决定[^。；，\n]{0,6}(?:修正|修订)"
    r"|(?:[^。；，\n《》]{0,6})(?:中|里)的“"
    r"|[^。；，\n《》]{0,4}(?:修改为|改为|修改如下|作如下修改)"
)
_AFTER_POLICY = regex(r"(?:文件)?(?:等文件)?(?:的)?精神|(?:文件)?(?:的)?(?:部署|工作要求)")
_AFTER_FOLLOW = regex(
    r"(?:等)?(?:有关|相关)?(?:法律|法规|规章|、|和|行政法规|国家)*(?:所|中|的)?(?:明确)?(?:规定|要求|确定|授权|明确|执行|办理|(?:列明|列举|载明)的)|(?:等)?所列|(?:等)?(?:为准|为依据|赋予)"
)
_AFTER_BREACH = regex(r"[^，。；\n]{0,6}(?:相抵触|不一致|相违背)")
_AFTER_SCOPE = regex(r"(?:的?规定)?(?:不?适用)")
_AFTER_ANNULLED = regex(
    r"[（(][^）)]{0,6}(?:已|现已)?(?:废止|失效)[^）)]{0,12}[)）]|(?:现)?(?:已|已经|被)(?:废止|失效)"
)
_HISTORY_BEFORE = regex(
    r"(?:施行|实施|生效|公布|颁布|修订|修改|废止|失效)(?:之|以)?前[^，。；]{0,10}$|(?:此前|原来|过去|当时|曾)[^，。；]{0,4}$"
)
# 法律依据：《A》；《B》 : a label, and what separates the entries of a list.
_LABEL = regex(r"(?:依据|根据)(?:[（(][^）)]{0,10}[)）])?[：:]$")
_LIST = regex(r"[；;、\s\d.．）)（(]*")
_ENACTS = regex(r"制定|公布|发布|起草")


def before(gap: str, role: Role | None) -> Role | None:
    """The role that the words `gap` between the last citation (whose role was `role`) and this one give it."""
    if role and _LIST.fullmatch(gap):
        return role
    boundary = _last(BOUNDARY.finditer(gap))
    cut = boundary.end() if boundary else 0
    if boundary:
        role = Role.BASIS if _LABEL.search(gap, 0, cut) else None
    found = _last(MARKER.finditer(gap, cut))
    if found is None:
        # 依照《A》执行的，… : a verb that closes the last citation ends its role as well, a list does not.
        return role
    new = _ROLES[str(found.lastgroup)]
    if _HISTORY_BEFORE.search(gap[max(0, found.start() - 14) : found.start()]):
        return Role.MENTION  # 本法施行前依照《A》设立的企业
    # 根据《A》修改的《B》 is a mention, 根据国务院关于印发《A》 rests on A all the same; 按照关于…的《A》 likewise.
    if new is Role.MENTION and not _ENACTS.fullmatch(found[0]):
        earlier = _last(MARKER.finditer(gap, cut, found.start()))
        if earlier is not None and found[0] in ("关于", "印发", "转发"):
            return _ROLES[str(earlier.lastgroup)]
    return new


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    last = None
    for one in found:
        last = one
    return last


def after(tail: str, role: Role | None) -> Role:
    """The role in the light of `tail`, the words after the citation with the citations among them left out."""
    if _AFTER_HISTORY.match(tail):
        return Role.MENTION
    if _AFTER_ANNULLED.match(tail):
        return Role.MENTION if role in (None, Role.MENTION) else role
    if role in (None, Role.MENTION, Role.REPEAL) and _AFTER_REPEAL.match(tail) and not _NO_REPEAL.match(tail):
        return Role.REPEAL
    if role is None or role is Role.MENTION:
        if _AFTER_POLICY.match(tail):
            return Role.POLICY
        if _AFTER_BREACH.match(tail):
            return Role.BREACH
        if _AFTER_SCOPE.match(tail):
            return Role.SCOPE
        if _AFTER_FOLLOW.match(tail):
            return Role.FOLLOW
        return Role.MENTION
    return role
