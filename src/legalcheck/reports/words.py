"""The Chinese words reports use for the values of a finding."""

from __future__ import annotations

from ..document.model import ScopeVerdict
from ..rules.finding import Severity

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
