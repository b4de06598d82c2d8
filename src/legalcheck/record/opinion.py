"""The opinion: which conclusion the record allows, and what it says under the seven heads."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from ..corpora.review_heads import ReviewHead, head_of, review_heads
from ..document.model import ScopeVerdict
from ..errors import LedgerError
from ..rules.finding import Severity
from .case import Case, Disposal, Item


class Conclusion(StrEnum):
    """review-process.md section 7, from the mildest to the gravest; the last stands apart."""

    LAWFUL = "合法"
    NEEDS_REVISION = "应当予以修改"
    UNLAWFUL = "不合法"
    OUT_OF_SCOPE = "不属于审核范围"

    @property
    def opens(self) -> bool:
        """Whether a draft with this conclusion may be put before the meeting."""
        return self in (Conclusion.LAWFUL, Conclusion.OUT_OF_SCOPE)


class Head(Struct, frozen=True):
    """One head of the review and the findings under it that stand."""

    title: str
    items: tuple[Item, ...]


def heads(case: Case) -> tuple[Head, ...]:
    """The findings that stand, under the heads of the review."""
    standing = case.standing(*Severity)
    return tuple(Head(head.title, tuple(item for item in standing if _head(item) is head)) for head in review_heads())


def _head(item: Item) -> ReviewHead:
    try:
        return head_of(item.finding.rule, item.finding.category)
    except LookupError:
        raise LedgerError(f"台账中问题的类别“{item.finding.category}”不认识，请升级 legalcheck。") from None


def conclusion(case: Case) -> Conclusion:
    """What follows from the record.

    不属于审核范围 where the machine says so; 不合法 where what stands is the lack of power to issue the draft at all;
    应当予以修改 while a blocking finding stands, or a major one that is open or kept without a basis; 合法 otherwise.
    """
    review = case.review
    if review is None:
        raise LedgerError("这份送审稿还没有审查记录，请先运行 legalcheck review 送审稿 --record --by 姓名。")
    if review.scope == ScopeVerdict.OUT_OF_SCOPE:
        return Conclusion.OUT_OF_SCOPE
    blocking = case.standing(Severity.BLOCKING)
    if any(_head(item).incurable for item in blocking):
        return Conclusion.UNLAWFUL
    if blocking or any(not kept_with_basis(item) for item in case.standing(Severity.MAJOR)):
        return Conclusion.NEEDS_REVISION
    return Conclusion.LAWFUL


def kept_with_basis(item: Item) -> bool:
    """Whether the drafter keeps it and gives reason and basis (review-process.md section 9.1)."""
    return item.disposal is Disposal.NOT_ADOPTED and item.clearance is not None and bool(item.clearance.basis)


def stated(case: Case, asked: str | None, reason: str) -> Conclusion:
    """The conclusion to sign: what follows, or a graver one that the head of review asks for with a reason."""
    follows, reason = conclusion(case), reason.strip()
    if asked is None or Conclusion(asked) is follows:
        return follows
    order = list(Conclusion)
    wanted = Conclusion(asked)
    if wanted is Conclusion.OUT_OF_SCOPE:
        if case.review and case.review.scope == ScopeVerdict.UNCLEAR and reason:
            return wanted
        raise LedgerError("“不属于审核范围”只用于范围存疑的送审稿，并且要用 --reason 说明理由。")
    if follows is Conclusion.OUT_OF_SCOPE or order.index(wanted) < order.index(follows):
        raise LedgerError(f"按照台账的记录，结论只能是“{follows}”：还有未处理或者未采纳的问题，不能签署“{wanted}”。")
    if not reason:
        raise LedgerError(f"结论比记录所示的“{follows}”更重，请用 --reason 说明理由。")
    return wanted
