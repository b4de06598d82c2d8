"""A short match counts only where it is a word of its own."""

from itertools import accumulate, pairwise

import pytest

from legalcheck.language import are_words
from legalcheck.language.words import _is_boundary, _tokenizer, _words


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("相应调整", "应", False),
        ("应按时提交", "应", True),
        ("应当提交", "应当", True),
        ("户籍地派出所", "派出", False),
        ("公安机关电子信息", "关电", False),
        ("不再要求", "再", False),
        ("根据实际需要安排", "需", False),
        ("需提交申请", "需", True),
    ],
)
def test_a_part_of_a_word_is_no_word(text: str, word: str, whole: bool) -> None:
    at = text.index(word)
    assert are_words(text, [(at, at + len(word))]) is whole


def test_longer_matches_are_not_asked() -> None:
    assert are_words("相应调整", [(1, 4)])


def test_importing_jieba_leaves_no_trace_in_the_import_system() -> None:
    import sys

    _tokenizer()
    assert sys.modules.get("pkg_resources", "absent") is not None


def test_spans_that_touch_are_one_word() -> None:
    text = "考核合格，持证上门。"
    at = text.index("持证")
    assert not are_words(text, [(at, at + 1)])
    assert are_words(text, [(at, at + 1), (at + 1, at + 2)])


def test_spans_that_lie_within_another_are_one_word_with_it() -> None:
    text = "没有在本县设点的。"
    at = text.index("本")
    assert not are_words(text, [(at, at + 1)])
    assert are_words(text, [(at - 1, at + 2), (at, at + 1)])


def test_a_committee_that_agrees_is_not_read_as_together() -> None:
    text = "须经园区管委会同意并结清费用。"
    at = text.index("同意")
    assert are_words(text, [(at, at + 2)])


def test_boundaries_are_those_of_the_segmenter() -> None:
    texts = [
        "申请人应当提交村民委员会出具的无犯罪记录证明。",
        "各村（社区）应当不断完善2026年台账ABC-12，业经批准的不再上报。",
        "不同意见应当上报，上交上限不得中断，个体工商户主持三方会议。",
        *sorted(_words()[0]),
        *map("".join, pairwise(sorted(_words()[0]))),
    ]
    for text in texts:
        ends = {0, *accumulate(map(len, _tokenizer().cut(text, HMM=False)))}
        assert {at for at in range(len(text) + 1) if _is_boundary(text, at)} == ends, text
