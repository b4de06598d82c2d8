import pytest

from legalcheck.errors import RuleError
from legalcheck.rules.needs import Prose, Taker
from legalcheck.rules.pattern import LONGEST_GAP, Pattern, alternation

WORDS = {"ask": ("提交", "提供"), "paper": ("证明", "(?:登记|备案)表")}


def words(name: str) -> tuple[str, ...]:
    try:
        return WORDS[name]
    except KeyError:
        raise RuleError(f"没有 {name}") from None


TAKER = Taker(words, Prose(()))


def pattern(source: str) -> Pattern:
    return Pattern(source, {name: alternation(entries) for name, entries in WORDS.items()})


def found(source: str, text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in match.spans] for match in pattern(source).matches(text, 0)]


def test_a_lexicon_and_a_gap_match_and_say_which_words_they_matched() -> None:
    assert found("{ask}…{paper}", "申请人提交收入证明和备案表") == [["提交", "证明"]]
    match = next(iter(pattern("{ask}…{paper}").matches("提交收入证明", 0)))
    assert match.words == (("ask", "提交"), ("paper", "证明"))


def test_a_gap_is_never_longer_than_the_limit() -> None:
    assert found("{ask}…{paper}", "提交" + "甲" * LONGEST_GAP + "证明")
    assert not found("{ask}…{paper}", "提交" + "甲" * (LONGEST_GAP + 1) + "证明")


def test_an_alternative_does_not_hide_a_longer_one_that_begins_with_it() -> None:
    assert found("(应|应当|应当先)", "应当先备案") == [["应当先"]]


def test_words_before_the_clause_itself_do_not_make_a_match() -> None:
    text = "提交证明：身份证"
    assert list(pattern("{ask}…{paper}").matches(text, text.index("身"))) == []


def test_the_literals_of_a_pattern_are_those_it_cannot_match_without() -> None:
    assert TAKER.needs("{ask}…{paper}") == ((frozenset({"提交", "提供"}), frozenset({"证明", "登记表", "备案表"})),)
    assert TAKER.literals("[一二]年内?") == (frozenset({"一年", "一年内", "二年", "二年内"}),)
    assert TAKER.literals("[^，]{0,9}") == ()
    assert TAKER.needs("({ask}|交)表") == ((frozenset({"提交", "提供", "交"}), frozenset({"表"})),)


def test_an_unknown_lexicon_and_a_broken_regex_are_named() -> None:
    with pytest.raises(RuleError):
        TAKER.needs("{nothing}")
    with pytest.raises(RuleError, match="正则"):
        pattern("提交[").compile()


def test_hostile_repetition_is_matched_in_linear_time() -> None:
    assert found("((证+)+)+明书", "证" * 5000) == []


def test_parts_joined_by_an_ampersand_stand_in_any_order_and_share_no_character() -> None:
    assert found("{ask} & {paper}", "备案表由申请人提供") == [["备案表", "提供"]]
    assert found("{ask} & {paper}", "提供备案表") == [["提供", "备案表"]]
    assert found("{ask} & {ask}", "提供材料") == []
    assert found("{ask} & {paper}", "提供材料") == []
    assert [len(part) for part in TAKER.needs("{ask} & {paper}…表")] == [1, 2]


def test_the_nearest_of_several_words_is_joined() -> None:
    text = "证明甲乙丙丁戊己庚辛提交证明"
    match = next(iter(pattern("{ask} & {paper}").matches(text, 0)))
    assert match.spans == ((10, 12), (12, 14))
