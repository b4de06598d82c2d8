"""What a comment says: the rule, the problem, the ground, the advice, each a short paragraph."""

from __future__ import annotations

from ...rules.finding import Finding
from ..words import PROVENANCE, SEVERITY
from ..xmltext import xml_text

_LONGEST_QUOTE = 120  # characters; the words stand in the draft, here they are only to be recognised


def lines(finding: Finding, quote: str = "", place: str = "") -> list[str]:
    """The paragraphs of the comment on a finding.

    `quote` are the finding's words where the comment cannot stand on just these, `place` where they stand (脚注 …).
    """
    found = [f"【{SEVERITY[finding.severity]}】{finding.rule}　{finding.title}"]
    if quote:
        words = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + "……"
        found.append(f"原文{f'（{place}）' if place else ''}：“{words}”")
    found.append(f"问题：{finding.message}")
    if finding.ground:
        doubt = "" if finding.provenance == "verified" else f"（{PROVENANCE.get(finding.provenance, '')}）"
        found.append("依据：" + "；".join(ground.text for ground in finding.ground) + doubt)
    if finding.advice:
        found.append(f"建议：{finding.advice}")
    return [xml_text(" ".join(line.split())) for line in found]
