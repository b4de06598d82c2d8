from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from legalcheck import ConfigError, Rank
from legalcheck.config import find, load


def write(folder: Path, text: str) -> Path:
    path = folder / "legalcheck.toml"
    path.write_text(text, "utf-8")
    return path


def test_all_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    path = write(
        tmp_path,
        '[review]\npacks = ["basis"]\nselect = ["BASIS"]\nignore = ["BASIS-008"]\nfail_on = "blocking"\n'
        'as_of = 2026-11-23\nlevel = "dept_rule"\n[packs]\nfolders = ["rules"]\n',
    )
    config = load(path)
    assert config.review.packs == ("basis",)
    assert config.review.fail_on == "blocking"
    assert config.review.as_of == date(2026, 11, 23)
    assert config.review.level is Rank.DEPT_RULE
    assert config.packs.folders == (tmp_path / "rules",)


def test_the_nearest_file_above_the_draft_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "office" / "2026"
    deep.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    outer = write(tmp_path, "")
    assert find(deep / "draft.docx") == outer
    inner = write(tmp_path / "office", "")
    assert find(deep / "draft.docx") == inner
    assert find(Path("draft.docx")) == outer


def test_the_working_folder_counts_for_a_draft_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    monkeypatch.chdir(here)
    path = write(here, "")
    assert find(there / "draft.docx") == path


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[reveiw]\n", 1, "review"),
        ("\n[review]\n\n# 说明\nfailon = 'major'\n", 5, "review.failon"),
        ("review.packs = 'basis'\n", 1, "列表"),
        ("[review]\npacks = [\n  'basis',\n  3,\n]\nlevel = 'law'\n", 2, "review.packs"),
        ("[review]\nfail_on = 'fatal'\n", 2, "blocking、major、minor、never"),
        ("[review]\nselect = []\nlevel = '法律'\n", 3, "normative"),
        ("[review]\nas_of = 20261123\n", 2, "2026-11-23"),
        ("[review]\nas_of = 2026-11-23T10:00:00\n", 2, "2026-11-23"),
        ("[packs]\nfolders = ['没有']\n", 2, "没有"),
        ("review = 1\n", 1, "[review]"),
        ("[review]\nselect = ['CERT]\n", 2, "TOML"),
        ("[review]\nselect = []\nselect = ['CERT']\n", 3, "重复"),
        ("[review]\nignore = ['''\nCERT\n''']\nx = 1\n", 5, "review.x"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert f"{path} 第 {line} 行" in str(caught.value)
    assert words in str(caught.value)


def test_other_encodings_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "legalcheck.toml"
    path.write_bytes("# 说明".encode("gbk"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "legalcheck.toml"
    path.write_bytes(b"\xef\xbb\xbf[review]\nfail_on = 'never'\n")
    assert load(path).review.fail_on == "never"
