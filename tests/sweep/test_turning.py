"""Between the days that a result is said to last, a review says the same."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import legalcheck
from legalcheck.citations import citations
from legalcheck.corpora.statutes import catalogue
from legalcheck.document import from_text
from legalcheck.sweep.turning import lasting

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
TITLES = st.sampled_from([one.title for one in catalogue() if one.repealed_on or one.pending or one.previous])


@settings(max_examples=60, deadline=None)
@given(st.lists(TITLES, min_size=1, max_size=3), DAYS, st.data())
def test_a_result_lasts_as_long_as_it_says(titles: list[str], day: date, data: st.DataObject) -> None:
    lines = ["青石镇某事管理办法", *(f"第{i}条 依照《{title}》第三条的规定办理。" for i, title in enumerate(titles, 1))]
    draft = from_text("\n".join(lines))
    first, end = lasting(citations(draft, day), day)
    assert first is None or first <= day
    assert end is None or day < end
    other = data.draw(st.dates(first or date(1980, 1, 1), end - timedelta(1) if end else date(2035, 1, 1)))
    assert legalcheck.review(draft, as_of=day).findings == legalcheck.review(draft, as_of=other).findings
    standing = [(one.resolution.status, one.resolution.statute) for one in citations(draft, day)]
    assert standing == [(one.resolution.status, one.resolution.statute) for one in citations(draft, other)]


def test_a_repeal_ends_a_result() -> None:
    draft = from_text("第一条 根据《中华人民共和国合同法》，制定本办法。")
    day = date(2020, 12, 31)
    _, end = lasting(citations(draft, day), day)
    assert end == date(2021, 1, 1)
