"""What a worker does, on this machine or another: read a document, review it, give its rows."""

from __future__ import annotations

import faulthandler
import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import IO, NamedTuple

from ..document.model import Draft
from ..errors import DocumentError, LegalcheckError
from ..review import examine_all
from .load import draft, load
from .rows import Rows, rows
from .settings import Settings, key

COLLECT_EVERY = 4  # batches
REVIEWED, UNREADABLE, CRASHED = "reviewed", "unreadable", "crashed"


class Task(NamedTuple):
    """One document to look at. `digest` is that of its last review, "" where that no longer holds."""

    id: int
    path: str
    location: str
    digest: str = ""


class Result(NamedTuple):
    """What came of it: `state` is "" where the document is the one that was reviewed before."""

    id: int
    state: str
    digest: str = ""
    error: str = ""
    rows: Rows | None = None


class Reply(NamedTuple):
    """The results of some tasks, in their order, and the key of the rules and corpora they were made with."""

    key: str
    results: list[Result]


Work = Callable[[Settings, Sequence[Task]], Reply]


def review_batch(settings: Settings, tasks: Sequence[Task]) -> Reply:
    """Review some documents. What is wrong with one of them is its result; raises `LegalcheckError` for the rest."""
    # one limit for all of them, as setting one takes milliseconds: a document that exceeds it is then tried alone
    with _time_limit(settings.seconds):
        results = _review(settings, tasks)
    return Reply(key(settings), results)


def tidily(work: Work, settings: Settings, tasks: Sequence[Task]) -> Reply:
    """What `work` gives, in a process that does nothing else: its memory stays as it was after the first batch.

    Python's collector looks at everything again and again, or, told to do so seldom, lets garbage grow to hundreds of
    megabytes. Here what the first batch leaves (rules, indexes) is set aside, and the rest is collected now and then.
    """
    reply = work(settings, tasks)
    if next(_batches) % COLLECT_EVERY == 0:
        gc.collect()
        if gc.isenabled():
            gc.freeze()
            gc.disable()
    return reply


_batches = count()


def _review(settings: Settings, tasks: Sequence[Task]) -> list[Result]:
    read = [_read(task) for task in tasks]
    drafts = [one for one in read if isinstance(one, Draft)]
    try:
        made = iter(_reviewed(settings, drafts) if drafts else ())
    except LegalcheckError:
        raise  # a rule or a corpus: no document can be reviewed
    except Exception as error:
        if len(tasks) == 1:
            return [_crashed(tasks[0], error)]
        return [result for task in tasks for result in _review(settings, [task])]  # one of them is to blame
    return [
        one if isinstance(one, Result) else Result(task.id, REVIEWED, one.digest, "", next(made))
        for task, one in zip(tasks, read, strict=True)
    ]


def _read(task: Task) -> Draft | Result:
    """The draft to review, or the result where there is none."""
    digest = ""
    try:
        data = load(task.location)
        digest = hashlib.sha256(data).hexdigest()
        return Result(task.id, "", digest) if digest == task.digest else draft(data, task.location, digest)
    except DocumentError as error:
        return Result(task.id, UNREADABLE, digest, str(error).replace(task.location, task.path))
    except Exception as error:
        return _crashed(task, error)


def _crashed(task: Task, error: Exception) -> Result:
    return Result(task.id, CRASHED, "", f"legalcheck 内部出错（{type(error).__name__}），请报告给维护者。")


def _reviewed(settings: Settings, drafts: Sequence[Draft]) -> list[Rows]:
    examined = examine_all(
        drafts,
        as_of=settings.as_of,
        level=settings.level,
        packs=settings.packs,
        select=settings.select,
        ignore=settings.ignore,
        extra_packs=settings.extra_packs,
        statutes=settings.statutes,
        profile=settings.profile,
    )
    return [rows(subject, report.findings) for report, subject in examined]


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End this process when the block takes longer, even where it hangs in a library: to its parent it has crashed."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return open(os.devnull, "w")  # noqa: PTH123  stays open as long as the process
