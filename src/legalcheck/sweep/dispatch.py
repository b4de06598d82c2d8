"""Handing out documents to workers, whatever those are, and losing none when a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from .settings import SECONDS
from .work import CRASHED, Reply, Result, Task

TRIES = 3  # for a document that was there each time its worker died


class Engine(Protocol):
    """Workers, wherever they are."""

    @property
    def width(self) -> int:
        """How many batches keep all of them busy."""

    def submit(self, batch: tuple[Task, ...]) -> None:
        """Have a batch worked on."""

    def finished(self) -> Iterable[tuple[tuple[Task, ...], Reply | None]]:
        """Wait until some batches are done; None stands for the reply of a worker that died over its batch.

        Raises `LegalcheckError` where the work itself raised it.
        """

    def share(self, calls: Sequence[Callable[[], object]]) -> None:
        """Make calls on this machine, side by side where it has idle workers, and wait for all of them.

        Each must give something other than None, and do no harm when it is begun twice.
        """

    def close(self) -> None:
        """End all workers, whatever they are doing."""


def dispatch(engine: Engine, batches: Iterable[tuple[Task, ...]]) -> Iterator[Reply]:
    """The replies to all batches, in the order in which they come.

    The documents of a worker that died are tried again one by one. The one that was there `TRIES` times gets a result
    that says so.
    """
    lost: list[Task] = []
    yield from _all(engine, iter(batches), lost)
    for _ in range(TRIES - 1):
        suspects, lost = lost, []
        yield from _all(engine, ((task,) for task in suspects), lost)
    if lost:
        yield Reply("", [Result(task.id, CRASHED, error=DIED) for task in lost])


DIED = (
    f"审查这份文件时进程异常退出，或者超过 {SECONDS:.0f} 秒，已试 {TRIES} 次；"
    "请用 Word 打开另存后再试，仍不行的，报告给维护者。"
)


def _all(engine: Engine, batches: Iterator[tuple[Task, ...]], lost: list[Task]) -> Iterator[Reply]:
    under_way = 0
    while True:
        while under_way < engine.width and (batch := next(batches, None)) is not None:
            engine.submit(batch)
            under_way += 1
        if not under_way:
            return
        for batch, reply in engine.finished():
            under_way -= 1
            if reply is None:
                lost.extend(batch)
            else:
                yield reply
