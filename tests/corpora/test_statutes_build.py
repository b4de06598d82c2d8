"""The catalogue is made from the data set and the hand-kept additions, and says what is from memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from legalcheck.corpora.location import data_root
from legalcheck.corpora.statutes import build
from legalcheck.corpora.statutes.store import write

DATA = Path(__file__).parents[3] / "shared" / "data"
NATIONAL: dict[str, Any] = {
    "id": "law-a",
    "title": "中华人民共和国甲乙法",
    "short_titles": ["甲乙法"],
    "level": "法律",
    "issuer": "全国人民代表大会",
    "document_number": "国务院令第9号",
    "document_number_basis": "recall",
    "document_numbers_complete": False,
    "promulgated": "2001-01-01",
    "effective": "2001-03-01",
    "first_effective": "2001-03-01",
    "version_date": "2001-01-01",
    "amendments": [],
    "status": "repealed",
    "repealed_on": "2010-01-01",
    "repealed_by": "丙丁法",
    "repeal_source": "recall",
    "articles": 2,
    "previous_versions": [],
    "as_of": None,
    "verified": True,
    "source": ["github:LawRefBook/Laws@2f4c5c2:甲/乙.md"],
}
LOCAL = {
    **NATIONAL,
    "id": "loc-b",
    "title": "某市戊己条例",
    "level": "地方性法规",
    "status": "in_force",
    "repealed_on": None,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statutes.jsonl").write_text(json.dumps(NATIONAL) + "\n", "utf-8")
    (tmp_path / "statutes_local.jsonl").write_text(json.dumps(LOCAL | {"repealed_by": None}) + "\n", "utf-8")
    (tmp_path / "extra.jsonl").write_text(
        json.dumps({"id": "law-a", "title": NATIONAL["title"], "short_titles": ["甲法"]})
        + "\n"
        + json.dumps({"id": "ext-c", "title": "国务院关于印发庚辛计划的通知", "level": "state_council_document"})
        + "\n",
        "utf-8",
    )
    return tmp_path


def test_records_keep_their_provenance_and_caveats(folder: Path) -> None:
    law, local, extra = build.records(folder, folder / "extra.jsonl")
    assert law["repeal_provenance"] == "memory"
    assert law["numbers_complete"] is False
    assert law["numbers_recalled"] is True
    assert law["short_titles"] == ["甲乙法", "甲法"]
    assert law["source"] == ["LawRefBook@2f4c5c2"]
    assert local["provenance"] == "partly"
    assert extra["short_titles"] == ["关于印发庚辛计划的通知", "庚辛计划"]


def test_the_structure_of_articles_comes_from_texts_that_agree(folder: Path) -> None:
    found = build.records(folder, folder / "extra.jsonl")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "甲乙法(2001-01-01).md").write_text("中华人民共和国甲乙法\n第一条　甲。\n乙。\n第二条　丙。\n", "utf-8")
    assert build.add_structure(found, texts) == 1
    assert found[0]["structure"] == "0/0,0"
    (texts / "other").mkdir()
    (texts / "other" / "甲乙法(2001-01-01).md").write_text(
        "中华人民共和国甲乙法\n第一条　甲。\n第二条　丙。\n", "utf-8"
    )
    build.add_structure(found, texts)
    assert found[0]["structure"] == "?,0"


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data set (../shared/data) is not at hand")
def test_the_shipped_catalogue_is_what_the_data_gives(tmp_path: Path) -> None:
    corpora = data_root() / "corpora"
    found = build.records(DATA / "statutes", corpora / "statutes_extra.jsonl")
    build.add_structure(found, DATA / "laws_fulltext")
    write(tmp_path / "statutes.jsonl", found)
    for name in ("statutes.jsonl", "statutes.idx"):
        assert (tmp_path / name).read_bytes() == (corpora / name).read_bytes()
