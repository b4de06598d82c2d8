"""The rules' own examples as their tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from ..document import from_text
from .finding import Rank
from .ruleset import RuleSet
from .run import findings

AS_OF = date(2026, 11, 23)  # the day the statute catalogue was built: examples cite statutes as they stand then


class Result(Struct, frozen=True):
    """One example of a rule: whether it had to be reported, and whether it was as it had to be."""

    rule: str
    text: str
    violates: bool
    ok: bool


def run(ruleset: RuleSet) -> Iterator[Result]:
    """Every example of every rule, judged by its own rule as a passage (a draft, for rules on whole drafts)."""
    for rule in ruleset.rules:
        examples = [(text, True) for text in rule.examples.violates] + [(text, False) for text in rule.examples.passes]
        rank = Rank.NORMATIVE if not rule.ranks or Rank.NORMATIVE in rule.ranks else rule.ranks[0]
        for text, violates in examples:
            found = findings(from_text(text), ruleset, AS_OF, rank, passages_only=rule.scope == "passage")
            # another rule that says the same more exactly may stand in for it
            stand_ins = rule.yields_to if violates else ()
            reported = any(finding.rule == rule.id or finding.rule.startswith(stand_ins) for finding in found)
            yield Result(rule.id, text, violates, reported is violates)
