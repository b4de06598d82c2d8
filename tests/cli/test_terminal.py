"""Colour and width on a real terminal, which is what a pseudo-terminal is to the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from legalcheck.reports.width import width

pty = pytest.importorskip("pty", reason="这个系统没有伪终端")
termios = pytest.importorskip("termios")


def on_terminal(columns: int, *arguments: object, **variables: str) -> str:
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (50, columns))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "legalcheck", *map(str, arguments)],
        stdout=terminal,
        env={**environment, "TERM": "xterm-256color", **variables},
    )
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(controller)
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_colour(unlawful: Path) -> None:
    shown = on_terminal(80, "review", unlawful)
    assert "\x1b[1;31;4m" in shown
    assert "【" not in shown


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_gets_brackets(unlawful: Path, variables: dict[str, str]) -> None:
    shown = on_terminal(80, "review", unlawful, **variables)
    assert "\x1b" not in shown
    assert "【" in shown


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_lines_fit_the_terminal(unlawful: Path, columns: int) -> None:
    lines = on_terminal(columns, "review", unlawful, NO_COLOR="1").splitlines()
    assert columns - 12 <= max(map(width, lines)) <= columns


def test_a_draft_cannot_drive_the_terminal_through_its_text(make_draft) -> None:
    draft = make_draft("甲\u202e乙\u200b丙")
    shown = on_terminal(80, "text", draft)
    assert shown == "甲〈U+202E〉乙〈U+200B〉丙\n"
