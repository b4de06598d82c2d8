from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from legalcheck import Draft, Finding, Ground, Location, Report, Scope, ScopeVerdict, Severity
from legalcheck.document.model import Metadata, Paragraph

sys.path.append(str(Path(__file__).parents[1] / "document"))  # docx_build, from which reports are tested as well

MakeFinding = Callable[..., Finding]
MakeReport = Callable[..., Report]


@pytest.fixture
def make_finding() -> MakeFinding:
    def make(quote: str = "村民委员会出具的无犯罪记录证明", matched: str | None = None, **changes: Any) -> Finding:
        words = quote if matched is None else matched
        start = quote.find(words)
        values: dict[str, Any] = {
            "rule": "CERT-001",
            "title": "索要村（居）委会负面清单证明",
            "category": "revoked_certificate",
            "severity": Severity.BLOCKING,
            "message": "要求提供村（居）民委员会出具的无犯罪记录证明",
            "advice": "建议删除，改由部门间信息共享、核验有效证件或者申请人书面承诺。",
            "ground": (Ground("《优化营商环境条例》第四十四条", "优化营商环境条例", "", "第四十四条"),),
            "provenance": "verified",
            "quote": quote,
            "matched": (words,) if words else (),
            "marks": ((start, start + len(words)),) if words else (),
            "location": Location("第二条", 1, 0, len(quote)),
            "fingerprint": "0123456789abcdef",
        }
        return Finding(**{**values, **changes})

    return make


@pytest.fixture
def make_report() -> MakeReport:
    def make(*findings: Finding, **changes: Any) -> Report:
        about: dict[str, Any] = {
            "paragraphs": (Paragraph(0, "青石镇便民服务办法"), Paragraph(1, "村民委员会出具的无犯罪记录证明")),
            "provisions": (),
            "segments": (),
            "metadata": Metadata(title="青石镇便民服务办法", kind="办法", document_date=date(2026, 11, 20)),
            "scope": Scope(ScopeVerdict.IN_SCOPE, ("文种为办法。",)),
            "digest": "a" * 64,
            "name": "draft.docx",
        }
        about |= {name: changes.pop(name) for name in set(changes) & {field.name for field in fields(Draft)}}
        values: dict[str, Any] = {
            "draft": Draft(**about),
            "as_of": date(2026, 11, 23),
            "version": "0.1.0",
            "packs": {"certificates": "1.0", "basis": "1.0"},
            "rules_digest": "b" * 64,
            "corpora_digest": "c" * 64,
            "findings": findings,
        }
        return Report(**{**values, **changes})

    return make
