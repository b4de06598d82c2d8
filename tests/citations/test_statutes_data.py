"""The citations of real statutes and of the labelled cases; skipped where the data is not at hand."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from legalcheck.citations import ClauseStatus, Kind, Status, citations, find, resolve

DATA = Path(__file__).parents[3] / "shared" / "data"
TODAY = date(2026, 11, 23)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data set (../shared/data) is not at hand")


@needs_data
def test_references_between_real_statutes_resolve() -> None:
    seen: Counter[str] = Counter()
    for path in sorted((DATA / "laws_fulltext" / "lawrefbook" / "行政法规").glob("*.md")):
        for one in find(path.read_text("utf-8")):
            if one.kind is not Kind.TITLED:
                continue
            found = resolve(one, TODAY, suggest=False)
            if found.status is Status.IN_FORCE:
                seen.update(v.status for v in found.clauses if v.ref.article)
    assert seen[ClauseStatus.OK] > 500
    assert seen[ClauseStatus.NO_SUCH_ARTICLE] <= 0.01 * seen.total()


@needs_data
def test_every_case_of_repealed_basis_is_found_and_no_lawful_one() -> None:
    for line in (DATA / "cases" / "dev.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        applied = [one.resolution for one in citations(case["text"], TODAY) if one.citation.applied]
        repealed = any(one.status is Status.REPEALED for one in applied)
        beyond = any(v.status is ClauseStatus.NO_SUCH_ARTICLE for one in applied for v in one.clauses)
        assert repealed == ("repealed_basis" in case["label"]), case["id"]
        assert not beyond, case["id"]
