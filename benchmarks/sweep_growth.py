"""How the cost of a document grows: with its pages, the rules, the statutes known, and its findings.

Run ``python benchmarks/sweep_growth.py [DOCUMENTS]`` (default 60 of each kind). Times are of the processor, the least
of three rounds in turn, in one process: reading, review, and the rows that a sweep keeps.
"""

from __future__ import annotations

import json
import pickle
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace
from sweep_documents import lines, packed

from legalcheck.corpora.statutes.store import write
from legalcheck.rules.ruleset import builtin_packs, load
from legalcheck.sweep import work
from legalcheck.sweep.facts import judge_all
from legalcheck.sweep.output import write_reports
from legalcheck.sweep.settings import Settings
from legalcheck.sweep.sources import Entry
from legalcheck.sweep.store import Run
from legalcheck.sweep.work import Result, Task, review_batch

ROUNDS = 3
PLAIN = Settings(as_of=date(2026, 11, 23))
held: dict[str, bytes] = {}


def tasks(name: str, count: int, pages: float, faults: float = 0.03) -> list[Task]:
    """Documents that are held in memory, ten more for warming up."""
    made = []
    for number in range(count + 10):
        location = f"{name}-{number}.docx"
        held[location] = packed(lines(number, pages, faults))
        made.append(Task(number, location, location))
    return made


def costs(kinds: dict[str, tuple[Settings, Sequence[Task]]]) -> dict[str, float]:
    """Milliseconds of processor time a document, by kind."""
    least: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, (settings, documents) in kinds.items():
            review_batch(settings, documents[-10:])
            start = time.process_time()
            for first in range(0, len(documents) - 10, 16):
                review_batch(settings, documents[first : min(first + 16, len(documents) - 10)])
            took = (time.process_time() - start) / (len(documents) - 10) * 1e3
            least[name] = min(least.get(name, took), took)
    return least


def report(title: str, found: dict[str, float], base: str) -> None:
    print(title)
    for name, took in found.items():
        print(f"  {name:>24}: {took:7.2f} ms, {took / found[base]:5.2f} times {base}")


def own_statutes(folder: Path, count: int) -> Path:
    """A catalogue of `count` more statutes."""
    path = folder / f"{count}.jsonl"
    write(
        path,
        (
            {
                "id": f"own-{n}",
                "title": f"某省第{n}号事项管理条例",
                "level": "local_regulation",
                "effective": "2015-01-01",
            }
            for n in range(count)
        ),
    )
    return path


def parent(count: int, results: Sequence[Result]) -> str:
    """What keeping `count` documents of five pages costs the one process that writes."""
    with tempfile.TemporaryDirectory() as folder:
        times = [time.process_time()]

        def lap() -> None:
            times.append(time.process_time())

        with closing(Run(Path(folder), "benchmark")) as run:
            run.list(Entry(f"{number:06}.docx", f"/{number:06}.docx") for number in range(count))
            lap()
            for first in range(0, count, 16):
                batch = [results[n % 16]._replace(id=n + 1) for n in range(first, min(first + 16, count))]
                run.put(pickle.loads(pickle.dumps(batch)), "key")
            run.commit()
            lap()
            run.complete()
            judge_all(run.database, PLAIN.as_of)
            run.commit()
            lap()
            write_reports(run.database, Path(folder))
            lap()
        size = (Path(folder) / "sweep.sqlite").stat().st_size / 1024 / count
        listed, kept, judged, reported = ((after - before) / count * 1e3 for before, after in pairwise(times))
    return (
        f"the parent, {count} documents: listing {listed:.2f} ms a document, keeping {kept:.2f}, indexes and verdicts "
        f"{judged:.2f}, reports {reported:.2f}; database {size:.1f} KiB a document"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    work.load = lambda location: held[location]
    pages = {f"{n} pages": (PLAIN, tasks(f"p{n}", max(10, count * 5 // max(n, 5)), n)) for n in (1, 5, 10, 50)}
    report("pages", costs(pages), "5 pages")
    five = pages["5 pages"][1]
    sizes = {name: len(load([name]).rules) for name in builtin_packs()}
    half, chosen = [], 0
    for name, size in sorted(sizes.items()):
        if chosen + size <= sum(sizes.values()) // 2 + 3:
            half.append(name)
            chosen += size
    rules = {
        f"{chosen} rules": (replace(PLAIN, packs=tuple(half)), five),
        f"{sum(sizes.values())} rules": (PLAIN, five),
    }
    report("rules", costs(rules), f"{chosen} rules")
    findings = {
        f"{share:.2f} faulty provisions": (PLAIN, tasks(f"f{share}", count, 5, share)) for share in (0, 0.1, 0.5)
    }
    report("findings", costs(findings), "0.00 faulty provisions")
    with tempfile.TemporaryDirectory() as folder:
        known = {"the shipped statutes": (PLAIN, five)}
        for more in (4_000, 40_000):
            overlay = own_statutes(Path(folder), more)
            known[f"and {more} more"] = (replace(PLAIN, statutes=(overlay,)), five)
        report("statutes", costs(known), "the shipped statutes")
    for number in (2_000, 8_000):
        print(parent(number, review_batch(PLAIN, five[:16]).results))
    size = [
        len(json.dumps(one.rows, default=list, ensure_ascii=False)) for one in review_batch(PLAIN, five[:16]).results
    ]
    print(f"rows a document: {sum(size) / len(size) / 1024:.1f} KiB as JSON")


if __name__ == "__main__":
    main()
