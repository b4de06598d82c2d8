"""The Chinese words reports use for the values of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document.model import ScopeVerdict
from ..rules.finding import Severity

if TYPE_CHECKING:
    from ..review.report import Report

SEVERITY = {
    Severity.BLOCKING: "必须改正",
    Severity.MAJOR: "应当修改",
    Severity.MINOR: "建议完善",
}

SCOPE = {
    ScopeVerdict.IN_SCOPE: "属于合法性审核范围",
    ScopeVerdict.OUT_OF_SCOPE: "不属于合法性审核范围",
    ScopeVerdict.UNCLEAR: "是否属于合法性审核范围需要人工判断",
}

PROVENANCE = {
    "verified": "依据已核对原文",
    "partly": "依据部分核对",
    "memory": "依据尚未核对，使用前请查证",
}

CATEGORY = {
    "revoked_certificate": "违规索要证明",
    "non_permit_approval": "非行政许可审批",
    "missing_basis": "依据缺失、有误",
    "repealed_basis": "依据已经废止",
    "unlawful_permit": "违法设定许可",
    "unlawful_penalty": "违法设定处罚",
    "unlawful_coercion": "违法设定强制",
    "unlawful_charge": "违法收费摊派",
    "unfair_competition": "妨碍公平竞争",
    "rights_reduction": "减损权益、增加义务",
    "ultra_vires": "超越职权",
    "social_credit": "失信惩戒不当",
    "enforcement": "执法规定不当",
    "procedure": "制定程序",
    "form": "体例与立法技术",
    "market_entry": "市场准入",
}

RANK = {
    "normative": "行政规范性文件",
    "dept_rule": "部门规章",
    "local_rule": "地方政府规章",
    "local_regulation": "地方性法规",
    "admin_regulation": "行政法规",
    "law": "法律",
}


def packs(report: Report) -> str:
    """The rule packs used: by name where they are few."""
    names = "、".join(sorted(report.packs))
    return names if len(report.packs) <= 3 else f"{len(report.packs)} 个规则包"


def closing(report: Report) -> str:
    """What the findings, or their absence, mean for the draft's way to the meeting."""
    if not report.findings and report.scope.verdict is ScopeVerdict.OUT_OF_SCOPE:
        return "不属于审核范围，未作条文审查。"
    if not report.findings:
        return "未发现问题。规则只覆盖已列明的情形，不能代替人工审核。"
    if report.count(Severity.BLOCKING):
        return "有必须改正的问题：改正前，或者审核人员注明理由排除前，不得提请集体审议。"
    if report.count(Severity.MAJOR):
        return "没有必须改正的问题；应当修改而不修改的，提请审议时须说明理由和依据。"
    return "只有文字和技术性建议，不影响提请审议。"
