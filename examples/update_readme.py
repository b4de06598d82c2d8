"""Paste what ``legalcheck review examples/draft.docx`` prints into both READMEs, shortened to a few provisions, and the
walk-through of `walkthrough.py` into the Chinese one.

Run ``python examples/update_readme.py`` after a change of rules or of the report's looks; a test compares.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from walkthrough import transcript

ROOT = Path(__file__).parents[1]
COMMAND = "review examples/draft.docx --as-of 2026-11-23"
SHOWN = ("第五条第（二）项", "第六条第一款", "第十一条", "第十六条")
OMITTED = "……\n"


def excerpt() -> str:
    """The head, the chosen provisions and the closing lines, with a line of dots for what is left out."""
    command = [sys.executable, "-m", "legalcheck", *COMMAND.split()]
    printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout
    findings, rule, closing = printed.rpartition("\n──")
    head, *provisions = re.split(r"^(?=▌)", findings, flags=re.MULTILINE)
    chosen = [provision.rstrip() + "\n\n" for provision in provisions if provision.split("\n")[0][1:] in SHOWN]
    return head + OMITTED.join([*chosen, rule[1:] + closing])


def main() -> None:
    block = f"$ legalcheck {COMMAND}\n{excerpt()}"
    way = "\n".join(transcript())
    for name in ("README.md", "README.zh-CN.md"):
        path = ROOT / name
        text = path.read_text("utf-8")
        text = re.sub(r"^\$ legalcheck review .*?(?=^```)", lambda _: block, text, flags=re.M | re.S)
        text = re.sub(r"^% legalcheck record .*?(?=^```)", lambda _: way, text, flags=re.M | re.S)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
