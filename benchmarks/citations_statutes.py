"""How the references between real statutes resolve: ``python benchmarks/citations_statutes.py FOLDER [SAMPLE]``.

Counts the verdicts on every article cited by title in the texts below FOLDER, and prints SAMPLE verdicts of "no such
…" or "repealed" with their surroundings, to be judged by hand. Old texts do cite repealed laws and old article
numbers.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from legalcheck.citations import ClauseStatus, Kind, Status, find, resolve

AS_OF = date(2026, 11, 23)
WRONG = (ClauseStatus.NO_SUCH_ARTICLE, ClauseStatus.NO_SUCH_PARAGRAPH, ClauseStatus.NO_SUCH_ITEM)


def main(folder: Path, size: int) -> None:
    """Print the counts and the sample."""
    seen: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    verdicts: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".md", ".txt"):
            continue
        text = path.read_text("utf-8")
        for one in find(text):
            if one.kind is not Kind.TITLED:
                continue
            found = resolve(one, AS_OF, suggest=False)
            titles[found.status] += 1
            place = f"{text[max(0, one.start - 30) : one.start]}【{one.text}】{text[one.end : one.end + 20]}".replace(
                "\n", "/"
            )
            if found.status is Status.REPEALED:
                verdicts.append(f"repealed {found.repealed_on} {one.role}: {path.name}: {place}")
            for verdict in found.clauses:
                if verdict.ref.article is None:
                    continue
                gone = found.status in (Status.REPEALED, Status.NOT_YET_EFFECTIVE)
                seen[found.status if gone else verdict.status] += 1
                if verdict.status in WRONG:
                    verdicts.append(f"{verdict.status} {verdict.ref}: {path.name}: {place}")
    print("titles:", dict(titles))
    print("articles of statutes in the catalogue:", dict(seen))
    trusted = sum(seen[status] for status in (ClauseStatus.OK, *WRONG))
    print(f"in force with trusted counts: {trusted}, resolved {seen[ClauseStatus.OK] / trusted:.1%}")
    for line in random.Random(1).sample(verdicts, min(size, len(verdicts))):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
