"""`re` and RE2 find the same; which of them is asked only decides how long it takes."""

from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from legalcheck.errors import RuleError
from legalcheck.language import fold
from legalcheck.rules import load, program
from legalcheck.rules.lexicons import lexicons
from legalcheck.rules.pattern import Part
from legalcheck.rules.program import SHORT, Program

RULES = load()


def test_both_engines_give_each_expression_of_a_rule_the_same_groups_in_its_examples() -> None:
    compared = 0
    for rule in RULES.rules:
        texts = [*map(fold, (*rule.examples.violates, *rule.examples.passes))]
        for regex in {part.regex[0] for pattern in RULES.patterns[rule.id] for part in pattern.parts}:
            quick, linear = Program(regex, ours=True), Program(regex, ours=False)
            for text in texts:
                assert [*(quick.groups(text) or "-")] == [*(linear.groups(text) or "-")], (rule.id, regex, text)
                compared += 1
    assert compared > 20_000


@pytest.mark.parametrize("ours", [True, False])
def test_a_search_begins_where_it_is_told(ours: bool) -> None:
    asked = Program("(村，?)|(镇)", ours=ours)
    assert [*(asked.groups("村，镇，村") or ())] == [(0, 2), (-1, -1)]
    assert [*(asked.groups("村，镇，村", 1) or ())] == [(-1, -1), (2, 3)]
    assert [*(asked.groups("村，镇，村", 3) or ())] == [(4, 5), (-1, -1)]
    assert asked.groups("村，镇，村", 5) is None


@pytest.mark.parametrize(("ours", "length"), [(False, 5), (True, SHORT + 1)])
def test_re_is_asked_neither_for_others_nor_in_long_texts(
    monkeypatch: pytest.MonkeyPatch, ours: bool, length: int
) -> None:
    monkeypatch.setattr(program, "compiled", None)
    assert Program("(证)明", ours=ours).groups("证明".rjust(length, "甲")) == [(length - 2, length - 1)]


def test_what_was_slow_once_is_left_to_re2(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Program("(?:证+)+明书", ours=True)
    assert not asked.is_in("证" * 20)  # a million ways
    monkeypatch.setattr(program, "compiled", None)
    assert not asked.is_in("证" * SHORT)


def test_an_expression_that_re2_refuses_is_named() -> None:
    with pytest.raises(RuleError, match="不是有效的正则表达式"):
        Program("(?=证)", ours=False).is_in("证明")


@pytest.mark.parametrize("source", [r"证(?:明|件)*书", "(?:村|镇{2})*"])
def test_what_is_repeated_without_end_is_of_one_length(source: str) -> None:
    assert not _ambiguous(_parser.parse(source))


@pytest.mark.parametrize("source", ["(?:村|镇?)*", "(?:向[^，]{0,8})*告知", "((证+)|书)+"])
def test_a_repeat_of_what_repeats_is_seen(source: str) -> None:
    assert _ambiguous(_parser.parse(source))


def test_no_expression_of_ours_repeats_what_repeats() -> None:
    """`re` tries each way to cut a text into such parts: twice as many with every character."""
    for name, entries in lexicons().items():
        for entry in entries:
            assert not _ambiguous(_parser.parse(entry)), (name, entry)
    for rule_id, patterns in RULES.patterns.items():
        for part in (part for pattern in patterns for part in pattern.parts):
            bare = Part(part.source, dict.fromkeys(part.lexicons, "词"))
            assert not _ambiguous(_parser.parse(bare.regex[0])), (rule_id, part.source)


def _ambiguous(parsed: Any, repeated: bool = False) -> bool:
    """Whether something that repeats more than `TIMES` times can be of several lengths itself."""
    for _, value in parsed:
        if isinstance(value, tuple) and len(value) == 3 and isinstance(value[2], _parser.SubPattern):  # a repeat
            least, most, body = value
            if (repeated and most != least) or _ambiguous(body, repeated or most > TIMES):
                return True
        elif any(_ambiguous(inner, repeated) for inner in _inner(value)):
            return True
    return False


TIMES = 3


def _inner(value: Any) -> list[Any]:
    if isinstance(value, _parser.SubPattern):
        return [value]
    if isinstance(value, tuple | list):
        return [found for one in value for found in _inner(one)]
    return []
