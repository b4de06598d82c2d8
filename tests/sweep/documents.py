"""A folder of documents as a county would have it, and sweeps of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from legalcheck.sweep.run import sweep
from legalcheck.sweep.settings import Settings
from legalcheck.sweep.work import Reply, Task, Work, review_batch

DAY = date(2026, 11, 23)

DOCUMENTS = {
    "救助/临时救助办法.docx": (
        "青石镇临时救助办法",
        "第一条 为了规范临时救助，根据《社会救助暂行办法》，制定本办法。",
        "第二条 申请人应当提交村民委员会出具的无犯罪记录证明。",
        "第三条 违反本办法的，依照《中华人民共和国行政处罚法》第九条的规定处理。",
        "第四条 本办法自2027年1月1日起施行，有效期五年。",
    ),
    "便民服务办法.docx": (
        "青石镇便民服务办法",
        "第一条 为了方便群众办事，根据《优化营商环境条例》，制定本办法。",
        "第二条 镇便民服务中心不得要求申请人提交村民委员会出具的亲属关系证明。",
        "第三条 本办法自2024年1月1日起施行，有效期五年。",
    ),
    "合同管理规定.txt": (
        "青石镇合同管理规定",
        "第一条 为了规范合同管理，根据《中华人民共和国合同法》，制定本规定。",
        "第二条 合同由镇党政办公室统一登记。",
        "第三条 本规定自2010年1月1日起施行。",
    ),
    "租赁管理办法.txt": (
        "青石镇房屋租赁管理办法",
        "第一条 为了加强房屋租赁管理，根据《城市房屋租赁管理办法》，制定本办法。",
        "第二条 出租人应当按照《中华人民共和国民法典》的规定订立合同。",
        "第三条 本办法自2004年5月1日起施行，有效期至2009年4月30日。",
    ),
    "集市管理办法.txt": (
        "青石镇集市管理办法",
        "第一条 为了加强集市管理，根据《优化营商环境条例》，制定本办法。",
        "第二条 经营者应当公平竞争。",
        "第三条 本办法自2025年3月1日起施行，《青石镇市场管理规定》同时废止。",
    ),
    "市场管理规定.txt": (
        "青石镇市场管理规定",
        "第一条 为了加强市场管理，根据《优化营商环境条例》，制定本规定。",
        "第二条 市场应当保持整洁。",
        "第三条 本规定自2020年3月1日起施行。",
    ),
    "工作报告.txt": ("关于2025年工作情况的报告", "县人民政府：", "现将2025年工作情况报告如下。"),
}


def write(folder: Path, documents: dict[str, Sequence[str]]) -> None:
    """Documents by path, .docx or .txt, a line each paragraph."""
    for name, lines in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".docx":
            document = docx.Document()
            for line in lines:
                document.add_paragraph(line)
            document.save(str(path))
        else:
            path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The documents above, and what is none of them."""
    made = tmp_path / "文件"
    write(made, DOCUMENTS)
    (made / "broken.docx").write_bytes(b"PK\x03\x04 no package")
    (made / "旧版.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (made / "~$便民服务办法.docx").write_bytes(b"lock")
    (made / "照片.jpg").write_bytes(b"\xff\xd8")
    return made


class Inline:
    """Workers that are this process, and what they were asked to do; `backwards` finishes the last batch first."""

    width = 4

    def __init__(self, settings: Settings, work: Work = review_batch, *, backwards: bool = False) -> None:
        self.settings, self.work, self.backwards = settings, work, backwards
        self.waiting: list[tuple[Task, ...]] = []
        self.reviewed: list[str] = []

    def submit(self, batch: tuple[Task, ...]) -> None:
        self.waiting.append(batch)

    def finished(self) -> Iterable[tuple[tuple[Task, ...], Reply | None]]:
        batch = self.waiting.pop(-1 if self.backwards else 0)
        reply = self.work(self.settings, batch)
        paths = {task.id: task.path for task in batch}
        self.reviewed += [paths[result.id] for result in reply.results if result.state]
        return [(batch, reply)]

    def share(self, calls: Sequence[Callable[[], object]]) -> None:
        for call in calls:
            assert call() is not None

    def close(self) -> None:
        self.waiting.clear()


Sweep = Callable[..., list[str]]


@pytest.fixture
def run_sweep() -> Sweep:
    """Sweep a source in this process; returns the paths that were reviewed, unchanged ones left out."""

    def run(source: Path | str, run: Path, *, as_of: date = DAY, **options: Any) -> list[str]:
        since = options.pop("since", None)
        backwards = options.pop("backwards", False)
        settings = Settings(as_of=as_of, **options)
        engine = Inline(settings, backwards=backwards)
        sweep(str(source), run, settings, lambda: engine, since=since)
        return engine.reviewed

    return run


def records(run: Path) -> dict[str, dict[str, Any]]:
    """The records of report.jsonl by path."""
    lines = (run / "report.jsonl").read_text("utf-8").splitlines()
    return {record["path"]: record for record in map(json.loads, lines)}


def dump(run: Path) -> list[str]:
    """All that the database of a run holds, whatever the order in which it was written."""
    database = sqlite3.connect(run / "sweep.sqlite")
    try:
        return sorted(database.iterdump())
    finally:
        database.close()


def reports(run: Path) -> dict[str, bytes]:
    """The reports of a run, by file name."""
    return {
        path.name: path.read_bytes() for path in run.iterdir() if path.suffix in (".html", ".xlsx", ".csv", ".jsonl")
    }
