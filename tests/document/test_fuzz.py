"""A short, seeded form of benchmarks/fuzz_reader.py: only LegalcheckError may come out of the reader."""

from __future__ import annotations

import random

import pytest
from docx_build import docx, level, notes, numbering, p, styles, tbl, tc, tr
from docx_fuzz import mutate, package
from hypothesis import given, settings
from hypothesis import strategies as st

from legalcheck.document import read
from legalcheck.document.runs import RunMap
from legalcheck.errors import LegalcheckError

SEED_FILE = docx(
    p("某办法") + p("文", num=(1, 0), style="a") + tbl(tr(tc(p("甲")), tc(p("乙")))) + "<w:sectPr/>",
    parts={
        "numbering.xml": numbering({0: level(0, "chineseCounting", "第%1条")}, {1: (0, "")}),
        "styles.xml": styles('<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/></w:style>'),
        "footnotes.xml": notes("footnote", {1: p("注")}),
    },
)


def look(data: bytes) -> None:
    try:
        draft = read(data)
    except LegalcheckError:
        return
    assert len(RunMap(data).paragraphs) == len(draft.paragraphs)
    assert all(isinstance(draft.path(segment.provision), str) for segment in draft.segments)


@pytest.mark.parametrize("seed", range(8))
def test_packages_of_random_markup(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        look(package(rng))


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        look(mutate(SEED_FILE, rng))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    look(data)
    look(b"PK\x03\x04" + data)
