"""The prefilter may only leave out what cannot match."""

from hypothesis import given, settings
from hypothesis import strategies as st

from legalcheck.document import from_text
from legalcheck.language import clauses, fold
from legalcheck.rules import load
from legalcheck.rules.prefilter import Prefilter

RULES = load()
PATTERNS = [(rule, pattern) for rule in RULES.rules for pattern in RULES.patterns[rule.id]]
PREFILTER = Prefilter(RULES.filed, lambda rule_id: [], RULES.literals)
PASSAGES = [text for rule in RULES.rules for text in (*rule.examples.violates, *rule.examples.passes)]


def missed(text: str) -> list[str]:
    candidates = {id(pattern) for _, _, pattern in PREFILTER.candidates([text], RULES.patterns)}
    return [p.source for _, p in PATTERNS if id(p) not in candidates and any(p.matches(text, 0))]


def test_no_pattern_that_matches_an_example_of_its_rule_is_left_out() -> None:
    for rule in RULES.rules:
        for text in rule.examples.violates:
            for clause in clauses(from_text(text)):
                candidates = {id(pattern) for _, _, pattern in PREFILTER.candidates([clause.text], RULES.patterns)}
                for pattern in RULES.patterns[rule.id]:
                    if any(pattern.matches(clause.text, clause.own)):
                        assert id(pattern) in candidates, (rule.id, pattern.source, text)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PASSAGES), min_size=2, max_size=3), st.integers(0, 40))
def test_no_pattern_that_matches_spliced_passages_is_left_out(passages: list[str], cut: int) -> None:
    text = fold("，".join(passage[cut % max(len(passage), 1) :] for passage in passages).replace("\n", ""))
    assert missed(text) == []


def test_every_pattern_compiles_and_needs_a_literal() -> None:
    for rule, pattern in PATTERNS:
        pattern.compile()
        assert pattern.needs, (rule.id, pattern.source)
