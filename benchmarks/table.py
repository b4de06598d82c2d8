"""The speed of the whole program as one table: ratios measured in one run, each with its goal.

Run ``python benchmarks/table.py [RUNS]``. Every ratio is of medians of interleaved runs in one process, or of commands
started in turn, so that a busy moment hits both sides alike; on a busy machine the figures still differ by a fifth from
run to run, so the load is printed with them. The rows about sweeping come from ``sweep_speed.py`` where it is there.
"""

from __future__ import annotations

import importlib.util
import io
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from cold_start import SCRIPT, make_draft, seconds
from lxml import etree
from review_speed import RUNS, medians, read_with_docx

import legalcheck
from legalcheck.rules import load

LIBRARIES = "import click, pydantic, lxml.etree, rapidfuzz"
PARTS = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels")
Row = tuple[str, str, str, str]  # what is measured, the goal, the ratio, what it is made of


def starts(draft: Path, folder: Path, runs: int) -> Iterator[Row]:
    """Commands started anew, against bare imports."""
    commands = {
        "click": [sys.executable, "-c", "import click"],
        "help": [str(SCRIPT), "--help"],
        "libraries": [sys.executable, "-c", LIBRARIES],
        "review": [str(SCRIPT), "review", str(draft)],
    }
    cache = str(folder / "cache")
    for command in commands.values():  # once unmeasured: byte code, disk cache, prepared rules
        seconds(command, cache)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command, cache))
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, base, what, against in (
        ("help", "click", "`legalcheck --help`", "importing click"),
        ("review", "libraries", "cold review, 30 pages, all packs", "importing click, pydantic, lxml, rapidfuzz"),
    ):
        told = f"{median[name] * 1e3:.0f} ms, {against} {median[base] * 1e3:.0f} ms"
        yield what, "≤ 1.50", f"{median[name] / median[base]:.2f}", told


def unpack_and_parse(data: bytes) -> int:
    """The floor of reading: what has to be unzipped and parsed, whatever is made of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(etree.fromstring(archive.read(part))) for part in PARTS)


def readers() -> dict[str, Callable[[bytes], object]]:
    """Other libraries that read the draft, as far as they are installed; python-docx is."""
    found: dict[str, Callable[[bytes], object]] = {"python-docx": read_with_docx}
    if importlib.util.find_spec("mammoth"):
        import mammoth

        found["mammoth"] = lambda data: mammoth.extract_raw_text(io.BytesIO(data)).value
    if importlib.util.find_spec("docx2python"):
        from docx2python import docx2python

        found["docx2python"] = lambda data: docx2python(io.BytesIO(data)).text
    return found


def reviews(data: bytes, longer: bytes) -> Iterator[Row]:
    """Reviews in a process that has made some."""
    half = [rule.id for rule in load().rules][::2]
    draft = legalcheck.read(data)
    peers = readers()
    review, read, rules, halved, tenfold, floor, scan, *theirs = medians(
        lambda: legalcheck.review(data),
        lambda: legalcheck.read(data),
        lambda: legalcheck.review(draft),
        lambda: legalcheck.review(data, select=half),
        lambda: legalcheck.review(longer),
        lambda: unpack_and_parse(data),
        lambda: draft.text.translate({}),
        *(lambda one=one: one(data) for one in peers.values()),
    )
    stages = f"{review * 1e3:.1f} ms: reading {read * 1e3:.1f}, rules {rules * 1e3:.1f}"
    for (name, _), their in zip(peers.items(), theirs, strict=True):
        goal = "≤ 1.00" if name == "python-docx" else "–"
        ratio = f"{review / their:.2f}"
        yield f"warm review, 30 pages, all packs, against {name}", goal, ratio, f"{stages}; {name} {their * 1e3:.1f} ms"
    yield "reading, against its floor: unzip and XML parse", "–", f"{read / floor:.2f}", f"floor {floor * 1e3:.1f} ms"
    size = len(draft.text.encode())
    speed = f"{size / rules / 1e6:.2f} MB/s; one pass over the text in Python {scan * 1e3:.1f} ms"
    yield "rules, against one pass over the text", "≥ 2 MB/s", f"{rules / scan:.1f}", speed
    yield "twice the rules", "≤ 1.15", f"{review / halved:.2f}", f"every second rule {halved * 1e3:.1f} ms"
    yield "ten times the pages", "≤ 10.5", f"{tenfold / review:.2f}", f"300 pages {tenfold * 1e3:.1f} ms"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draft, longer = folder / "draft.docx", folder / "longer.docx"
        make_draft(draft)
        make_draft(longer, 10)
        rows = [*starts(draft, folder, runs), *reviews(draft.read_bytes(), longer.read_bytes())]
    print("| measure | goal | ratio | |\n|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    load = f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after"
    print(f"\nMedians of {runs} and {RUNS} runs; {os.cpu_count()} cores, {load}.")
    sweep = Path(__file__).with_name("sweep_speed.py")
    if sweep.is_file():
        print(flush=True)
        subprocess.run([sys.executable, str(sweep)], check=True)


if __name__ == "__main__":
    main()
