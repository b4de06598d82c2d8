"""What a sweep writes and says."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import pytest
from documents import DAY, Sweep, write

from legalcheck.cli import run as command

NASTY = "=HYPERLINK(\"http://x\")<script>alert('一')</script>"


@pytest.fixture
def run(folder: Path, tmp_path: Path, run_sweep: Sweep) -> Path:
    write(folder, {"=cmd.txt": (NASTY, "第一条 申请人应当提交村民委员会出具的无犯罪记录证明。")})
    run_sweep(folder, tmp_path / "run")
    return tmp_path / "run"


def test_no_cell_is_a_formula(run: Path) -> None:
    for name in ("documents.csv", "findings.csv"):
        with (run / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert any(cell.startswith("'=") for row in rows for cell in row)
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    with zipfile.ZipFile(run / "report.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == 6
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_the_page_is_whole_and_escapes_what_documents_say(run: Path) -> None:
    page = (run / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    for words in (
        "建议废止（失效）",
        "按制定机关",
        "最需要处理的法规",
        "无犯罪记录证明",
        "已被《青石镇集市管理办法》废止",
    ):
        assert words in page


def test_the_command_sums_up_and_ends_as_it_should(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["sweep", str(folder), "-o", "run", "--as-of", DAY.isoformat(), "--jobs", "1"]
    assert command(asked) == 1
    said = capfd.readouterr()
    assert "共 9 份文件，按 2026-11-23 有效的法律、法规审查" in said.out
    assert "《中华人民共和国合同法》：1 份文件 1 处，现行的是《中华人民共和国民法典》" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    assert said.err == ""
    (folder / "便民服务办法.docx").unlink()
    (folder / "市场管理规定.txt").write_text("青石镇市场管理规定\n第一条 摊位费每月一百元。", encoding="utf-8")
    assert command([*asked[:3], "new", *asked[4:], "--since", "run"]) == 1
    said = capfd.readouterr()
    assert "移除文件 1，修改过的文件 1" in said.out
    with (tmp_path / "new" / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["路径"], row["变化"]) for row in rows} >= {("便民服务办法.docx", "移除文件")}
    assert all(row["原因"] == "文件已修改" for row in rows if row["路径"] == "市场管理规定.txt")
    kept = tmp_path / "kept"
    write(kept, {"a.txt": ("青石镇关于整治环境卫生的通告", "请自觉维护环境卫生。")})
    assert command(["sweep", str(kept), "-o", "kept-run", "--jobs", "1"]) == 0
    assert command(["sweep", str(kept), "-o", "kept-run", "--since", "kept-run"]) == 2
    assert command(["sweep", str(kept), "--address", "auto"]) == 2
    assert command(["sweep", "没有的文件夹"]) == 2
