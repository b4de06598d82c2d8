"""Annotated copies of whole files: of the project's shared drafts, and as LibreOffice opens them."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotation import SOFFICE, check, plant, shown_by_libreoffice

import legalcheck
from legalcheck.document import read
from legalcheck.errors import DocumentError
from legalcheck.reports.annotate import annotate

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FOREIGN = 200

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data do not lie beside the repository")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


@needs_data
@pytest.mark.parametrize("path", sorted((DATA / "drafts").glob("*.docx")), ids=lambda path: path.stem)
def test_planted_findings_lie_on_their_words_in_every_draft(path: Path) -> None:
    data = path.read_bytes()
    report = plant(read(data), path.name, 30)
    assert check(report, data, annotate(report, data).data).wrong == []


@needs_data
def test_planted_findings_lie_on_their_words_in_files_of_other_projects() -> None:
    wrong: dict[str, list[str]] = {}
    done = 0
    for path in sorted((DATA / "docx").glob("*.docx")):
        data = path.read_bytes()
        try:
            report = plant(read(data), path.name)
            copy = annotate(report, data).data
        except DocumentError:  # damaged, signed or without a body
            continue
        verdict = check(report, data, copy)
        if verdict.wrong:
            wrong[path.name] = verdict.wrong
        done += 1
        if done == FOREIGN:
            break
    assert wrong == {}
    assert done == FOREIGN


@needs_libreoffice
def test_libreoffice_opens_the_example_and_shows_every_comment(tmp_path: Path) -> None:
    example = ROOT / "examples" / "draft.docx"
    report = legalcheck.review(example)
    assert report.findings
    copy = annotate(report, example.read_bytes()).data
    planted = plant(report.draft, 1, 40)
    other = annotate(planted, example.read_bytes()).data
    assert shown_by_libreoffice([copy, other], tmp_path) == [len(report.findings), len(planted.findings)]


@needs_data
@needs_libreoffice
def test_libreoffice_shows_every_comment_in_every_draft(tmp_path: Path) -> None:
    copies: list[bytes] = []
    expected: list[int | None] = []
    for path in sorted((DATA / "drafts").glob("*.docx")):
        data = path.read_bytes()
        report = plant(read(data), path.name)
        copies.append(annotate(report, data).data)
        expected.append(len(report.findings))
    assert shown_by_libreoffice(copies, tmp_path) == expected
