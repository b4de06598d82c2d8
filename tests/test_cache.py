"""Values kept between runs, by the content of the files they were made from."""

import os
from pathlib import Path

import pytest

from legalcheck.cache import MOST_KEPT, cached


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LEGALCHECK_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.csv").write_text("one", "utf-8")
    return tmp_path


def _value(folder: Path) -> str:
    source = folder / "a.csv"
    return str(cached("test", [source], lambda: source.read_text("utf-8").upper()))


def test_what_was_made_is_not_made_again(folder: Path) -> None:
    assert _value(folder) == "ONE"
    assert cached("test", [folder / "a.csv"], lambda: pytest.fail("made again")) == "ONE"


def test_a_file_written_anew_with_the_same_content_changes_nothing(folder: Path) -> None:
    assert _value(folder) == "ONE"
    (folder / "a.csv").write_text("one", "utf-8")
    os.utime(folder / "a.csv", (1, 1))
    assert cached("test", [folder / "a.csv"], lambda: pytest.fail("made again")) == "ONE"


def test_other_content_of_the_same_size_and_time_is_seen(folder: Path) -> None:
    source = folder / "a.csv"
    os.utime(source, (1, 1))
    assert _value(folder) == "ONE"
    source.write_text("two", "utf-8")
    os.utime(source, (1, 1))
    assert _value(folder) == "TWO"


def test_a_damaged_cache_is_made_anew(folder: Path) -> None:
    assert _value(folder) == "ONE"
    for path in (folder / "cache").iterdir():
        path.write_bytes(b"\xff{")
    assert _value(folder) == "ONE"
    assert _value(folder) == "ONE"


def test_no_more_than_a_few_values_are_kept(folder: Path) -> None:
    for number in range(MOST_KEPT + 4):
        (folder / "a.csv").write_text(str(number), "utf-8")
        assert _value(folder) == str(number)
    assert len(list((folder / "cache").glob("*.msgpack"))) == MOST_KEPT
    assert len(list((folder / "cache").glob("*.digest"))) == MOST_KEPT


def test_a_folder_that_cannot_be_written_does_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGALCHECK_CACHE", str(folder / "a.csv" / "below"))
    assert _value(folder) == "ONE"
    monkeypatch.setenv("LEGALCHECK_CACHE", "")
    assert _value(folder) == "ONE"
