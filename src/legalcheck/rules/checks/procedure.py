"""How a draft came about: the materials that were submitted with it, and whether it is to be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.package import Material, Package, listed
from ...lazy import regex
from ..hit import Hit
from .common import any_of, fits
from .subject import Subject

_CLOSED = regex("公开(?:属性|方式|类别|形式)：(?:不予公开|不公开|依申请公开)")
_SECRET = regex("国家秘密|保密法|保守国家秘密|内部管理")


def unpublished(subject: Subject, params: dict[str, Any]) -> Iterator[Hit]:
    """公开属性：不予公开, in a text whose other words (`about`) set rights and duties of the public."""
    about = any_of(params["about"])
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


def missing_material(subject: Subject, params: dict[str, Any]) -> Iterator[Hit]:
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
