"""The shipped statute catalogue: look-up, history, soundness, and that every ground of the domain resolves."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from legalcheck.corpora.statutes import Provenance, Standing, StatuteLevel, Store, catalogue, title_key
from legalcheck.corpora.statutes.report import check, show, status
from legalcheck.corpora.statutes.store import write
from legalcheck.errors import CorpusError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("《中华人民共和国行政处罚法》", "中华人民共和国行政处罚法"),
        ("行政处罚法", "中华人民共和国行政处罚法"),
        ("地方组织法", "中华人民共和国地方各级人民代表大会和地方各级人民政府组织法"),
        ("行政处罚法（2021年修订）", "中华人民共和国行政处罚法"),
        ("国务院令第722号", "优化营商环境条例"),
        ("中华人民共和国国务院令第722号", "优化营商环境条例"),
        ("关于取消非行政许可审批事项的决定", "国务院关于取消非行政许可审批事项的决定"),
    ],
)
def test_a_statute_is_found_by_title_short_title_and_number(name: str, title: str) -> None:
    found = catalogue().find(name)
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    "number",
    [
        *("国发〔2015〕27号", "国办发〔2018〕37号", "国办发〔2018〕115号", "国办发〔2018〕118号", "国办发〔2018〕47号"),
        *("民发〔2020〕20号", "公通字〔2016〕21号", "教政法厅〔2016〕2号", "国办发〔2020〕49号", "国办发〔2020〕42号"),
        *("国发〔2021〕7号", "国办发〔2022〕2号", "国办发〔2024〕54号", "国发〔2015〕57号", "国发〔2013〕39号"),
        *("国办发〔2004〕62号", "国发〔2014〕16号", "中办发〔2012〕14号", "法工委发〔2009〕62号", "公通字〔2021〕19号"),
        *(
            "国务院令第412号",
            "国务院令第713号",
            "国务院令第783号",
            "国务院令第804号",
            "GB/T 9704—2012",
            "GB/T 15834—2011",
        ),
    ],
)
def test_every_number_the_rules_rest_on_resolves(number: str) -> None:
    assert catalogue().find(number) is not None


def test_what_was_not_seen_is_marked_as_memory() -> None:
    found = catalogue().find("国办发〔2015〕96号")
    assert found is not None
    assert found.provenance is Provenance.MEMORY


def test_the_shipped_catalogue_is_sound() -> None:
    assert check() == ()


def test_a_title_key_leaves_out_what_writers_vary() -> None:
    key = title_key("中华人民共和国行政处罚法")
    assert key == "行政处罚法"
    assert {
        title_key(t) for t in ("行政处罚法（2021年修订）", " 行政处罚法", "中华人民共和国行政处罚法(2017年修正)")
    } == {key}
    assert title_key("关于执行《中华人民共和国刑法》的规定") == title_key("关于执行〈刑法〉的规定")


def test_the_history_of_a_statute_ends_with_its_repeal() -> None:
    history = show("合同法", TODAY)
    assert history is not None
    assert history.standing is Standing.REPEALED
    assert history.events[-1].day == date(2021, 1, 1)
    assert "民法典" in history.events[-1].text
    assert show("合同法", date(2015, 1, 1)).standing is Standing.IN_FORCE  # type: ignore[union-attr]
    assert show("没有这部法", TODAY) is None


def test_the_version_that_counts_depends_on_the_day() -> None:
    law = catalogue().find("中华人民共和国保守国家秘密法")
    assert law is not None
    current, older = law.version(TODAY), law.version(date(2012, 1, 1))
    assert current is not None
    assert current.current
    assert older is not None
    assert older.articles == 53


def test_the_layout_of_an_article_counts_paragraphs_and_items() -> None:
    found = catalogue().find("公平竞争审查条例")
    assert found is not None
    assert found.layout((8, 0)) == (5,)
    assert found.layout((3, 0)) == (0, 0)
    assert found.layout((99, 0)) == ()


def test_status_tells_age_and_warns_when_data_is_old() -> None:
    now = status(TODAY)
    assert now.records > 3700
    assert now.newest == date(2026, 10, 4)
    assert now.age == 50
    assert dict(now.levels)[StatuteLevel.LOCAL_REGULATION] == 1888
    assert any("超过一年" in text for text in status(date(2027, 12, 1)).warnings)


def test_one_title_is_looked_up_without_reading_the_whole_catalogue() -> None:
    probe = (
        "from legalcheck.corpora.statutes import catalogue, store\n"
        "calls = []\n"
        "decode = store.decode\n"
        "store.decode = lambda line: calls.append(1) or decode(line)\n"
        "assert catalogue().find('优化营商环境条例').articles == 72\n"
        "assert len(calls) == 1, len(calls)\n"
        "import sys\n"
        "assert 'rapidfuzz' not in sys.modules and 'lxml' not in sys.modules and 'sqlite3' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_a_written_catalogue_reads_back_and_is_the_same_twice(tmp_path: Path) -> None:
    records = [
        {"id": "b", "title": "乙条例", "level": "law", "numbers": ["国务院令第1号"]},
        {"id": "a", "title": "甲办法（试行）", "level": "normative", "short_titles": ["甲法"]},
    ]
    write(tmp_path / "one.jsonl", records)
    write(tmp_path / "two.jsonl", reversed(records))
    for suffix in (".jsonl", ".idx"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    store = Store(tmp_path / "one.jsonl")
    assert [found.title for found in store] == ["甲办法（试行）", "乙条例"]
    for key in ("甲办法(试行)", "甲办法", "甲法"):
        assert [found.id for found in store.lookup(key)] == ["a"]
    assert [found.id for found in store.lookup("#国务院令1")] == ["b"]


@pytest.mark.parametrize("titles", [(), ("甲法",), ("甲法", "甲法实施条例", "乙法"), ("A法", "甲法", "𠀀法")])
def test_each_key_of_an_index_is_found_and_no_other(tmp_path: Path, titles: tuple[str, ...]) -> None:
    path = tmp_path / "x.jsonl"
    write(path, [{"id": str(at), "title": title, "level": "law"} for at, title in enumerate(titles)])
    store = Store(path)
    assert sorted(store.all_keys()) == [*store.all_keys()] == sorted(map(title_key, titles))
    assert [one.title for title in titles for one in store.lookup(title_key(title))] == [*titles]
    assert not any(key in store for key in ("", "法", "甲", "甲法实施", "甲法\t0", "~", "\U0001f600", "\ud800", 1))


def test_an_index_that_does_not_fit_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    write(path, [{"id": "a", "title": "甲法", "level": "law"}])
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(CorpusError, match="索引不一致"):
        Store(path).lookup("甲法")
    with pytest.raises(CorpusError, match="无法读取"):
        Store(tmp_path / "none.jsonl").lookup("甲法")
    write(path, [{"id": "a", "title": "甲法", "level": "law"}])
    index = path.with_suffix(".idx")
    whole = index.read_bytes()
    for damaged in (whole[:-1], whole.replace(b"\t", b""), whole + b"\n"):
        index.write_bytes(damaged)
        with pytest.raises(CorpusError, match="已损坏"):
            Store(path).lookup("甲法")
    index.write_bytes(whole.replace("甲".encode(), b"\xff"))
    with pytest.raises(CorpusError, match="无法读取"):
        Store(path).lookup("甲法")
