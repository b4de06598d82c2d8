"""Every rule's own examples: the rule is its test."""

from graphlib import TopologicalSorter

import pytest

from legalcheck.rules import load
from legalcheck.rules.examples import run

RULES = load()
RESULTS = list(run(RULES))


@pytest.mark.parametrize("rule", [rule.id for rule in RULES.rules])
def test_a_rule_reports_its_violations_and_leaves_its_look_alikes_alone(rule: str) -> None:
    wrong = [f"{'漏报' if r.violates else '误报'}：{r.text}" for r in RESULTS if r.rule == rule and not r.ok]
    assert wrong == []


def test_every_rule_has_three_different_examples_of_each_kind() -> None:
    for rule in RULES.rules:
        assert len(set(rule.examples.violates)) >= 3, rule.id
        assert len(set(rule.examples.passes)) >= 3, rule.id


def test_no_rule_from_memory_is_blocking() -> None:
    assert [r.id for r in RULES.rules if r.provenance == "memory" and r.severity == "blocking"] == []


def test_every_ground_resolves_in_the_statute_catalogue() -> None:
    from datetime import date

    from legalcheck.citations import Status, find, resolve

    unknown = []
    for rule in RULES.rules:
        for ground in rule.ground:
            found = find(ground.text)
            if not found or resolve(found[0], date(2026, 11, 23)).status in (Status.UNKNOWN, Status.REPEALED):
                unknown.append(f"{rule.id} {ground.text}")
    assert unknown == []


def test_no_rules_wait_for_each_other() -> None:
    waits = {r.id: {o.id for o in RULES.rules if r.yields_to and o.id.startswith(r.yields_to)} for r in RULES.rules}
    assert set(TopologicalSorter(waits).static_order()) == set(waits)
