"""How fast a sweep is, how it grows, what memory it takes: ratios of one run, on documents that no two are alike.

Run ``python benchmarks/sweep_speed.py [DOCUMENTS [MANY]]``: DOCUMENTS of five pages for the speed (default 400, 0 for
none), MANY of one page for memory, the second sweep and the questions (default 4,000; the goals are stated for 40,000
and 50,000).
The goals: at least 100 documents a second and core, at least 1.8 times that on two cores, memory that does not grow
with the number of documents, 20 s for the second sweep of 40,000 unchanged documents, and 1 s for an answer.

Documents a second of processor time are what a core does; they count the parent too, and bear a busy machine better.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from sweep_documents import make

COMMAND = [sys.executable, "-m", "legalcheck"]
DAY = "2026-11-23"


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and of processor time (parent and workers), and the memory in MiB as it went."""

    seconds: float
    cpu: float
    memory: tuple[float, ...]


def run(*arguments: object) -> Took:
    """One command line of legalcheck."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    memory: list[float] = []
    watcher = threading.Thread(target=_watch, args=(process, memory))
    watcher.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    watcher.join()
    if process.returncode not in (0, 1):
        raise SystemExit(said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, cpu, tuple(memory))


def _watch(process: subprocess.Popen[str], memory: list[float]) -> None:
    while process.poll() is None:
        memory.append(sum(map(_resident, [process.pid, *_children(process.pid)])))
        time.sleep(0.25)


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def sweep(folder: Path, name: str, jobs: int) -> Took:
    """A sweep of `folder` into the run `name` beside it."""
    return run("sweep", folder, "-o", folder.parent / name, "--jobs", jobs, "--as-of", DAY)


def speed(work: Path, count: int) -> None:
    folder = work / "five"
    make(folder, count, 5)
    make(work / "few", count // 4, 5)
    fixed = sweep(work / "few", "few-run", 1)  # what starting and reporting take is told from the slope
    one = min((sweep(folder, f"one{turn}", 1) for turn in range(2)), key=lambda took: took.seconds)
    two = min((sweep(folder, f"two{turn}", 2) for turn in range(2)), key=lambda took: took.seconds)
    added = count - count // 4
    print(f"sweep of {count} documents of 5 pages, one worker: {one.seconds:.1f} s, {one.cpu:.1f} s of processor time")
    print(f"  documents a second and core: {added / (one.cpu - fixed.cpu):.0f}   goal >= 100")
    print(f"  two workers: {one.seconds / two.seconds:.2f} times as fast   goal >= 1.80")


def many(work: Path, count: int) -> None:
    folder = work / "many"
    make(folder, count, 1)
    first = sweep(folder, "many-run", 2)
    quarter, rest = _peak(first.memory, 0.1, 0.3), _peak(first.memory, 0.3, 0.9)
    rate = count / first.cpu
    print(f"sweep of {count} documents of 1 page, two workers: {first.seconds:.1f} s, {rate:.0f} a second and core")
    print(f"  memory, parent and workers: {quarter:.0f} MiB in the second tenths, {rest:.0f} MiB later, "
          f"ratio {rest / quarter:.2f}")  # fmt: skip
    size = sum(path.stat().st_size for path in (work / "many-run").iterdir()) / 2**20
    print(f"  results and reports: {size:.0f} MiB, {size * 1024 / count:.1f} KiB a document")
    again = min((sweep(folder, "many-run", 2) for _ in range(2)), key=lambda took: took.seconds)
    print(f"second sweep, nothing changed: {again.seconds:.1f} s, {again.seconds * 40000 / count:.1f} s for 40,000 "
          f"(goal <= 20), {again.cpu / first.cpu:.3f} of the first")  # fmt: skip
    for question in (
        ("《行政许可法》第十二条",),
        ("无犯罪记录证明",),
        ("--if-repealed", "《土地管理法》", "--on", "2027-01-01"),
    ):
        asked = min((run("affected", *question, "--run", work / "many-run") for _ in range(3)), key=lambda t: t.seconds)
        print(f"affected {' '.join(question)}: {asked.seconds:.2f} s, {asked.cpu:.2f} s of processor time   goal <= 1")


def _peak(memory: tuple[float, ...], first: float, last: float) -> float:
    return max(memory[int(first * len(memory)) : int(last * len(memory)) + 1])


def main() -> None:
    counts = [int(argument) for argument in sys.argv[1:]]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCHMARK_FOLDER")) as folder:
        work = Path(folder)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        first, second = (*counts, *(400, 4000)[len(counts) :])
        if first:
            speed(work, first)
        if second:
            many(work, second)


if __name__ == "__main__":
    main()
