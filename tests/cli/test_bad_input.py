"""Each kind of bad input: one Chinese sentence on standard error, exit code 2, nothing else."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def assert_one_sentence(result, *words: str) -> None:
    assert result.code == 2
    assert result.out == ""
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith("错误：")
    assert result.err.rstrip().endswith("。")
    for word in words:
        assert word in result.err, result.err


def _compound_file(*streams: str) -> bytes:
    """The least of an OLE compound file ([MS-CFB]): header, one FAT sector, one directory sector."""
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", *streams):
        encoded = name.encode("utf-16-le")
        entry = encoded + bytes(64 - len(encoded)) + struct.pack("<HBB", len(encoded) + 2, 5, 1)
        directory += entry + b"\xff" * 12 + bytes(128 - len(entry) - 12)
    return header + fat + directory.ljust(512, b"\0")


def test_a_missing_file(run, tmp_path: Path) -> None:
    assert_one_sentence(run("review", tmp_path / "没有.docx"), "没有.docx")


def test_a_word_97_file(run, tmp_path: Path) -> None:
    path = tmp_path / "旧稿.doc"
    path.write_bytes(_compound_file("WordDocument"))
    assert_one_sentence(run("review", path), "旧稿.doc", ".docx")


def test_an_encrypted_docx(run, tmp_path: Path) -> None:
    path = tmp_path / "加密.docx"
    path.write_bytes(_compound_file("EncryptionInfo", "EncryptedPackage"))
    assert_one_sentence(run("review", path), "加密.docx", "密")


def test_a_truncated_docx(run, unlawful: Path) -> None:
    unlawful.write_bytes(unlawful.read_bytes()[:2000])
    assert_one_sentence(run("review", unlawful), "draft.docx")


def test_an_empty_file(run, tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    path.touch()
    assert_one_sentence(run("review", path), "空.docx")


def test_a_folder(run, tmp_path: Path) -> None:
    folder = tmp_path / "送审稿"
    folder.mkdir()
    assert_one_sentence(run("review", folder), "送审稿", "文件夹")


def test_plain_text_named_docx(run, tmp_path: Path) -> None:
    path = tmp_path / "文本.docx"
    path.write_text("第一条 为了……", "utf-8")
    assert_one_sentence(run("review", path), "文本.docx")


@pytest.mark.parametrize("command", ["review", "text"])
def test_a_file_name_cannot_drive_the_terminal(run, tmp_path: Path, command: str) -> None:
    result = run(command, tmp_path / "\x1b[2J\u202e坏.docx")
    assert result.code == 2
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err


def test_an_unknown_pack(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--pack", "证书"), "证书", "certificates")


def test_an_unknown_rule(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--ignore", "CERTS-9"), "CERTS-9")


def test_a_broken_rule_file(run, unlawful: Path, tmp_path: Path) -> None:
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "name: own\ntitle: 本县规则\nversion: '1.0'\njurisdiction: 本县\nfooting: 本县规定\n", "utf-8"
    )
    (pack / "OWN-001.yaml").write_text("id: OWN-001\ntitle: 未写完\nseverity: fatal\n", "utf-8")
    (tmp_path / "legalcheck.toml").write_text('[packs]\nfolders = ["own"]\n', "utf-8")
    assert_one_sentence(run("review", unlawful), "OWN-001.yaml", "行")


def test_a_broken_configuration_names_file_and_line(run, unlawful: Path, tmp_path: Path) -> None:
    (tmp_path / "legalcheck.toml").write_text('[review]\nignore = ["CERT"\nfail_on = "major"\n', "utf-8")
    assert_one_sentence(run("review", unlawful), "legalcheck.toml 第 2 行")


def test_an_unknown_key_names_file_and_line(run, unlawful: Path, tmp_path: Path) -> None:
    (tmp_path / "legalcheck.toml").write_text('# 说明\n[review]\nfail-on = "major"\n', "utf-8")
    assert_one_sentence(run("review", unlawful), "legalcheck.toml 第 3 行", "review.fail-on", "fail_on")


def test_a_configuration_that_is_not_there(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--config", "x.toml"), "x.toml")


def test_a_date_that_is_none(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--as-of", "2026-02-30"), "--as-of", "2026-02-30")


def test_an_unknown_format(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--format", "xml"), "xml", "json")


def test_an_unknown_option_suggests_the_right_one(run, unlawful: Path) -> None:
    assert_one_sentence(run("review", unlawful, "--formt", "json"), "--formt", "--format")


def test_no_draft_at_all(run) -> None:
    assert_one_sentence(run("review"), "缺少参数 送审稿", "legalcheck review --help")


def test_an_unknown_command(run) -> None:
    assert_one_sentence(run("reviw"), "reviw", "review")


@pytest.mark.parametrize("target", ["没有/report.json", "folder", "draft.docx/report.json"])
def test_an_unwritable_output_is_refused_before_any_work(run, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "draft.docx").touch()
    # The draft is empty: were it read, the sentence would be about the draft.
    assert_one_sentence(run("review", tmp_path / "draft.docx", "-o", tmp_path / target), "无法写入")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="权限对 root 和 Windows 不起作用")
def test_an_output_folder_without_permission_is_refused(run, unlawful: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert_one_sentence(run("review", unlawful, "-o", locked / "report.txt"), "没有权限")


def test_the_draft_is_never_overwritten_by_its_report(run, unlawful: Path) -> None:
    before = unlawful.read_bytes()
    assert_one_sentence(run("review", unlawful, "-o", unlawful), "送审稿")
    assert unlawful.read_bytes() == before


def test_a_failed_write_leaves_the_old_report_and_nothing_else(
    run, unlawful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.txt"
    target.write_text("旧报告", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert_one_sentence(run("review", unlawful, "-o", target), "无法写入")
    assert target.read_text("utf-8") == "旧报告"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.docx", "report.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="这个系统没有 /dev/full")
@pytest.mark.parametrize("arguments", [["review", "--schema"], ["rules", "list"]])
def test_a_full_disk_behind_standard_output_is_a_sentence(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "legalcheck", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == "错误：无法完成读写（磁盘空间不足），请检查磁盘和权限后再试。\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "legalcheck", "review", "--schema"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert err == b""


@pytest.mark.skipif(os.name != "posix", reason="需要 POSIX 的命令解释器")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_error(unlawful: Path, closed: str) -> None:
    command = f'"$0" -m legalcheck review "$1" {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable, unlawful], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "出错" not in done.stdout + done.stderr
