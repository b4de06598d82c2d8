"""Annotate real drafts with findings planted at random spans and read the comments back, also through LibreOffice.

    python benchmarks/annotate_roundtrip.py FOLDER [FOLDER ...] [--seed 1] [--no-libreoffice]

For every .docx: each comment lies on exactly its words (or, where Word allows none there, quotes them), the reader
gives the same text, text and formatting without the comments are those of the draft, the other parts are the same
bytes, and LibreOffice opens the copy and shows every comment. Exit code 1 if anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "reports"))

from annotation import check, plant, shown_by_libreoffice  # noqa: E402

from legalcheck.document import read  # noqa: E402
from legalcheck.errors import DocumentError  # noqa: E402
from legalcheck.reports.annotate import annotate  # noqa: E402

_AT_ONCE = 20  # files in one run of LibreOffice


class Copy(NamedTuple):
    name: str
    draft: bytes
    data: bytes
    comments: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--no-libreoffice", action="store_true")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    copies: list[Copy] = []
    for path in (path for folder in options.folders for path in sorted(folder.glob("*.docx"))):
        data = path.read_bytes()
        try:
            report = plant(read(data), options.seed + path.name)
        except DocumentError:
            counts["files that are no readable .docx"] += 1
            continue
        try:
            copy = annotate(report, data).data
        except DocumentError as error:
            counts["files refused"] += 1
            print(f"{path.name}: {error}")
            continue
        verdict = check(report, data, copy)
        wrong += [f"{path.name}: {sentence}" for sentence in verdict.wrong]
        counts["files annotated"] += 1
        counts["comments"] += len(report.findings)
        counts["on exactly their words"] += verdict.exact
        counts["on the formula or field that holds the words"] += verdict.widened
        counts["at the text box, note mark or title"] += verdict.elsewhere
        counts["on the whole draft"] += sum(f.location.paragraph is None for f in report.findings)
        copies.append(Copy(path.name, data, copy, len(report.findings)))
    if not options.no_libreoffice:
        wrong += _libreoffice(copies, counts)
    for name, count in counts.items():
        print(f"{count:6} {name}")
    print(*(f"WRONG {sentence}" for sentence in wrong), sep="\n")
    return 1 if wrong else 0


def _libreoffice(copies: list[Copy], counts: Counter[str]) -> list[str]:
    wrong = []
    for start in range(0, len(copies), _AT_ONCE):
        some = copies[start : start + _AT_ONCE]
        for copy, found in zip(some, _shown([each.data for each in some]), strict=True):
            if found is None:  # one that it cannot load may take down those after it: once more, alone
                (found,) = _shown([copy.data])
            if found is None and _shown([copy.draft]) == [None]:
                counts["drafts that LibreOffice itself cannot convert"] += 1
            elif found != copy.comments:
                wrong.append(f"{copy.name}: LibreOffice shows {found} comments of {copy.comments}")
            else:
                counts["files that LibreOffice opens with all comments"] += 1
                counts["comments shown by LibreOffice"] += found
    return wrong


def _shown(files: list[bytes]) -> list[int | None]:
    with tempfile.TemporaryDirectory() as folder:
        return shown_by_libreoffice(files, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
