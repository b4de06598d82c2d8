"""What a reader of a finding may want to know about its rule, for formats that carry rules beside findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from .markdown import escape
from .rules import in_words
from .words import PROVENANCE

if TYPE_CHECKING:
    from ..rules.finding import Finding, Severity
    from ..rules.model import Rule
    from .outcome import Outcome


class Help(Struct, frozen=True):
    """A rule in words."""

    id: str
    title: str
    pack: str
    category: str
    severity: Severity
    provenance: str
    problem: str
    ground: tuple[str, ...]
    advice: str
    note: str = ""
    violates: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()

    def text(self) -> str:
        """As plain paragraphs, without the examples."""
        return "\n".join(f"{name}：{'；'.join(items)}" for name, items in self._parts() if not name.endswith("例子"))

    def markdown(self) -> str:
        """As GitHub Flavored Markdown without HTML."""
        lines: list[str] = []
        for name, items in self._parts():
            lines += [f"**{name}**", "", *(f"- {escape(item)}" for item in items), ""]
        return "\n".join(lines)

    def _parts(self) -> Iterator[tuple[str, Sequence[str]]]:
        parts = {
            "问题": [self.problem],
            "依据": self.ground,
            "核对": [PROVENANCE.get(self.provenance, self.provenance)],
            "建议": [self.advice],
            "说明": [self.note],
            "违反规则的例子": self.violates,
            "不违反规则的例子": self.passes,
        }
        for name, items in parts.items():
            if shown := [" ".join(item.split()) for item in items if item]:
                yield name, shown


def rule_help(outcomes: Iterable[Outcome]) -> list[Help]:
    """The rules of all findings, ordered by id; from the finding itself where the rule is not to be had."""
    helps: dict[str, Help] = {}
    for outcome in outcomes:
        found = outcome.report.findings if outcome.report else ()
        missing = [finding for finding in found if finding.rule not in helps]
        if not missing:
            continue
        known = {rule.id: rule for rule in outcome.rules().rules}
        for finding in missing:
            rule = known.get(finding.rule)
            helps.setdefault(finding.rule, _of_rule(rule) if rule else _of_finding(finding))
    return [helps[rule_id] for rule_id in sorted(helps)]


def _of_rule(rule: Rule) -> Help:
    return Help(
        id=rule.id,
        title=rule.title,
        pack=rule.pack,
        category=rule.category.value,
        severity=rule.severity,
        provenance=rule.provenance,
        problem=re.sub("(〔[a-z_.]+〕)+", "…", in_words(rule.message)),  # what a Python check fills in
        ground=tuple(entry.text for entry in rule.ground),
        advice=rule.advice,
        note=rule.note,
        violates=rule.examples.violates,
        passes=rule.examples.passes,
    )


def _of_finding(finding: Finding) -> Help:
    return Help(
        id=finding.rule,
        title=finding.title,
        pack="",
        category=finding.category,
        severity=finding.severity,
        provenance=finding.provenance,
        problem=finding.message,
        ground=tuple(ground.text for ground in finding.ground),
        advice=finding.advice,
    )
