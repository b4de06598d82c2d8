"""How long reviews take in a process that has made some: as ratios to python-docx, and in bytes of text a second.

Run ``python benchmarks/review_speed.py [FILE ...]`` with .docx drafts, and .txt files for the throughput (a folder: all
in it). The goals: a review costs at most 1.5 times what python-docx takes to open the same draft and to read its
paragraphs and tables; the rules read at least 2 MB/s of UTF-8. The draft of ``cold_start.py`` is always measured.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
from cold_start import make_draft

import legalcheck
from legalcheck.document import from_text

RUNS = 21


def read_with_docx(data: bytes) -> int:
    """What a reader of paragraphs and tables does with python-docx."""
    document = docx.Document(io.BytesIO(data))
    size = sum(len(paragraph.text) for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            size += sum(len(cell.text) for cell in row.cells)
    return size


def medians(*works: Callable[[], object]) -> list[float]:
    """The median time of each, run in turn, so that a busy moment hits all alike; the first round is not counted.

    Each is run once more before it is timed: whatever went before it in the round, it finds the processor's caches as
    it leaves them itself.
    """
    times: list[list[float]] = [[] for _ in works]
    for turn in range(RUNS + 1):
        for work, own in zip(works, times, strict=True):
            work()
            start = time.perf_counter()
            work()
            if turn:
                own.append(time.perf_counter() - start)
    return [statistics.median(own) for own in times]


def compare(name: str, data: bytes) -> None:
    draft = legalcheck.read(data)
    ours, read, rules, theirs = medians(
        lambda: legalcheck.review(data),
        lambda: legalcheck.read(data),
        lambda: legalcheck.review(draft),
        lambda: read_with_docx(data),
    )
    print(
        f"{name}: review {ours * 1e3:.1f} ms (reading {read * 1e3:.1f}, rules {rules * 1e3:.1f}), "
        f"python-docx {theirs * 1e3:.1f} ms, ratio {ours / theirs:.2f}   goal <= 1.50"
    )


def throughput(name: str, texts: list[str]) -> None:
    drafts = [from_text(text) for text in texts]
    size = sum(len(text.encode()) for text in texts)
    (seconds,) = medians(lambda: [legalcheck.review(draft) for draft in drafts])
    print(f"{name}: {len(texts)} texts, {size / 1e6:.2f} MB, rules {size / seconds / 1e6:.2f} MB/s   goal >= 2.00")


def main() -> None:
    given = [Path(argument) for argument in sys.argv[1:]]
    files = [file for path in given for file in (sorted(path.rglob("*.*")) if path.is_dir() else [path])]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "draft.docx"
        make_draft(made)
        drafts = {"30-page draft": made.read_bytes()}
    drafts |= {file.name: file.read_bytes() for file in files if file.suffix == ".docx"}
    for name, data in drafts.items():
        compare(name, data)
    for name, data in drafts.items():
        throughput(name, [legalcheck.read(data).text])
    texts = [file.read_text("utf-8") for file in files if file.suffix == ".txt"]
    if texts:
        throughput(f"{len(texts)} text files", texts)


if __name__ == "__main__":
    main()
