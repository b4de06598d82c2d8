from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from legalcheck.reports.width import fold, visible, width, wrap


def test_chinese_is_twice_as_wide_as_latin() -> None:
    assert width("第3条。") == 7
    assert width("e\u0301") == 1


def test_no_line_begins_with_closing_or_ends_with_opening_punctuation() -> None:
    lines = fold("申请人应当提交（户口簿）、（身份证）和《承诺书》。" * 4, 20)
    assert not any(line[0] in "）、》。" for line in lines)
    assert not any(line[-1] in "（《" for line in lines)


def test_words_and_numbers_stay_whole() -> None:
    lines = fold("依照国发〔2018〕37号和legalcheck的说明办理", 18)
    assert any("legalcheck" in line for line in lines)
    assert any("2018" in line for line in lines)


def test_what_cannot_be_seen_is_spelled_out() -> None:
    assert visible("甲\u202e乙\u200b丙\x00\t丁\r\n") == "甲〈U+202E〉乙〈U+200B〉丙〈U+0000〉 丁  "


@given(st.text())
def test_visible_text_has_nothing_invisible(text: str) -> None:
    categories = {unicodedata.category(char) for char in visible(text)}
    assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(categories=["L", "P", "N", "Zs"])), st.integers(2, 60))
def test_wrapping_loses_nothing_but_spaces_and_always_fits(text: str, columns: int) -> None:
    spans = wrap(text, columns)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
    assert all(width(text[a:b]) <= columns for a, b in spans)
