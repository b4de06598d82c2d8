"""Whether a sweep that is broken off at random moments and run again ends with what an undisturbed one gives.

Run ``python benchmarks/sweep_interrupts.py [TIMES [DOCUMENTS [SEED]]]`` (default 50 times, 240 documents). Odd times
the sweep gets SIGINT, even times SIGKILL, at a moment drawn from the time that the whole takes; now and then one of its
workers is killed instead. The databases and all reports are compared after each completed sweep.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sweep_documents import make

COMMAND = [sys.executable, "-m", "legalcheck", "sweep"]


Content = tuple[list[str], dict[str, bytes]]


def content(run: Path) -> Content:
    with closing(sqlite3.connect(run / "sweep.sqlite")) as database:
        rows = sorted(database.iterdump())
    kinds = (".html", ".xlsx", ".csv", ".jsonl")
    return rows, {path.name: path.read_bytes() for path in run.iterdir() if path.suffix in kinds}


def workers(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        return [child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def check(found: Content, wanted: Content, broken: int) -> None:
    if found == wanted:
        return
    for line in (line for pair in zip(found[0], wanted[0], strict=False) if len({*pair}) > 1 for line in pair):
        print(line[:400])
    files = [name for name in wanted[1] if found[1].get(name) != wanted[1][name]]
    raise SystemExit(f"after {broken} interruptions the results differ: {files}")


def main() -> None:
    times, count, seed = (*map(int, sys.argv[1:4]), *(50, 240, 1)[len(sys.argv) - 1 :])
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCHMARK_FOLDER")) as folder:
        work = Path(folder)
        make(work / "docs", count, 2)
        arguments = [*COMMAND, str(work / "docs"), "--jobs", "2", "--as-of", "2026-11-23", "-o"]
        start = time.monotonic()
        subprocess.run([*arguments, str(work / "calm")], stdout=subprocess.DEVNULL, check=False)
        whole = time.monotonic() - start
        wanted = content(work / "calm")
        run, broken, completed, killed = work / "run", 0, 0, 0
        while broken < times:
            process = subprocess.Popen([*arguments, str(run)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            moment = time.monotonic() + chance.uniform(0.05, whole)
            if chance.random() < 0.3:
                time.sleep(chance.uniform(0, whole / 2))
                for worker in workers(process.pid)[:1]:
                    os.kill(worker, signal.SIGKILL)
                    killed += 1
            while process.poll() is None and time.monotonic() < moment:
                time.sleep(0.01)
            done = process.poll() is not None
            if not done:
                broken += 1
                process.send_signal(signal.SIGINT if broken % 2 else signal.SIGKILL)
            _, said = process.communicate()
            if b"Traceback" in said:
                raise SystemExit(said.decode())
            if done:
                completed += 1
                if process.returncode not in (0, 1):
                    raise SystemExit(said.decode())
                check(content(run), wanted, broken)
                shutil.rmtree(run)
        subprocess.run([*arguments, str(run)], stdout=subprocess.DEVNULL, check=False)
        check(content(run), wanted, broken)
        print(
            f"{broken} interruptions at random moments ({(broken + 1) // 2} SIGINT, {broken // 2} SIGKILL) and "
            f"{killed} workers killed, over {completed + 1} completed sweeps of {count} documents: "
            "each gave what an undisturbed sweep gives"
        )


if __name__ == "__main__":
    main()
