"""Every production of the citation grammar, on sentences of our own, parsed exactly (domain: citation-grammar.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from legalcheck.citations import Citation, find

GOLD = [json.loads(line) for line in (Path(__file__).parent / "gold.jsonl").read_text("utf-8").splitlines()]


def shape(one: Citation) -> dict[str, Any]:
    """A citation as the gold file writes it: what is empty is left out."""
    full = {
        "span": [one.start, one.end],
        "kind": one.kind.value,
        "role": one.role.value,
        "title": one.title,
        "numbers": [number.text for number in one.numbers],
        "clauses": [str(ref) for ref in one.clauses],
        "warnings": [warning.value for warning in one.warnings],
        "relative": one.relative,
        "distance": one.distance,
        "edition": one.edition,
        "alias": one.alias,
        "alias_of": one.alias_of,
        "issuer": one.issuer,
        "nested": list(one.nested),
        "open": one.open,
        "quoted": one.quoted,
    }
    return {key: value for key, value in full.items() if value}


@pytest.mark.parametrize("case", GOLD, ids=[f"{case['production']}: {case['text'][:24]}" for case in GOLD])
def test_a_gold_sentence_is_parsed_exactly(case: dict[str, Any]) -> None:
    assert [shape(one) for one in find(case["text"])] == case["citations"]


def test_the_gold_file_covers_at_least_300_citations() -> None:
    assert sum(len(case["citations"]) for case in GOLD) >= 300


def test_the_text_of_a_citation_is_what_stands_at_its_offsets() -> None:
    for case in GOLD:
        for one in find(case["text"]):
            assert case["text"][one.start : one.end] == one.text
