"""The words of a text are those that jieba finds with the same dictionary."""

import jieba
from hypothesis import given
from hypothesis import strategies as st

from legalcheck.corpora.location import data_root
from legalcheck.language import are_words, fold
from legalcheck.language.words import cuts
from legalcheck.rules import load

TOKENIZER = jieba.Tokenizer()
with (data_root() / "corpora" / "words.txt").open("rb") as file:
    TOKENIZER.FREQ, TOKENIZER.total = TOKENIZER.gen_pfdict(file)
TOKENIZER.initialized = True

PASSAGES = [fold(text) for rule in load().rules for text in (*rule.examples.violates, *rule.examples.passes)]


def by_jieba(text: str) -> set[int]:
    at, found = 0, {0}
    for word in TOKENIZER.cut(text, HMM=False):
        at += len(word)
        found.add(at)
    return found


def test_every_example_is_cut_as_jieba_cuts_it() -> None:
    for text in PASSAGES:
        assert cuts(text) == by_jieba(text), text


@given(st.text(alphabet="相应当不得三方上交abC12.%-（，。", max_size=30))
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert cuts(text) == by_jieba(text)


def test_a_part_of_a_word_is_no_word() -> None:
    assert not are_words("相应调整", [(1, 2)])
    assert are_words("应当提交", [(0, 2)])
