"""Reading a folder of submitted materials."""

from pathlib import Path

import docx
import pytest

from legalcheck.document.package import Material
from legalcheck.errors import UsageError
from legalcheck.review.package import read_package


def write(path: Path, *lines: str) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


def test_the_draft_and_the_materials_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "办法（送审稿）.docx", "县集市管理办法", "第一条 商户应当亮证经营。")
    write(tmp_path / "附件.docx", "起草说明", "向社会征求意见，收到意见三条，采纳两条。")
    (tmp_path / "公平竞争审查表.pdf").write_bytes(b"%PDF-")
    (tmp_path / "~$办法（送审稿）.docx").write_bytes(b"")
    scans = tmp_path / "部门会签意见"
    scans.mkdir()
    (scans / "001.jpg").write_bytes(b"")
    package = read_package(tmp_path)
    assert package.draft == "办法（送审稿）.docx"
    assert package.has(Material.EXPLANATION)
    assert package.has(Material.FAIR_COMPETITION)
    assert package.has(Material.COUNTERSIGN)
    assert package.mentions(Material.CONSULTATION)
    assert not package.has(Material.CONSULTATION)
    assert len(package.files) == 4


def test_a_sole_unnamed_docx_is_the_draft(tmp_path: Path) -> None:
    write(tmp_path / "县集市管理办法.docx", "县集市管理办法", "第一条 商户应当亮证经营。")
    assert read_package(tmp_path).draft == "县集市管理办法.docx"


def test_without_a_draft_the_error_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "起草说明.pdf").write_bytes(b"")
    with pytest.raises(UsageError, match="没有送审稿"):
        read_package(tmp_path)


def test_two_drafts_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "甲办法（送审稿）.docx", "甲办法")
    write(tmp_path / "乙办法（送审稿）.docx", "乙办法")
    with pytest.raises(UsageError, match="2 个文件可能是送审稿"):
        read_package(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是文件夹"):
        read_package(tmp_path / "没有")
