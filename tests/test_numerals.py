"""Chinese numerals: what is rendered parses, what is malformed does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legalcheck.numerals import parse, to_chinese


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (1001, "一千零一"),
        (1042, "一千零四十二"),
        (1260, "一千二百六十"),
        (10010, "一万零一十"),
        (35000, "三万五千"),
        (110000, "十一万"),
    ],
)
def test_numbers_are_written_as_statutes_write_them(n: int, text: str) -> None:
    assert to_chinese(n) == text
    assert parse(text) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("〇", 0),
        ("两", 2),
        ("两百", 200),
        ("廿三", 23),
        ("卅", 30),
        ("一十二", 12),
        ("一百〇五", 105),
        ("一百○五", 105),
        ("一百十二", 112),
        ("二〇一八", 2018),
        ("二○一八", 2018),
        ("二零一八", 2018),
        ("一九九八", 1998),
        ("12", 12),
        ("１２", 12),
        ("007", 7),
        ("贰拾", 20),
        ("二十万", 200000),
    ],
)
def test_other_ways_of_writing_are_read(text: str, n: int) -> None:
    assert parse(text) == n


@pytest.mark.parametrize(
    "text", ["", "十十", "一百二百", "三百零", "一百一", "第三", "三条", "百", "1.5", "-3", "①", "一" * 41]
)
def test_malformed_and_ambiguous_numerals_give_none(text: str) -> None:
    assert parse(text) is None


@given(st.integers(0, 10**12 - 1))
def test_what_is_rendered_parses(n: int) -> None:
    assert parse(to_chinese(n)) == n


@given(st.text(alphabet="〇零一二两三九十百千万亿廿0１ ", max_size=12))
def test_what_parses_renders_to_the_same_number(text: str) -> None:
    n = parse(text)
    if n is not None and n < 10**12:
        assert parse(to_chinese(n)) == n


@pytest.mark.parametrize("n", [-1, 10**12])
def test_numbers_out_of_range_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_chinese(n)
