"""The published pre-commit hook, run as another repository runs it, without a network.

pre-commit clones this repository, makes an environment of its own and installs the clone with pip. Only that last
step would ask a package index, for hatchling and the dependencies: pip is told to take both from this environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import docx
import pytest

ROOT = Path(__file__).parents[1]
PUBLISHED = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "corpora", "pyproject.toml", "rules", "src")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="pre-commit 需要 git")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    identity = {f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PIP_"))}
    return {
        **inherited,
        **identity,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LEGALCHECK_CACHE": "",
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # in a variable, pip reads this as: no isolation
        "PYTHONPATH": sysconfig.get_path("purelib"),
    }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """This repository as it stands, as a git repository with one commit."""
    folder = tmp_path_factory.mktemp("legalcheck")
    for name in PUBLISHED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, folder / name)
    _commit_all(folder, environment)
    return folder


@pytest.fixture
def office(tmp_path: Path, published: Path, environment: dict[str, str]) -> Path:
    """A repository of drafts that uses the hook."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    revision = _git(published, environment, "rev-parse", "HEAD").strip()
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {published}\n  rev: {revision}\n  hooks:\n  - id: legalcheck\n", "utf-8"
    )
    return folder


def test_the_hook_stops_an_unlawful_draft_and_lets_a_lawful_one_pass(office: Path, environment: dict[str, str]) -> None:
    _draft(office / "救助办法.docx", "第二条 申请人应当提交村民委员会出具的无犯罪记录证明。")
    (office / "~$救助办法.docx").write_bytes(b"lock file of Word")
    (office / "说明.txt").write_text("应当提交村民委员会出具的无犯罪记录证明。", "utf-8")
    _commit_all(office, environment)
    stopped = _run_hook(office, environment)
    assert stopped.returncode == 1, stopped.stdout
    assert "CERT-001" in stopped.stdout
    assert "错误" not in stopped.stdout

    _draft(office / "救助办法.docx", "第二条 不得要求申请人提交村民委员会出具的亲属关系证明。")
    _commit_all(office, environment)
    passed = _run_hook(office, environment)
    assert passed.returncode == 0, passed.stdout


def _run_hook(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def _draft(path: Path, provision: str) -> None:
    document = docx.Document()
    document.add_paragraph("青石镇临时救助办法")
    document.add_paragraph("第一条 为了规范临时救助，根据《社会救助暂行办法》，制定本办法。")
    document.add_paragraph(provision)
    document.save(str(path))


def _commit_all(folder: Path, environment: dict[str, str]) -> None:
    if not (folder / ".git").exists():
        _git(folder, environment, "init", "-q")
    _git(folder, environment, "add", "-A")
    _git(folder, environment, "commit", "-q", "-m", "drafts")


def _git(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
