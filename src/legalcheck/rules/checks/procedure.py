"""How a draft came about: the materials that were submitted with it, and whether it is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...document.package import Material, Package, listed
from ...lazy import regex
from ..hit import Hit
from .common import fits
from .params import Params
from .subject import Subject

LEAST_DAYS = 30  # 重大行政决策程序暂行条例第十五条
_RANGE = regex(
    r"(?:(?P<y>20\d\d)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日[^，。；]{0,6}(?:(?:至|到|—|-)|(?P<apart>，))"
    r"(?:(?P<y2>20\d\d)年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日(?(apart)[^，。；]{0,4}(?:下线|截止|结束|止|撤下|关闭))"
)
_CLOSED = regex(
    "公开(?:属性|方式|类别|形式)：(?:不予公开|不公开|依申请公开)|(?:此件|本件|此文|本文)(?:不予公开|不公开|不对外公开|依申请公开)"
)
_SECRET = regex("国家秘密|保密法|保守国家秘密|内部管理")


def unpublished(subject: Subject, params: Params) -> Iterator[Hit]:
    """公开属性：不予公开, in a text whose other words (`about`) set rights and duties of the public."""
    if "公开" not in subject.text or not _CLOSED.search(subject.text):
        return
    about = params.expression("about")
    for clause in subject.clauses:
        closed = _CLOSED.search(clause.text)
        if closed is None or subject.draft.metadata.secrecy:
            continue
        if any(_SECRET.search(other.text) for other in subject.clauses):
            return
        if any(about.search(other.text) for other in subject.clauses if other is not clause) or about.search(
            clause.text[closed.end() :]
        ):
            yield Hit(clause, (closed.span(),))


def short_consultation(subject: Subject, params: Params) -> Iterator[Hit]:
    """A consultation (`about`) from one day to another that is shorter than `LEAST_DAYS`, unless `unless` says why."""
    about, excused = params.expression("about"), params.expression("unless")
    for clause in subject.holding(about):
        span = _RANGE.search(clause.text, clause.own)
        if span is None or excused.search(clause.text):
            continue
        days = _days(span)
        if days is not None and 0 < days < LEAST_DAYS:
            yield Hit(clause, tuple(sorted((about.search(clause.text).span(), span.span()))))


def _days(span: re.Match[str]) -> int | None:
    """How many days a range covers, its first and last included; a year that is not named is that of the other end."""
    year = int(span["y"] or span["y2"] or 2001)  # any year that is no leap year serves
    try:
        first = date(year, int(span["m"]), int(span["d"]))
        last = date(int(span["y2"] or year), int(span["m2"] or span["m"]), int(span["d2"]))
    except ValueError:
        return None
    return (last - first).days + 1


def missing_material(subject: Subject, params: Params) -> Iterator[Hit]:
    """The submitted materials lack `material`, which a draft of this sort (`title`, `about` …) needs.

    `or` names materials that serve as well; `account` says that an account in the explanation is enough. Silent where
    no package was given and the draft does not begin with a list of what was submitted.
    """
    package = subject.package or _listed(subject)
    if package is None or not fits(subject, params):
        return
    wanted = [Material[name.upper()] for name in (params["material"], *params.get("or", ()))]
    if any(package.has(material) for material in wanted):
        return
    if params.get("account") and any(package.mentions(material) for material in wanted):
        return
    submitted = "、".join(dict.fromkeys(str(m) for file in package.files for m in sorted(file.materials)))
    yield Hit(None, (), {"submitted": submitted or "（未识别出任何材料）"})


def _listed(subject: Subject) -> Package | None:
    return listed("\n".join(paragraph.text for paragraph in subject.draft.paragraphs[:3]))
