"""The time of annotating a draft, as a multiple of what python-docx needs to open it and save it again.

    python benchmarks/annotate_speed.py [FILE.docx ...] [--findings 50] [--rounds 15]

Both are timed in turn in one run: processor time, best of all rounds. Without files: examples/draft.docx.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reports"))

from annotation import plant  # noqa: E402

from legalcheck.document import read  # noqa: E402
from legalcheck.reports.annotate import annotate  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[ROOT / "examples" / "draft.docx"])
    parser.add_argument("--findings", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(f"{'annotate':>10} {'open+save':>10} {'ratio':>6}  findings  file")
    for path in options.files:
        data = path.read_bytes()
        try:
            open_and_save(data)
        except (KeyError, ValueError) as error:
            print(f"python-docx cannot open {path.name}: {error}")
            continue
        report = plant(read(data), path.name, options.findings)
        ours = theirs = float("inf")
        for _ in range(options.rounds):
            ours = min(ours, seconds(lambda: annotate(report, data)))  # noqa: B023
            theirs = min(theirs, seconds(lambda: open_and_save(data)))  # noqa: B023
        count = len(report.findings)
        print(f"{ours * 1e3:8.1f}ms {theirs * 1e3:8.1f}ms {ours / theirs:6.2f}  {count:8}  {path.name}")


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def open_and_save(data: bytes) -> None:
    docx.Document(io.BytesIO(data)).save(io.BytesIO())


if __name__ == "__main__":
    main()
