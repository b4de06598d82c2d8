from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module

import pytest

import legalcheck
from legalcheck.cli.app import COMMANDS
from legalcheck.cli.options import LEVELS, THRESHOLDS
from legalcheck.config import ReviewTable
from legalcheck.rules.finding import Rank, Severity

PAGES = [[], ["review"], ["text"], ["rules"], ["rules", "list"], ["rules", "explain"], ["rules", "test"], ["init"]]


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_help_is_chinese_and_fits_the_terminal(run, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from legalcheck.reports.width import width

    monkeypatch.setenv("COLUMNS", "80")
    result = run(*command, "--help")
    assert result.code == 0
    assert result.out.startswith("用法：legalcheck")
    assert not re.search(r"Options|Usage|Show|exit|Commands", result.out)
    assert max(map(width, result.out.splitlines())) <= 80


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from legalcheck.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stderr.split())
    heavy = {"pydantic", "lxml", "docx", "yaml", "jieba", "re2", "rapidfuzz", "ahocorasick_rs", "json", "tomllib"}
    assert not heavy & loaded
    ours = {name for name in loaded if name.startswith("legalcheck.")}
    assert not {name for name in ours if name.split(".")[1] in ("document", "language", "rules", "review", "citations")}


def test_the_root_page_tells_what_each_command_says_of_itself() -> None:
    for module, summary in COMMANDS.values():
        assert import_module(f"legalcheck.cli.{module}").command.short_help == summary


def test_choices_spelled_out_for_speed_are_those_of_the_model() -> None:
    assert list(LEVELS) == list(Rank)
    assert list(THRESHOLDS) == [*Severity, "never"]
    assert ReviewTable().fail_on == "major"


def test_no_command_prints_the_help_page(run) -> None:
    result = run()
    assert result.code == 2
    assert "用法：legalcheck" in result.err


def test_version(run) -> None:
    assert run("--version").out == f"legalcheck {legalcheck.__version__}\n"
