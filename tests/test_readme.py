"""What the READMEs show is what the command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from legalcheck.cli import run
from legalcheck.cli.app import COMMANDS
from legalcheck.rules import builtin_packs

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^\$ legalcheck (?P<arguments>.+)\n(?P<shown>(?:.*\n)*?)```", re.MULTILINE)
OMITTED = "……\n"  # a line of its own: some of the output is left out here


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_shown_output_is_real(
    readme: str, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = list(BLOCK.finditer((ROOT / readme).read_text("utf-8")))
    assert blocks
    for block in blocks:
        run(shlex.split(block["arguments"]))
        printed = capfdbinary.readouterr().out.decode("utf-8")
        for part in block["shown"].split(OMITTED):
            before, found, printed = printed.partition(part)
            assert found, (
                f"{readme} 与实际输出不同，请运行 python examples/update_readme.py：\n{part}\n实际输出：\n{before}"
            )


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_pack_is_described(readme: str) -> None:
    rows = re.findall(r"^\| `?([a-z_]+)`? \|", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert set(builtin_packs()) <= set(rows)


def test_every_command_is_described() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert not [name for name in COMMANDS if f"| `legalcheck {name}" not in readme]


def test_list_of_rules_is_current(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["rules", "explain", "--all", "--format", "markdown"])
    printed = capfdbinary.readouterr().out.decode("utf-8")
    shown = re.sub(r"^实测：.*\n\n", "", (ROOT / "docs" / "rules.md").read_text("utf-8"), flags=re.MULTILINE)
    assert shown == printed, "docs/rules.md 与规则不同，请按其首段的命令重新生成"
