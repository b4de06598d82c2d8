from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from legalcheck.cli import run as run_command_line
from legalcheck.cli.options import _load


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]
MakeDraft = Callable[..., Path]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line, with its exit code and what it printed."""

    def run_command(*arguments: object) -> Result:
        _load.cache_clear()
        code = run_command_line([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8"), err.decode("utf-8"))

    return run_command


@pytest.fixture
def make_draft(tmp_path: Path) -> MakeDraft:
    """A .docx of the given paragraphs."""

    def make(*paragraphs: str, name: str = "draft.docx") -> Path:
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        document.save(str(path))
        return path

    return make


@pytest.fixture
def unlawful(make_draft: MakeDraft) -> Path:
    """A draft with one provision that no certificate rule lets pass."""
    return make_draft(
        "青石镇临时救助办法",
        "第一条 为了规范临时救助，根据《社会救助暂行办法》，制定本办法。",
        "第二条 申请人应当提交村民委员会出具的无犯罪记录证明。",
        "第三条 本办法自2027年1月1日起施行，有效期五年。",
    )


@pytest.fixture
def lawful(make_draft: MakeDraft) -> Path:
    """A draft that says nothing unlawful."""
    return make_draft(
        "青石镇便民服务办法",
        "第一条 为了方便群众办事，根据《优化营商环境条例》，制定本办法。",
        "第二条 镇便民服务中心不得要求申请人提交村民委员会出具的亲属关系证明。",
        "第三条 本办法自2027年1月1日起施行，有效期五年。",
        name="lawful.docx",
    )


@pytest.fixture(autouse=True)
def _quiet_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder without a legalcheck.toml above it, and a plain terminal."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "LEGALCHECK_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
