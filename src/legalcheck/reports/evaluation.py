"""The result of an evaluation: figures per category and per rule, misses and false alarms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .width import pad, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..rules.evaluation import Evaluation, Score


def render_text(result: Evaluation, *, errors: bool) -> str:
    """Tables for people; with `errors` every miss and false alarm before them."""
    lines: list[str] = []
    if errors:
        lines += _errors(result)
    lines += [f"{pad('类别', 24)}{'案例':>4}{'发现':>7}{'召回':>7}{'精确':>7}", ""]
    lines += [
        f"{pad(name, 24)}{s.cases:>6}{_share(s.detected, s.cases):>9}{s.recall:>9.2f}{s.precision:>9.2f}"
        for name, s in result.categories.items()
    ]
    lines += ["", f"{pad('规则', 24)}{'报告':>4}{'相符':>7}{'误报':>7}{'精确':>7}", ""]
    lines += [
        f"{pad(name, 24)}{s.cases:>6}{s.named:>9}{s.false_alarms:>9}{s.precision:>9.2f}"
        for name, s in result.rules.items()
    ]
    lines += [
        "",
        f"违法 {result.unlawful} 段，发现 {result.detected} 段（{_share(result.detected, result.unlawful)}）；"
        f"合法 {result.lawful} 段，误报 {result.false_alarms} 段（{_share(result.false_alarms, result.lawful)}）。",
    ]
    return "".join(visible(line) + "\n" for line in lines)


def render_json(result: Evaluation) -> str:
    """The same for programs."""
    value = {
        "unlawful": result.unlawful,
        "detected": result.detected,
        "lawful": result.lawful,
        "false_alarms": result.false_alarms,
        "categories": _scores(result.categories),
        "rules": _scores(result.rules),
        "missed": [outcome.case.id for outcome in result.outcomes if outcome.missed],
        "false": [outcome.case.id for outcome in result.outcomes if outcome.false_alarm],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _errors(result: Evaluation) -> Iterator[str]:
    for outcome in result.outcomes:
        text = " ".join(outcome.case.text.split())
        rules = "、".join(dict.fromkeys(finding.rule for finding in outcome.findings)) or "无"
        if outcome.missed:
            yield f"漏报　{outcome.case.id}　应为 {'、'.join(outcome.case.labels)}，报告 {rules}：{text}"
        elif outcome.false_alarm:
            yield f"误报　{outcome.case.id}　报告 {rules}：{text}"
    yield ""


def _scores(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "cases": score.cases,
            "detected": score.detected,
            "named": score.named,
            "wrong": score.wrong,
            "false_alarms": score.false_alarms,
            "recall": round(score.recall, 3),
            "precision": round(score.precision, 3),
        }
        for name, score in scores.items()
    }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "－"
