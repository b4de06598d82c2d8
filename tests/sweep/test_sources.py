"""Folders, manifests and URLs."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import DOCUMENTS, Sweep, records, reports

from legalcheck.errors import UsageError
from legalcheck.sweep.sources import Entry, entries

HEAD = "路径,制定机关,年份,标题,备注\n"


def manifest(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "清单.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_manifest_may_be_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    source = manifest(tmp_path, HEAD + "甲/一.docx,青石镇人民政府,2021年,《办法》,x\n\n二.txt,,,,\n", encoding)
    assert list(entries(source)) == [
        Entry("甲/一.docx", str(tmp_path / "甲/一.docx"), "办法", "青石镇人民政府", "", 2021),
        Entry("二.txt", str(tmp_path / "二.txt")),
    ]


@pytest.mark.parametrize("mark", ["\t", ";", "，"])
def test_a_manifest_may_part_its_columns_in_other_ways(tmp_path: Path, mark: str) -> None:
    source = manifest(tmp_path, f"文号{mark}path\n青府发〔2020〕1号{mark}a.docx\n")
    assert [(one.path, one.number) for one in entries(source)] == [("a.docx", "青府发〔2020〕1号")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名称,年份\nx,2020\n", "第 1 行没有“路径”列（现有的列：名称、年份）"),
        (HEAD + "a.docx,,,,\n,,2020,,\n", "第 3 行没有写明文件路径"),
        (HEAD + "a.docx,,,,\nb.docx,,,,\na.docx,,,,\n", "第 4 行：a.docx 与第 2 行重复"),
        (HEAD + "a.docx,,去年,,\n", "第 2 行的年份“去年”无效"),
        (HEAD + 'a.docx,"没有闭合,,,\n', "不是有效的 CSV"),
        (HEAD, "没有文件"),
        ("", "没有文件"),
    ],
)
def test_a_mistake_in_a_manifest_is_told_with_its_line(tmp_path: Path, run_sweep: Sweep, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run_sweep(manifest(tmp_path, text), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_bytes(b"\x81\x20\xff\xff\x00")
    with pytest.raises(UsageError, match="编码无法识别"):
        list(entries(str(tmp_path / "清单.csv")))


def test_what_a_manifest_says_counts_more_than_what_was_read(folder: Path, run_sweep: Sweep) -> None:
    text = HEAD + "便民服务办法.docx,青石镇,2019,便民办法,\n没有.docx,,,,\n集市管理办法.txt,,,,\n"
    run = folder.parent / "run"
    run_sweep(manifest(folder, text), run)
    found = records(run)
    assert list(found) == ["便民服务办法.docx", "没有.docx", "集市管理办法.txt"]  # in its order
    first = found["便民服务办法.docx"]
    assert (first["issuer"], first["year"], first["title"]) == ("青石镇", 2019, "便民办法")
    assert found["没有.docx"]["state"] == "unreadable"
    assert found["没有.docx"]["error"] == "找不到文件“没有.docx”；请检查路径和文件名。"
    assert found["集市管理办法.txt"]["title"] == "青石镇集市管理办法"
    changed = text.replace("青石镇,2019", "青石镇人民政府,2019")
    assert run_sweep(manifest(folder, changed), run) == ["没有.docx"]  # facts of the manifest need no new review
    assert records(run)["便民服务办法.docx"]["issuer"] == "青石镇人民政府"


def test_a_url_gives_what_its_folder_gives(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    pytest.importorskip("fsspec")
    run_sweep(folder, tmp_path / "folder")
    run_sweep(f"file://{folder}", tmp_path / "url")
    by_folder, by_url = records(tmp_path / "folder"), records(tmp_path / "url")
    assert {path: record for path, record in by_url.items() if record["state"] == "reviewed"} == {
        path: record for path, record in by_folder.items() if record["state"] == "reviewed"
    }
    assert set(by_url) == {*DOCUMENTS, "broken.docx", "旧版.doc"}


def test_a_manifest_behind_a_url_names_its_neighbours(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    pytest.importorskip("fsspec")
    source = manifest(folder, HEAD + "便民服务办法.docx,,,,\n")
    run_sweep(source, tmp_path / "path")
    run_sweep(f"file://{source}", tmp_path / "url")
    assert reports(tmp_path / "path") == reports(tmp_path / "url")


def test_a_url_nobody_knows_is_told(tmp_path: Path, run_sweep: Sweep) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(UsageError, match="无法使用网址"):
        run_sweep("nosuch://bucket/docs", tmp_path / "run")
