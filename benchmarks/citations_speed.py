"""How fast citations are found and resolved: ``python benchmarks/citations_speed.py FOLDER`` (text files below
FOLDER)."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from legalcheck.citations import Citation, basis_levels, find, resolve
from legalcheck.corpora.statutes import catalogue

AS_OF = date(2026, 11, 23)


def main(folder: Path) -> None:
    """Print cold look-up, finding in MB/s of UTF-8, warm resolutions and basis questions a second."""
    probe = (
        "import time;t=time.perf_counter();from legalcheck.corpora.statutes import catalogue;"
        "t1=time.perf_counter();catalogue().find('优化营商环境条例');t2=time.perf_counter();"
        "print(f'{(t1-t)*1000:.1f} {(t2-t1)*1000:.1f}')"
    )
    runs = [subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True) for _ in range(5)]
    best = min((run.stdout.split() for run in runs), key=lambda pair: float(pair[1]))
    print(f"cold: import {best[0]} ms, first look-up {best[1]} ms")

    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".txt")]
    size = sum(len(text.encode()) for text in texts)
    find(texts[0])
    start = time.perf_counter()
    found: list[Citation] = [one for text in texts for one in find(text)]
    took = time.perf_counter() - start
    print(
        f"find: {len(texts)} files, {size / 1e6:.1f} MB, {len(found)} citations, "
        f"{took:.2f} s, {size / 1e6 / took:.1f} MB/s"
    )

    named = [one for one in found if one.key or one.numbers]
    for one in named:
        resolve(one, AS_OF, suggest=False)
    start = time.perf_counter()
    for one in named:
        resolve(one, AS_OF, suggest=False)
    took = time.perf_counter() - start
    print(f"resolve, warm: {len(named)} citations, {len(named) / took:,.0f} a second")

    misspelt = [one for one in named if one.key and one.key not in catalogue()][:2000]
    start = time.perf_counter()
    for one in misspelt:
        resolve(one, AS_OF)
    took = time.perf_counter() - start
    if misspelt:
        print(f"resolve unknown titles with suggestion: {len(misspelt)}, {len(misspelt) / took:,.0f} a second")

    sentence = "违反前款规定的，由市场监督管理部门依照《中华人民共和国食品安全法》第一百二十四条的规定予以处罚。"
    start = time.perf_counter()
    for _ in range(5000):
        basis_levels(sentence, AS_OF)
    print(f"basis_levels: {5000 / (time.perf_counter() - start):,.0f} sentences a second")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
