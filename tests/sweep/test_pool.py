"""Worker processes: as many as one likes, killed as one likes, nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
import workers
from documents import DAY, DOCUMENTS, Sweep, dump, records, reports, write

from legalcheck.errors import RuleError
from legalcheck.sweep.pool import Pool
from legalcheck.sweep.run import sweep
from legalcheck.sweep.settings import Settings
from legalcheck.sweep.work import Task, Work

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")


def pool_sweep(folder: Path, run: Path, work: Work, jobs: int = 2, seconds: float = 300) -> None:
    settings = Settings(as_of=DAY, seconds=seconds)
    sweep(str(folder), run, settings, lambda: Pool(settings, jobs, work))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Sixty documents, alike but for their names and a line."""
    folder = tmp_path / "许多"
    lines = list(DOCUMENTS.values())
    write(folder, {f"{i:02}.txt": (*lines[i % len(lines)], f"附则 第{i}号。") for i in range(60)})
    return folder


def test_the_number_of_workers_leaves_no_trace(
    folder: Path, tmp_path: Path, run_sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legalcheck.sweep.run.BATCH", 2)
    run_sweep(folder, tmp_path / "none")
    for jobs in (1, 3):
        pool_sweep(folder, tmp_path / f"{jobs}", workers.review_batch, jobs)
        assert reports(tmp_path / f"{jobs}") == reports(tmp_path / "none")
        assert dump(tmp_path / f"{jobs}") == dump(tmp_path / "none")


def test_a_document_that_kills_its_worker_is_a_row(many: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    write(many, {"毒药.txt": ("关于某事的通知",), "毒草.txt": ("关于某事的通知",)})
    pool_sweep(many, tmp_path / "run", workers.deadly)
    found = records(tmp_path / "run")
    assert len(found) == 62
    assert {path for path, record in found.items() if record["state"] != "reviewed"} == {"毒药.txt", "毒草.txt"}
    assert "进程异常退出" in found["毒药.txt"]["error"]
    assert set(run_sweep(many, tmp_path / "run")) == {"毒药.txt", "毒草.txt"}  # tried again the next time


def test_a_worker_that_dies_once_loses_nothing(many: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    write(many, {f"弱{i}.txt": ("关于某事的通知", f"第{i}号") for i in range(4)})
    pool_sweep(many, tmp_path / "run", workers.deadly_once)
    run_sweep(many, tmp_path / "calm")
    assert reports(tmp_path / "run") == reports(tmp_path / "calm")


def test_a_document_that_hangs_is_a_row(folder: Path, tmp_path: Path) -> None:
    write(folder, {"毒药.txt": ("关于某事的通知",)})
    pool_sweep(folder, tmp_path / "run", workers.endless, seconds=1.5)
    found = records(tmp_path / "run")
    assert found["毒药.txt"]["state"] == "crashed"
    assert sum(record["state"] == "reviewed" for record in found.values()) == len(DOCUMENTS)


def test_what_concerns_all_documents_stops_the_sweep(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="规则 X"):
        pool_sweep(folder, tmp_path / "run", workers.broken)


def test_workers_share_what_else_there_is_to_do_and_none_of_it_is_lost(folder: Path, tmp_path: Path) -> None:
    settings = Settings(as_of=DAY)
    pool = Pool(settings, 2)
    calls = [partial(workers.write_name, tmp_path / name) for name in "甲乙"]
    deadly = partial(workers.deadly_but_in, os.getpid(), tmp_path / "丙")
    try:
        pool.share(calls)  # no worker has been started
        assert {path.read_text("utf-8") for path in map(tmp_path.joinpath, "甲乙")} == {str(os.getpid())}
        for path in sorted(folder.iterdir())[:2]:
            pool.submit((Task(1, path.name, str(path)),))
        while any(worker.jobs for worker in pool._workers):
            pool.finished()
        pool.share([deadly, *calls])
        others = {path.read_text("utf-8") for path in map(tmp_path.joinpath, "甲乙")}
        assert str(os.getpid()) not in others
        assert (tmp_path / "丙").read_text("utf-8") == str(os.getpid())
    finally:
        pool.close()


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find the workers")
def test_workers_killed_at_random_lose_nothing(
    many: Path, tmp_path: Path, run_sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legalcheck.sweep.run.BATCH", 2)
    run_sweep(many, tmp_path / "calm")
    stop = threading.Event()

    def kill() -> None:
        chance = random.Random(7)
        for _ in range(6):
            if stop.wait(chance.uniform(0.3, 0.9)):
                return
            for worker in children(os.getpid())[:1]:
                os.kill(worker, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        pool_sweep(many, tmp_path / "run", workers.review_batch)
    finally:
        stop.set()
        killer.join()
    assert reports(tmp_path / "run") == reports(tmp_path / "calm")


def children(process: int) -> list[int]:
    """The worker processes of a process."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return [child for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_sweep_that_is_interrupted_goes_on_where_it_stopped(
    many: Path, tmp_path: Path, run_sweep: Sweep, how: signal.Signals
) -> None:
    run_sweep(many, tmp_path / "calm")
    chance = random.Random(how)
    command = [sys.executable, "-m", "legalcheck", "sweep", str(many), "-o", str(tmp_path / "run")]
    command += ["--as-of", DAY.isoformat(), "--jobs", "2"]
    for _ in range(3):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path, start_new_session=True
        )
        time.sleep(chance.uniform(0.5, 1.5))
        if how is signal.SIGINT and process.poll() is None:
            os.killpg(process.pid, how)  # a terminal sends Ctrl-C to all processes
        else:
            process.send_signal(how)
        _, said = process.communicate()
        assert b"Traceback" not in said
    done = subprocess.run(command, stdout=subprocess.DEVNULL, cwd=tmp_path)
    assert done.returncode == 1
    assert reports(tmp_path / "run") == reports(tmp_path / "calm")
    assert dump(tmp_path / "run") == dump(tmp_path / "calm")
    assert not [*(tmp_path / "run").glob("*.tmp"), *(tmp_path / "run").glob(".*.tmp")]
