"""What should become of each document: repeal, amend or keep, by one stated rule.

The rule follows the clean-ups (清理) that governments publish: what has lapsed, been replaced or lost its basis goes;
what conflicts with the law in force is amended; the rest stays. It suggests; people decide. In this order:

1. Not reviewed: the file could not be read.
2. Outside: no normative document (see `document.scope`), which a clean-up does not touch.
3. Repeal, where one of these holds as of the date:
   a. its own validity has run out (宣布失效);
   b. another document of the same sweep, not older and in force by now, repeals it as a whole;
   c. all instruments named as the basis of its making are repealed, and none has a successor in force;
   d. blocking findings, other than on their basis, stand in at least half of the provisions that carry its substance,
      and in three or more: in short texts, single findings should not decide.
4. Amend, where it has a blocking finding, or a major one that is not merely about form or procedure: how a document in
   force was once drafted is no reason to amend it.
5. Keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from ..document.model import ScopeVerdict
from ..reports.words import SEVERITY
from .work import REVIEWED

FEWEST_BLOCKED = 3
MOST_NAMED = 3


class Verdict(StrEnum):
    """What is suggested for a document."""

    REPEAL = "repeal"
    AMEND = "amend"
    KEEP = "keep"
    OUTSIDE = "outside"
    UNREAD = "unread"


NAMES = {
    Verdict.REPEAL: "建议废止（失效）",
    Verdict.AMEND: "建议修改",
    Verdict.KEEP: "建议保留",
    Verdict.OUTSIDE: "不属清理范围",
    Verdict.UNREAD: "未能审查",
}


class Basis(Struct, frozen=True):
    """An instrument that a document names as the basis of its making; `alive` where it or a successor is in force."""

    title: str
    alive: bool
    repealed_on: str | None = None
    successor: str = ""


class Problem(Struct, frozen=True):
    """The findings of one rule and severity in a document: the rule's title, and how many there are."""

    severity: str
    title: str
    count: int


class Facts(Struct, frozen=True):
    """All that the verdict on one document rests on."""

    state: str = REVIEWED
    error: str = ""
    scope: str = ScopeVerdict.IN_SCOPE.value
    scope_reasons: str = ""
    expires: date | None = None
    replaced_by: str = ""
    bases: tuple[Basis, ...] = ()
    provisions: int = 0
    blocked: int = 0
    problems: tuple[Problem, ...] = ()  # blocking findings, and major ones that are not formal


def judge(facts: Facts, as_of: date) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict on a document as of a date, and its reasons in Chinese."""
    if facts.state != REVIEWED:
        return Verdict.UNREAD, (facts.error or "尚未审查",)
    if facts.scope == ScopeVerdict.OUT_OF_SCOPE:
        return Verdict.OUTSIDE, tuple(facts.scope_reasons.split("\n"))
    repeal = tuple(_repeal(facts, as_of))
    amend = tuple(_amend(facts))
    if repeal:
        return Verdict.REPEAL, repeal + amend
    return (Verdict.AMEND, amend) if amend else (Verdict.KEEP, ())


def _repeal(facts: Facts, as_of: date) -> Iterator[str]:
    if facts.expires and facts.expires <= as_of:
        yield f"有效期已满，自{facts.expires.isoformat()}起失效"
    if facts.replaced_by:
        yield f"已被《{facts.replaced_by}》废止"
    dead = [basis for basis in facts.bases if not basis.alive]
    if dead and len(dead) == len(facts.bases) and not any(basis.successor for basis in dead):
        yield (
            f"制定依据{_named(dead)}均已废止，没有替代的规定"
            if len(dead) > 1
            else (f"唯一的制定依据{_named(dead)}已废止，没有替代的规定")
        )
    if facts.blocked >= FEWEST_BLOCKED and facts.blocked * 2 >= facts.provisions:
        yield f"{facts.provisions}条实质性规定中有{facts.blocked}条存在必须改正的问题"


def _amend(facts: Facts) -> Iterator[str]:
    for severity, name in SEVERITY.items():
        found = [problem for problem in facts.problems if problem.severity == severity]
        if found:
            titles = "，".join(problem.title for problem in found[:MOST_NAMED]) + "等" * (len(found) > MOST_NAMED)
            yield f"{name}{sum(problem.count for problem in found)}处（{titles}）"


def _named(bases: Sequence[Basis]) -> str:
    return "".join(f"《{basis.title}》" for basis in bases[:MOST_NAMED]) + ("等" if len(bases) > MOST_NAMED else "")
