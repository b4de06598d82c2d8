"""What a person who hardly knows a terminal gets wrong, and the sentence that puts it right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from legalcheck.cli.app import COMMANDS


def test_a_name_without_its_suffix_is_completed(run, make_draft) -> None:
    make_draft("办法", name="送审稿.docx")
    for command in (["review"], ["text"]):
        result = run(*command, "送审稿")
        assert result.code == 2
        assert "是否指“送审稿.docx”？" in result.err


def test_a_mistyped_name_is_answered_with_the_like_one(run, make_draft) -> None:
    make_draft("办法", name="送审稿.docx")
    assert "是否指“送审稿.docx”？" in run("review", "送审搞.docx").err
    for other in ("完全另一个名字.docx", "甲.docx"):
        assert "是否指" not in run("review", other).err


def test_a_file_in_the_place_of_a_command(run, unlawful: Path) -> None:
    assert f"legalcheck review {unlawful.name}" in run(unlawful.name).err


def test_a_mistyped_command(run) -> None:
    assert "是否要用 review？" in run("reveiw").err
    assert "可用的有 review、" in run("全部").err


@pytest.mark.parametrize("written", ["2019年6月30日", "2019.6.30", "2019/06/30", "2019-6-30", "20190630"])
def test_a_day_is_understood_as_people_write_it(run, unlawful: Path, written: str) -> None:
    assert "审查基准日 2019-06-30" in run("review", unlawful, "--as-of", written).out


@pytest.mark.parametrize("written", ["2019年6月31日", "6月30日", "昨天"])
def test_what_is_no_day_is_refused(run, unlawful: Path, written: str) -> None:
    result = run("review", unlawful, "--as-of", written)
    assert result.code == 2
    assert f"{written} 不是日期" in result.err


def test_a_number_that_is_none(run, unlawful: Path) -> None:
    result = run("record", "step", unlawful, "延期", "--by", "赵正", "--days", "五")
    assert result.err == "错误：选项 --days 后面应当是整数；用法见 legalcheck record step --help。\n"


def test_a_name_without_the_record_is_no_silent_nothing(run, unlawful: Path) -> None:
    result = run("review", unlawful, "--by", "王敏")
    assert result.code == 2
    assert "--record" in result.err


def test_what_word_leaves_beside_an_open_file_is_no_draft(run, tmp_path: Path) -> None:
    (tmp_path / "~$送审稿.docx").write_bytes(b"\x05admin".ljust(162, b"\0"))
    assert "请关闭 Word" in run("review", "~$送审稿.docx").err


@pytest.mark.parametrize("command", [*COMMANDS, "record step", "record show", "record diff", "rules new"])
def test_no_help_page_has_an_english_placeholder(run, command: str) -> None:
    page = run(*command.split(), "--help").out
    assert not re.search(r"\b(DRAFT|FILE|NAME|DATE|RULE|STEP|TEXT|SOURCE|OLD|required|default)\b", page)


@pytest.mark.parametrize(
    "line",
    ["name = “李雷”", 'name ＝ "李雷"', 'roles = ["起草"，"审核"]', 'roles = ［"起草"］'],
    ids=["quotes", "=", ",", "["],
)
def test_full_width_signs_in_the_configuration_are_named(run, unlawful: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "legalcheck.toml").write_text(f"[[people]]\n{line}\n", "utf-8")
    result = run("review", unlawful)
    assert result.code == 2
    assert "第 2 行用了中文的引号" in result.err


def test_a_blank_beside_a_name_in_the_roster_makes_no_other_person(run, unlawful: Path, tmp_path: Path) -> None:
    (tmp_path / "legalcheck.toml").write_text('[[people]]\nname = "李雷 "\nunit = "办"\nroles = ["起草"]\n', "utf-8")
    assert run("record", "step", unlawful, "送审", "--by", "李雷").code == 0


def test_a_file_that_is_no_export_is_blamed_and_not_the_ledger(run, unlawful: Path, tmp_path: Path) -> None:
    result = run("record", "import", unlawful)
    assert result.code == 2
    assert f"{unlawful} 不是 UTF-8 编码的文字" in result.err
    assert not (tmp_path / ".legalcheck" / "ledger.db").exists()


def test_a_recorded_review_goes_by_the_law_of_the_day(run, unlawful: Path) -> None:
    assert "不能用 --as-of" in run("review", unlawful, "--record", "--by", "王敏", "--as-of", "2026-01-01").err
