"""Reading .doc, .odt and .rtf through LibreOffice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from legalcheck.document import read
from legalcheck.document.convert import convert, program
from legalcheck.errors import DocumentError, UnsupportedFormatError

needs_libreoffice = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\uc0 \u31532\u19968\u26465  \u30002\u12290\par}"


@needs_libreoffice
def test_an_rtf_file_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "-草案.rtf"
    path.write_bytes(RTF)
    assert read(convert(path)).text == "第一条 甲。"
    assert list(tmp_path.iterdir()) == [path]


@needs_libreoffice
def test_a_damaged_file_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(b"PK\x03\x04" + os.urandom(500))
    with pytest.raises(DocumentError):
        read(convert(path))


def fake(tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("LEGALCHECK_SOFFICE", str(path))


@pytest.mark.skipif(os.name != "posix", reason="needs a shell script as LibreOffice's stand-in")
def test_a_conversion_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, "sleep 600 & wait", monkeypatch)
    path = tmp_path / "a.doc"
    path.write_bytes(b"x")
    with pytest.raises(DocumentError, match="中止"):
        convert(path, seconds=0.3)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell script as LibreOffice's stand-in")
def test_a_conversion_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, "exit 1", monkeypatch)
    path = tmp_path / "a.wps"
    path.write_bytes(b"x")
    with pytest.raises(DocumentError, match="未能转换"):
        convert(path)


def test_without_libreoffice_the_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGALCHECK_SOFFICE", str(tmp_path / "nothing"))
    path = tmp_path / "a.doc"
    path.write_bytes(b"x")
    with pytest.raises(UnsupportedFormatError, match="LibreOffice"):
        convert(path)


def test_other_suffixes_and_missing_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(UnsupportedFormatError):
        convert(path)
    with pytest.raises(DocumentError, match="找不到"):
        convert(tmp_path / "b.doc")
