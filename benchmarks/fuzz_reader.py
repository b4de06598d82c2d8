"""Fuzz the reader: mutated files and packages of random markup; only LegalcheckError may come out.

    python benchmarks/fuzz_reader.py --inputs 20000 --seed 1 [--corpus FOLDER ...] [--seconds 5]

Every input that raises anything else, or takes longer than --seconds, is written to fuzz-failures/ with its traceback.
Without a corpus of .docx files only generated packages are tried.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "document"))

from docx_fuzz import mutate, package  # noqa: E402

from legalcheck.document import read  # noqa: E402
from legalcheck.document.runs import RunMap  # noqa: E402
from legalcheck.errors import LegalcheckError  # noqa: E402


def look(data: bytes) -> str:
    """Read one input and use what comes out; returns what happened."""
    try:
        draft = read(data)
    except LegalcheckError as error:
        return type(error).__name__
    sources = RunMap(data)
    assert len(sources.paragraphs) == len(draft.paragraphs)
    for segment in draft.segments:
        draft.path(segment.provision)
        assert segment.start < segment.end <= len(draft.paragraphs[segment.paragraph].text)
    for paragraph in draft.paragraphs:
        pieces = sources.pieces(paragraph.index)
        assert not pieces or pieces[-1].end == len(paragraph.text)
    return "read"


def main() -> int:
    """Run the inputs; 1 if any of them failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", action="append", default=[])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--generated", type=float, default=0.3, help="share of generated packages")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = sorted(
        path
        for folder in options.corpus
        for path in Path(folder).iterdir()
        if path.suffix in (".docx", ".docm", ".dotx", ".dotm") and path.stat().st_size < 300_000
    )
    failures, outcomes, slowest = 0, Counter[str](), 0.0
    for number in range(options.inputs):
        if not files or rng.random() < options.generated:
            data, origin = package(rng), "generated"
        else:
            path = rng.choice(files)
            data, origin = mutate(path.read_bytes(), rng), path.name
        began = time.perf_counter()
        try:
            outcome = look(data)
        except Exception:
            outcome = "FAILED"
            trace = traceback.format_exc()
        took = time.perf_counter() - began
        slowest = max(slowest, took)
        if outcome != "FAILED" and took > options.seconds:
            outcome, trace = "FAILED", f"{took:.1f} s"
        outcomes[outcome] += 1
        if outcome == "FAILED":
            failures += 1
            folder = ROOT / "fuzz-failures"
            folder.mkdir(exist_ok=True)
            (folder / f"{options.seed}-{number}.docx").write_bytes(data)
            (folder / f"{options.seed}-{number}.txt").write_text(f"{origin}\n{trace}", encoding="utf-8")
            print(f"input {number} ({origin}): {trace.splitlines()[-1]}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{options.inputs} inputs, seed {options.seed}: {failures} failed; {dict(outcomes)}")
    print(f"slowest {slowest:.2f} s, peak memory {peak} MiB")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
