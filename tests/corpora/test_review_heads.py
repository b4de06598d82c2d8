from __future__ import annotations

from collections import Counter

from legalcheck.corpora.review_heads import head_of, review_heads
from legalcheck.rules.model import Category
from legalcheck.rules.ruleset import load


def test_every_category_stands_under_one_head() -> None:
    assert Counter(name for head in review_heads() for name in head.categories) == Counter(map(str, Category))


def test_the_rules_that_heads_name_exist() -> None:
    known = {rule.id for rule in load().rules}
    assert {rule for head in review_heads() for rule in head.rules} <= known


def test_a_rule_that_a_head_names_does_not_go_by_its_category() -> None:
    assert head_of("VIRES-001", "ultra_vires").title == "制定主体是否合法"
    assert head_of("VIRES-002", "ultra_vires").title == "是否超越制定机关法定职权"


def test_only_the_lack_of_a_lawful_issuer_cannot_be_mended() -> None:
    assert [head.title for head in review_heads() if head.incurable] == ["制定主体是否合法"]
