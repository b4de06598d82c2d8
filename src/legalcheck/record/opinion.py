"""The opinion: which conclusion the record allows, and what it says under the seven heads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


# The seven things to review (国办发〔2018〕115号 (七)) and two that provinces add, with the categories that belong to
# each. Subject and power share the category ultra_vires: the rules' own group tells them apart.
HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("制定主体是否合法", ("subject",)),
    ("是否超越制定机关法定职权", ("ultra_vires",)),
    (
        "内容是否符合宪法、法律、法规、规章和国家政策规定",
        ("missing_basis", "repealed_basis", "social_credit", "enforcement", "market_entry", "form"),
    ),
    (
        "是否违法设立行政许可、行政处罚、行政强制、行政征收、行政收费等事项",
        ("unlawful_permit", "non_permit_approval", "unlawful_penalty", "unlawful_coercion", "unlawful_charge"),
    ),
    ("是否没有法律、法规依据作出减损公民、法人和其他组织合法权益或者增加其义务的规定", ("rights_reduction",)),
    ("是否没有法律、法规依据作出增加本单位权力或者减少本单位法定职责的规定", ("own_power",)),
    ("是否违反规范性文件制定程序", ("procedure",)),
    ("是否违反公平竞争审查规定", ("unfair_competition",)),
    ("是否设定循环证明、重复证明、无谓证明", ("revoked_certificate",)),
)
# What the draft's issuer lacks cannot be revised away (VIRES-001: internal offices and ad-hoc bodies as issuers).
SUBJECT_RULES = ("VIRES-001",)
OWN_POWER_RULES = ("RIGHT-003", "RIGHT-004")


@dataclass(frozen=True, slots=True)
class Head:
    """One head of the review and the findings under it that stand."""

    title: str
    items: tuple[Item, ...]


def heads(case: Case) -> tuple[Head, ...]:
    """The findings that stand, under the heads of the review."""
    standing = case.standing(*Severity)
    return tuple(
        Head(title, tuple(item for item in standing if _kind(item) in categories)) for title, categories in HEADS
    )


def _kind(item: Item) -> str:
    if item.finding.rule in SUBJECT_RULES:
        return "subject"
    if item.finding.rule in OWN_POWER_RULES:
        return "own_power"
    return item.finding.category


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
    if any(item.finding.rule in SUBJECT_RULES for item in blocking):
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
