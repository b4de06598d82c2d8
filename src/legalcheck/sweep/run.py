"""A sweep from beginning to end: list the documents, have each looked at, judge them, write the reports."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from ..errors import SweepError, UsageError
from .dispatch import Engine, dispatch
from .facts import judge_all
from .output import discard_half_written, write_reports
from .settings import Settings, key
from .sources import Entry, entries
from .store import FILE_NAME, Run, open_run
from .work import Task

BATCH = 16  # documents that a worker is given at once
COMMIT_SECONDS = 1.0  # the most work that a crash may cost

Progress = Callable[[int, int], object]


def sweep(
    source: str,
    folder: Path,
    settings: Settings,
    engine: Callable[[], Engine],
    *,
    progress: Progress = lambda done, total: None,
    since: Path | None = None,
) -> None:
    """Review all documents of `source` and keep the results in the run directory `folder`, with reports on them.

    A run that is there already, unfinished or old, is brought up to date: a document is reviewed again where its
    bytes, the rules, the corpora or the standing of what it cites have changed. With `since`, a new run begins as a
    copy of that one. `progress` is told how many documents are done, and of how many. Raises `LegalcheckError` for
    what concerns all documents; what is wrong with one is its result.
    """
    expected = key(settings)
    listed = _some(entries(source), source)
    if since is not None:
        _begin(folder, since, source)
    with closing(Run(folder, source)) as run:
        run.set("complete", "")
        run.list(listed)
        run.set("as_of", settings.as_of.isoformat())
        run.set("level", settings.level)
        run.commit()
        progress(0, run.count())
        workers = engine()
        try:
            _review(run, settings, expected, workers, progress)
            run.complete()
            if judge_all(run.database, settings.as_of):
                run.touched()
            run.set("complete", "1")
            run.commit()
            state = f"{settings.as_of} {expected}"
            if run.get("reported") != state:
                write_reports(folder, workers.share)
                run.set("reported", state)
                run.commit()
        finally:
            workers.close()
            discard_half_written(folder)


def _review(run: Run, settings: Settings, expected: str, workers: Engine, progress: Progress) -> None:
    total, done = run.count(), 0
    committed = time.monotonic()
    for reply in dispatch(workers, _batches(run.tasks(settings, expected))):
        if reply.key not in ("", expected):
            raise SweepError("有节点的 legalcheck、规则或者法规目录与本机不同，请在各节点安装同一版本后再试。")
        run.put(reply.results, expected)
        done += len(reply.results)
        progress(done, total)
        if time.monotonic() - committed > COMMIT_SECONDS:
            run.commit()
            committed = time.monotonic()
    run.commit()


def _some(listed: Iterator[Entry], source: str) -> Iterable[Entry]:
    """The entries, of which there must be one: a mistyped folder should not leave an empty run behind."""
    first = next(listed, None)
    if first is None:
        raise UsageError(f"“{source}”中没有可以审查的文件（.docx、.txt）；请检查路径。")
    return chain((first,), listed)


def _batches(tasks: Iterator[Task]) -> Iterator[tuple[Task, ...]]:
    while batch := tuple(islice(tasks, BATCH)):
        yield batch


def _begin(folder: Path, since: Path, source: str) -> None:
    """Begin a run as a copy of an older one, in one step; a run that is there already is left as it is."""
    target = folder / FILE_NAME
    if target.exists():
        return
    with closing(open_run(since)) as old:
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".{FILE_NAME}.tmp"
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary)) as new:
            old.backup(new)
            new.execute("INSERT OR REPLACE INTO meta VALUES ('source', ?)", (source,))
            new.commit()
        temporary.replace(target)
