"""The web page on the command line."""

from __future__ import annotations

from pathlib import Path


def test_the_page_goes_where_it_is_told(run, unlawful: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("review", unlawful, "--format", f"html={page}")
    assert (result.code, result.err) == (1, "")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "CERT-001" in page.read_text("utf-8")


def test_a_file_name_is_enough(run, lawful: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("review", lawful, "-o", page).code == 0
    assert "不能代替人工审核" in page.read_text("utf-8")


def test_a_draft_that_cannot_be_read_stands_on_the_page_with_the_others(run, lawful: Path, tmp_path: Path) -> None:
    broken, page = tmp_path / "broken.docx", tmp_path / "page.html"
    broken.write_bytes(b"no package")
    assert run("review", lawful, broken, "-o", page).code == 2
    assert "未能审查" in page.read_text("utf-8")
