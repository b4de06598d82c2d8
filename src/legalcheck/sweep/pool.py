"""Worker processes on this machine.

Each has a pipe of its own, so that one that is killed, even while it writes, takes nothing with it but its own batches;
the queue that the workers of a `concurrent.futures` pool share can be left locked or half written. A worker ends by
itself when its parent does: then its pipe does.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from ..errors import SweepError
from .settings import Settings
from .work import Reply, Task, Work, review_batch, tidily

DEPTH = 2  # batches at each worker: one under way, one waiting
MOST_FAILED_STARTS = 10  # on end

Job = tuple[Task, ...] | Callable[[], object]  # a batch to review, or a call to make


class Pool:
    """`jobs` processes that run `work`; they are started when there is work for them, and anew when they die."""

    def __init__(self, settings: Settings, jobs: int, work: Work = review_batch) -> None:
        self.width = jobs * DEPTH
        self._start = (settings, work)
        self._workers: list[_Worker] = []
        self._jobs = jobs
        self._failed_starts = 0

    def submit(self, batch: tuple[Task, ...]) -> None:
        """See `Engine.submit`."""
        self._assign(batch)

    def _assign(self, job: Job) -> None:
        """Give a job to the least busy worker."""
        free = [worker for worker in self._workers if not worker.jobs]
        if not free and len(self._workers) < self._jobs:
            free = [_Worker(*self._start)]
            self._workers += free
        worker = min(free or self._workers, key=lambda one: len(one.jobs))
        worker.give(job)

    def finished(self) -> Iterable[tuple[tuple[Task, ...], Reply | None]]:
        """See `Engine.finished`."""
        return self._ended()

    def _ended(self) -> list[tuple[Any, Any]]:
        """Jobs that have ended, each with what came of it."""
        done: list[tuple[Any, Any]] = []
        while not done:
            busy = {worker.pipe: worker for worker in self._workers if worker.jobs}
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # these are the pipes that were given
                try:
                    reply = worker.take()
                except (EOFError, OSError):
                    done += self._bury(worker)
                    continue
                self._failed_starts = 0
                if reply is not None:
                    done.append((worker.jobs.popleft(), reply))
        return done

    def share(self, calls: Sequence[Callable[[], object]]) -> None:
        """See `Engine.share`; what a worker dies over is made here."""
        waiting = deque(calls)
        while True:
            for worker in self._workers:
                if waiting and not worker.jobs:
                    worker.give(waiting.popleft())
            if any(worker.jobs for worker in self._workers):
                for call, done in self._ended():
                    if done is None:
                        call()
            elif waiting:
                waiting.popleft()()
            else:
                return

    def close(self) -> None:
        """See `Engine.close`."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _bury(self, worker: _Worker) -> list[tuple[Job, None]]:
        """The job over which a worker died, if it was at one; the others go to other workers."""
        self._workers.remove(worker)
        worker.end()
        lost: list[tuple[Job, None]] = []
        if worker.ready:
            lost.append((worker.jobs.popleft(), None))
        else:
            self._failed_starts += 1
            if self._failed_starts == MOST_FAILED_STARTS:
                raise SweepError("审查进程一启动就退出，请检查内存和安装是否完整，或者用 --jobs 1 再试。")
        for job in worker.jobs:
            self._assign(job)
        return lost


class _Worker:
    def __init__(self, settings: Settings, work: Work) -> None:
        context = multiprocessing.get_context("spawn")  # the same everywhere, and no lock or database is inherited
        self.pipe, theirs = context.Pipe()
        self.jobs: deque[Job] = deque()
        self.ready = False
        self._process = context.Process(target=_serve, args=(theirs, settings, work), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()  # or the pipe would not end with the process

    def give(self, job: Job) -> None:
        self.jobs.append(job)
        with suppress(OSError):  # it has died: `finished` will see that
            self.pipe.send(job)

    def take(self) -> object:
        """A reply; None for the first message, which says that the worker has started."""
        message = self.pipe.recv()
        if isinstance(message, BaseException):
            raise message
        if not self.ready:
            self.ready = True
            return None
        return message

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.pipe.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, not even while they start: it is for the parent, which ends them.

    A blocked signal stays blocked in what is started, and waits for the parent.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection[Any, Any], settings: Settings, work: Work) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be blocked
    try:
        pipe.send("ready")
        while True:
            job: Job = pipe.recv()
            try:
                reply: object = job() if callable(job) else tidily(work, settings, job)
            except Exception as error:
                reply = error
            pipe.send(reply)
    except (EOFError, OSError):
        return  # the parent has gone
