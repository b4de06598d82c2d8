"""Regular expressions that are compiled on first use."""

import re

import pytest

from legalcheck.lazy import regex


def test_a_lazy_expression_does_what_a_compiled_one_does() -> None:
    lazy, compiled = regex("第(.)条", re.DOTALL), re.compile("第(.)条", re.DOTALL)
    text = "第一条和第\n条"
    assert [hit.span(1) for hit in lazy.finditer(text)] == [hit.span(1) for hit in compiled.finditer(text)]
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


def test_a_mistake_shows_on_first_use() -> None:
    lazy = regex("(")
    with pytest.raises(re.error):
        lazy.search("")
