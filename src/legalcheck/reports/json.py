"""The report as JSON, for the systems a review is part of. Its shape is `schema/report-1.schema.json`.

The same draft, rules, corpora and date give the same bytes: keys stand in the schema's order, findings in the
report's, and nothing depends on the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from ..document.model import Metadata
    from ..review.report import Report
    from ..rules.finding import Finding
    from .outcome import Options, Outcome

_UNSEEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
SCHEMA_VERSION = "1.1"


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as one JSON document, UTF-8 characters unescaped, ending in a line break."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "results": [_result(outcome) for outcome in outcomes],
    }
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def escaped(text: str) -> str:
    """JSON text with escapes for what has no UTF-8 form (lone surrogates), steers a terminal or hides from the eye."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def schema() -> str:
    """The JSON Schema (draft 2020-12) of what `render` gives."""
    return (files(__package__) / "schema" / "report-1.schema.json").read_text(encoding="utf-8")


def _result(outcome: Outcome) -> dict[str, Any]:
    if outcome.report is None:
        return {"path": _text(outcome.path), "status": "failed", "error": outcome.error}
    from ..rules.finding import Severity

    report = outcome.report
    return {
        "path": _text(outcome.path),
        "status": "reviewed",
        "draft": {"name": report.name, "sha256": report.draft_digest, **_metadata(report.metadata)},
        "review": _review(report, outcome.options),
        "scope": {"verdict": report.scope.verdict.value, "reasons": list(report.scope.reasons)},
        "notes": list(report.notes),
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "findings": [_finding(finding) for finding in report.findings],
    }


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title,
        "kind": metadata.kind,
        "carrier": metadata.carrier,
        "issuer": metadata.issuer,
        "issuer_level": metadata.issuer_level.value,
        "document_number": metadata.document_number,
        "draft_stage": metadata.draft_stage,
        "document_date": _date(metadata.document_date),
        "addressees": list(metadata.addressees),
        "effective": metadata.effective,
        "effective_date": _date(metadata.effective_date),
        "validity": metadata.validity,
        "attachments": list(metadata.attachments),
        "secrecy": metadata.secrecy,
        "signatory": metadata.signatory,
    }


def _review(report: Report, options: Options) -> dict[str, Any]:
    return {
        "legalcheck": report.version,
        "as_of": report.as_of.isoformat(),
        "profile": options.profile,
        "level": options.level,
        "packs": dict(sorted(report.packs.items())),
        "select": list(options.select),
        "ignore": list(options.ignore),
        "rules_sha256": report.rules_digest,
        "corpora_sha256": report.corpora_digest,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "rule": finding.rule,
        "title": finding.title,
        "category": finding.category,
        "severity": finding.severity.value,
        "message": finding.message,
        "advice": finding.advice,
        "ground": [
            {"text": ground.text, "title": ground.title, "number": ground.number, "article": ground.article}
            for ground in finding.ground
        ],
        "provenance": finding.provenance,
        "quote": finding.quote,
        "matched": list(finding.matched),
        "marks": [list(mark) for mark in finding.marks],
        "location": {
            "text": str(place),
            "provision": place.provision,
            "paragraph": place.paragraph,
            "start": place.start,
            "end": place.end,
            "cell": place.cell,
            "part": place.part,
        },
        "fingerprint": finding.fingerprint,
    }


def _date(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _text(path: str) -> str:
    """A file name that is no valid text carries surrogates (PEP 383): shown as replacement characters."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
