"""What a pattern cannot match without, and which of it tells most."""

from legalcheck.rules.needs import Prose, Taker

WORDS = {"crime": ("按[^，]{1,8}罪|构成犯罪", "判刑"), "any": ("[^，]{1,4}", "证")}
PROSE = Prose(["按规定办理", "按照要求", "按时提交", "构成犯罪的", *"甲乙丙丁戊己庚"])
TAKER = Taker(WORDS.__getitem__, PROSE)


def test_of_two_literals_the_rarer_one_is_asked_for() -> None:
    assert TAKER.needs("{crime}") == ((frozenset({"罪", "构成犯罪", "判刑"}),),)
    assert Taker(WORDS.__getitem__, Prose(["犯罪", "罪行"])).needs("{crime}")[0][0] >= {"按"}


def test_a_lexicon_is_the_choice_of_all_alternatives_of_its_entries() -> None:
    assert TAKER.branches("crime") == ("按[^，]{1,8}罪", "构成犯罪", "判刑")
    assert TAKER.literals("按[^，]{1,8}罪") == (frozenset({"按"}), frozenset({"罪"}))


def test_a_character_that_most_texts_have_is_not_asked_for() -> None:
    taker = Taker(WORDS.__getitem__, Prose(["按规定办理", "按照要求"]))
    assert taker.literals("按[^，]{1,8}罪") == (frozenset({"罪"}),)
    assert taker.needs("按[^，]{1,8}罪") == ((frozenset({"罪"}),),)
    assert taker.literals("按") == (frozenset({"按"}),)  # better than nothing


def test_a_lexicon_with_an_entry_that_needs_no_literal_needs_none() -> None:
    assert TAKER.needs("{any}表") == ((frozenset({"表"}),),)
    assert TAKER.literals("") == ()


def test_a_long_literal_is_as_rare_as_its_rarest_pair_of_characters() -> None:
    assert PROSE.weight(frozenset({"按规定的"})) < PROSE.weight(frozenset({"按规"})) < PROSE.weight(frozenset({"按"}))
