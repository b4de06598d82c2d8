"""Work that goes wrong, for worker processes to import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from legalcheck.sweep.settings import Settings
from legalcheck.sweep.work import Reply, Task, review_batch


def deadly(settings: Settings, tasks: Sequence[Task]) -> Reply:
    """Dies over every document whose name begins with 毒."""
    if any(Path(task.path).name.startswith("毒") for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return review_batch(settings, tasks)


def deadly_once(settings: Settings, tasks: Sequence[Task]) -> Reply:
    """Dies once over each document named 弱, which leaves a mark beside it."""
    for task in tasks:
        mark = Path(task.location).with_suffix(".seen")
        if Path(task.path).name.startswith("弱") and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return review_batch(settings, tasks)


def endless(settings: Settings, tasks: Sequence[Task]) -> Reply:
    """Hangs over every document whose name begins with 毒, within its time limit."""
    from legalcheck.sweep import work

    load = work.load

    def hang(location: str) -> bytes:
        if Path(location).name.startswith("毒"):
            time.sleep(600)
        return load(location)

    work.load = hang
    try:
        return review_batch(settings, tasks)
    finally:
        work.load = load


def broken(settings: Settings, tasks: Sequence[Task]) -> Reply:
    """Raises what no document is to blame for."""
    from legalcheck.errors import RuleError

    raise RuleError("规则 X 无法使用。")


def write_name(path: Path) -> Path:
    """Writes which process it ran in."""
    path.write_text(str(os.getpid()), "utf-8")
    return path


def deadly_but_in(process: int, path: Path) -> Path:
    """Dies half-way in any process but one."""
    path.write_text("half", "utf-8")
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return write_name(path)
