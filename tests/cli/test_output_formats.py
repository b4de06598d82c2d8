"""Several formats in one run: where each goes, what contradicts itself, and that nothing is half written."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_bad_input import assert_one_sentence

from legalcheck.cli import deliver, output
from legalcheck.reports.formats import FORMATS
from legalcheck.reports.width import width


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_review_gives_every_format_at_once(run, unlawful: Path, tmp_path: Path) -> None:
    files = {name: tmp_path / f"out{form.suffixes[0]}" for name, form in FORMATS.items() if name != "text"}
    result = run("review", unlawful, *(f"--format={name}={file}" for name, file in files.items()), "--format", "text")
    assert (result.code, result.err) == (1, "")
    assert "▌第二条" in result.out
    assert names(tmp_path) == sorted(["draft.docx", *(file.name for file in files.values())])
    assert json.loads(files["json"].read_text("utf-8"))["results"][0]["status"] == "reviewed"
    assert json.loads(files["sarif"].read_text("utf-8"))["version"] == "2.1.0"
    assert files["xlsx"].read_bytes().startswith(b"PK")
    assert files["csv"].read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_format_alone_goes_to_the_screen_in_utf_8(run, unlawful: Path) -> None:
    for name, words in (
        ("markdown", "# 合法性审核结果"),
        ("sarif", '"columnKind"'),
        ("csv", "\ufeff文件"),
        ("junit", "<?xml"),
    ):
        result = run("review", unlawful, "--format", name)
        assert (result.code, result.err) == (1, "")
        assert words in result.out


@pytest.mark.parametrize(
    ("file", "words"),
    [("a.sarif", '"columnKind"'), ("a.md", "# 合法性"), ("a.xml", "<testsuites"), ("a.json", '"schema_version"')],
)
def test_the_suffix_of_the_output_file_names_the_format(
    run, unlawful: Path, tmp_path: Path, file: str, words: str
) -> None:
    assert run("review", unlawful, "-o", tmp_path / file).code == 1
    assert words in (tmp_path / file).read_text("utf-8")


@pytest.mark.parametrize("file", ["out", "out.txt", "-"])
def test_text_is_what_a_file_without_a_telling_suffix_gets(run, unlawful: Path, tmp_path: Path, file: str) -> None:
    result = run("review", unlawful, "-o", file)
    assert result.code == 1
    assert "▌第二条" in (result.out if file == "-" else (tmp_path / file).read_text("utf-8"))
    assert ("-" in names(tmp_path)) is False


def test_a_suffix_that_names_no_format_is_no_guess(run, unlawful: Path, tmp_path: Path) -> None:
    assert_one_sentence(run("review", unlawful, "-o", "结果.doc"), "结果.doc", "--format", "xlsx")
    assert_one_sentence(run("review", unlawful, "-o", "结果.docx"), "--annotate 结果.docx", "legalcheck opinion")
    assert run("review", unlawful, "--format", "text", "-o", "结果.log").code == 1
    assert "▌第二条" in (tmp_path / "结果.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "yaml"], ["没有 yaml", "sarif"]),
        (["--format", "json="], ["json=", "缺少文件名"]),
        (["--format", "json", "--format", "text"], ["屏幕", "json、text"]),
        (["--format", "json=-", "--format", "text"], ["屏幕", "json、text"]),
        (["--format", "json=a", "--format", "csv=b", "-o", "c"], ["-o", "一种格式"]),
        (["--format", "json=a.json", "-o", "b.json"], ["json=a.json", "-o b.json"]),
        (["--format", "json=a", "--format", "csv=a"], ["同一个文件 a"]),
        (["--format", "json=a", "--format", "csv=./x/../a"], ["同一个文件"]),
        (["--format", "json=draft.docx"], ["送审稿"]),
        (["--format", "json=没有/a.json"], ["没有/a.json", "文件夹不存在"]),
    ],
)
def test_what_contradicts_itself_is_refused_before_the_work(
    run, unlawful: Path, tmp_path: Path, arguments: list[str], words: list[str]
) -> None:
    (tmp_path / "x").mkdir()
    assert_one_sentence(run("review", "draft.docx", *arguments), *words)
    assert names(tmp_path) == ["draft.docx", "x"]


def test_two_names_of_one_file_are_the_same_file(run, unlawful: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("旧", "utf-8")
    os.link(tmp_path / "a", tmp_path / "b")
    (tmp_path / "c").symlink_to("a")
    for other in ("b", "c"):
        assert_one_sentence(run("review", unlawful, "--format", "json=a", "--format", f"csv={other}"), "同一个文件")
    assert (tmp_path / "a").read_text("utf-8") == "旧"


def test_a_workbook_is_not_for_a_terminal_but_for_a_pipe(run, unlawful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-m", "legalcheck", "review", unlawful, "--format", "xlsx"]
    piped = subprocess.run(command, capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (1, b"")
    assert piped.stdout.startswith(b"PK")

    monkeypatch.setattr(deliver, "sys", _Terminal)
    assert_one_sentence(run("review", unlawful, "--format", "xlsx"), "xlsx", "屏幕", "--format xlsx=结果.xlsx")


class _Terminal:
    class stdout:  # noqa: N801
        @staticmethod
        def isatty() -> bool:
            return True


def test_all_files_are_as_they_were_if_one_cannot_be_staged(
    run, unlawful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("旧", "utf-8")
    real, calls = os.fsync, []

    def full_disk(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(output.os, "fsync", full_disk)
    result = run("review", unlawful, "--format", "json=a.json", "--format", "csv=b.csv", "--format", "text")
    assert result.code == 2
    assert "▌第二条" in result.out  # the work is not lost
    assert result.err == "错误：无法写入 b.csv（磁盘空间不足），没有留下半成品，其他输出文件也没有写入。\n"
    assert names(tmp_path) == ["a.json", "draft.docx"]
    assert (tmp_path / "a.json").read_text("utf-8") == "旧"


def test_what_was_written_before_a_file_could_not_be_put_in_place_is_named(
    run, unlawful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def refuse_second(source: Path, target: Path) -> None:
        if target.name == "b.csv":
            raise OSError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(output.os, "replace", refuse_second)
    result = run("review", unlawful, "--format", "json=a.json", "--format", "csv=b.csv")
    assert (result.code, result.out) == (2, "")
    assert "b.csv（没有权限" in result.err
    assert "已经写好的有 a.json" in result.err
    assert names(tmp_path) == ["a.json", "draft.docx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="这个系统没有命名管道")
def test_a_named_pipe_gets_the_whole_report(unlawful: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "legalcheck", "review", unlawful, "--format", f"json={pipe}"]
    with subprocess.Popen(command) as process:
        text = pipe.read_text("utf-8")
    assert process.returncode == 1
    assert json.loads(text)["results"][0]["status"] == "reviewed"
    assert pipe.is_fifo()


def test_devices_may_be_named_twice(run, unlawful: Path) -> None:
    if not Path("/dev/null").exists():
        pytest.skip("这个系统没有 /dev/null")
    assert run("review", unlawful, "--format", "json=/dev/null", "--format", "csv=/dev/null").code == 1


def test_progress_is_told_on_standard_error_and_the_report_stays_clean(run, unlawful: Path, lawful: Path) -> None:
    plain = run("review", unlawful, lawful, "--format", "json")
    told = run("review", "-v", unlawful, lawful, "没有.docx", "--format", "json=-", "--format", "csv=a.csv")
    assert plain.err == ""
    assert told.code == 2
    assert told.err.splitlines() == [
        f"[1/3] {unlawful}",
        f"[2/3] {lawful}",
        "[3/3] 没有.docx",
        "错误：找不到文件“没有.docx”；请检查路径和文件名。",
        "已写入 a.csv",
    ]
    assert json.loads(told.out)["results"][:2] == json.loads(plain.out)["results"]


def test_a_terminal_gets_one_line_that_is_kept_up_to_date(unlawful: Path, make_draft) -> None:
    pty = pytest.importorskip("pty", reason="这个系统没有伪终端")
    other = make_draft("第一条 本办法自公布之日起施行。", name="名称很长的送审稿" * 8 + ".docx")
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "legalcheck", "review", "-v", unlawful, other, "--format", "json=a.json"]
    with subprocess.Popen(command, stderr=terminal):
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # Linux says so when the other side is closed
            while piece := os.read(controller, 65536):
                shown += piece
    os.close(controller)
    bar, written = shown.decode("utf-8").replace("\x1b[?25l", "").split("\x1b[?25h")
    assert "2/2" in bar
    assert "\n" not in bar
    assert max(width(state) for state in bar.split("\r")) < 80
    assert written.strip() == "已写入 a.json"


def test_a_person_at_a_terminal_is_told_which_files_were_written(unlawful: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="这个系统没有伪终端")
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "legalcheck", "review", unlawful, "-o", "结果.html", "--annotate", "批注稿.docx"]
    with subprocess.Popen(command, stderr=terminal):
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):
            while piece := os.read(controller, 65536):
                shown += piece
    os.close(controller)
    assert shown.decode("utf-8").split() == ["已写入", "结果.html", "已写入", "批注稿.docx"]
    assert (tmp_path / "批注稿.docx").exists()
