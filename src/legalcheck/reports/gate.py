"""The gate's decisions as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .width import visible

if TYPE_CHECKING:
    from ..record.gate import GateDecision

_WORDS = {"open": "可以提请集体审议", "closed": "不得提请集体审议", "unknown": "无法判断，不得提请集体审议"}


def render_text(decisions: Sequence[tuple[str, GateDecision]]) -> str:
    """A paragraph for each draft: the verdict, its reasons, what the meeting must be told."""
    lines = []
    for path, decision in decisions:
        title = f"（{visible(decision.title)}）" if decision.title else ""
        lines.append(f"{visible(path)}{title}：{_WORDS[decision.verdict]}")
        lines += [f"  - {visible(reason)}" for reason in decision.reasons]
        lines += [f"  * 请向会议说明：{visible(note)}" for note in decision.notes]
    return "".join(f"{line}\n" for line in lines)


def render_json(decisions: Sequence[tuple[str, GateDecision]]) -> str:
    """One JSON document, a result for each draft in order."""
    results = [
        {
            "path": path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
            "verdict": decision.verdict.value,
            "sha256": decision.digest,
            "title": decision.title,
            "reasons": list(decision.reasons),
            "notes": list(decision.notes),
        }
        for path, decision in decisions
    ]
    return json.dumps({"schema_version": "1.0", "results": results}, ensure_ascii=False, indent=2) + "\n"
