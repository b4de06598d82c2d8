"""The same sentences for legalcheck and china-law-mcp 0.1.1: ``python benchmarks/citations_peer.py PEER_PYTHON
[FOLDER]``.

PEER_PYTHON is the interpreter of an environment with china-law-mcp. The sentences are those of
tests/citations/gold.jsonl and, with FOLDER, up to 2,000 lines of the statutes there that cite an article.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

AS_OF = date(2026, 11, 23)
PEER = """
import json, sys, time
start = time.perf_counter()
from china_law_mcp.server import check_citations_in_text as check
check = getattr(check, "fn", check)
texts = json.load(sys.stdin)
check("《民法典》第一条")
cold = time.perf_counter() - start
found = resolved = 0
start = time.perf_counter()
for text in texts:
    details = check(text)["details"]
    found += len(details)
    resolved += sum(bool(one["verified"]) for one in details)
print(json.dumps([cold, found, resolved, (time.perf_counter() - start) / len(texts)]))
"""
OURS = """
import json, sys, time
from datetime import date
start = time.perf_counter()
from legalcheck.citations import Kind, Status, citations
texts = json.load(sys.stdin)
citations("《民法典》第一条", date(2026, 11, 23))
cold = time.perf_counter() - start
found = resolved = articles = sure = 0
start = time.perf_counter()
every = [citations(text, date(2026, 11, 23)) for text in texts]
took = (time.perf_counter() - start) / len(texts)
for one in (one for found_here in every for one in found_here):
    found += 1
    if one.citation.kind in (Kind.TITLED, Kind.NUMBERED, Kind.STANDARD):
        resolved += one.resolution.status is not Status.UNKNOWN
        named = [ref for ref in one.citation.clauses if ref.article]
        articles += len(named)
        sure += len(named) if one.resolution.status is not Status.UNKNOWN else 0
print(json.dumps([cold, found, resolved, articles, sure, took]))
"""


def run(python: str, script: str, texts: list[str]) -> list[float]:
    """The figures a script prints when it is given the texts."""
    done = subprocess.run([python, "-c", script], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return list(map(float, json.loads(done.stdout.splitlines()[-1])))


def compare(name: str, peer: str, texts: list[str]) -> None:
    """Print both sides' figures for one set of sentences."""
    cold, found, resolved, per_call = run(peer, PEER, texts)
    print(f"{name}: {len(texts)} sentences")
    print(
        f"  china-law-mcp  found {found:.0f}, verified {resolved:.0f}, "
        f"first {cold * 1e3:.0f} ms, then {per_call * 1e6:.0f} µs a call"
    )
    cold, every, known, articles, sure, per_call = run(sys.executable, OURS, texts)
    print(
        f"  legalcheck     found {every:.0f} (with article {articles:.0f}), "
        f"resolved {known:.0f} (with article {sure:.0f}), "
        f"first {cold * 1e3:.0f} ms, then {per_call * 1e6:.0f} µs a call"
    )


def main(argv: list[str]) -> None:
    """Compare on the gold sentences and, if a folder is given, on lines of real statutes."""
    start = time.perf_counter()
    gold = Path(__file__).parents[1] / "tests" / "citations" / "gold.jsonl"
    compare("gold", argv[0], [json.loads(line)["text"] for line in gold.read_text("utf-8").splitlines()])
    if len(argv) > 1:
        wanted = re.compile(r"》[^。]{0,12}第[一二三四五六七八九十百千零0-9]+条")
        files = (path for path in sorted(Path(argv[1]).rglob("*")) if path.suffix in (".md", ".txt"))
        lines = [line for path in files for line in path.read_text("utf-8").splitlines() if wanted.search(line)]
        random.Random(1).shuffle(lines)
        compare("real statutes", argv[0], lines[:2000])
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
