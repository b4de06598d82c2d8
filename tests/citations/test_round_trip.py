"""Whatever is rendered in canonical form parses back to the same values."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from legalcheck.citations import ClauseRef, Kind, Role, find
from legalcheck.citations.clauses import clauses
from legalcheck.numerals import to_chinese

numbers = st.integers(1, 1300)
small = st.integers(1, 20)


@st.composite
def references(draw: st.DrawFn) -> ClauseRef:
    article = (draw(numbers), draw(st.sampled_from([0, 0, 0, 1, 2, 9])))
    paragraph = draw(st.none() | small)
    item = draw(st.none() | small)
    subitem = draw(small) if item is not None and draw(st.booleans()) else None
    return ClauseRef(0, 0, article, paragraph, item, subitem)


def values(ref: ClauseRef) -> tuple[object, ...]:
    until = values(ref.until) if ref.until else None
    return ref.article, ref.paragraph, ref.item, ref.subitem, until


@given(references())
def test_one_unit_round_trips(ref: ClauseRef) -> None:
    text = str(ref)
    (found,), end = clauses(text, 0)
    assert end == len(text)
    assert values(found) == values(ref)
    assert (found.start, found.end) == (0, len(text))


@given(st.lists(references(), min_size=1, max_size=6))
def test_an_enumeration_round_trips(refs: list[ClauseRef]) -> None:
    found, end = clauses("、".join(map(str, refs)), 0)
    assert [values(one) for one in found] == [values(one) for one in refs]
    assert end == len("、".join(map(str, refs)))


@given(numbers, numbers)
def test_a_range_round_trips(first: int, last: int) -> None:
    for text in (
        f"第{to_chinese(first)}条至第{to_chinese(last)}条",
        f"第{to_chinese(first)}至{to_chinese(last)}条",
        f"第{first}条—第{last}条",
    ):
        (found,), end = clauses(text, 0)
        assert end == len(text)
        assert found.article == (first, 0)
        assert found.until is not None
        assert found.until.article == (last, 0)


titles = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=2, max_size=10).map(lambda stem: stem + "管理办法")
markers = st.sampled_from(
    [
        ("根据", Role.BASIS),
        ("依照", Role.BASIS_APPLY),
        ("违反", Role.BREACH),
        ("参照", Role.ANALOGY),
        ("按照", Role.FOLLOW),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(titles, st.lists(references(), max_size=3)), min_size=1, max_size=4), markers)
def test_a_chain_of_titles_round_trips(chain: list[tuple[str, list[ClauseRef]]], marker: tuple[str, Role]) -> None:
    text = marker[0] + "、".join(f"《{title}》" + "、".join(map(str, refs)) for title, refs in chain) + "办理。"
    found = find(text)
    assert [(one.title, [values(ref) for ref in one.clauses]) for one in found] == [
        (title, [values(ref) for ref in refs]) for title, refs in chain
    ]
    assert {one.role for one in found} == {marker[1]}


@settings(deadline=None)
@given(
    st.sampled_from(["国发", "国办发", "渝府规", "公通字", "民发", "某镇府"]),
    st.integers(1950, 2099),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "﹝﹞", "［］"]),
)
def test_a_document_number_round_trips(issuer: str, year: int, n: int, brackets: str) -> None:
    (found,) = find(f"根据{issuer}{brackets[0]}{year}{brackets[1]}{n}号办理")
    assert found.kind is Kind.NUMBERED
    number = found.numbers[0]
    assert (number.issuer, number.year, number.n) == (issuer, year, n)
    assert number.text == f"{issuer}〔{year}〕{n}号"
    assert bool(found.warnings) == (brackets != "〔〕")
    assert find(number.text)[0].numbers[0].text == number.text


junk = st.text(
    alphabet="《》〈〉（）()第条款项之一二十百令号〔〕[]2015国发、和至前本该附件§以下简称“”\n 。，法", max_size=120
)


@settings(max_examples=400, deadline=None)
@given(junk)
def test_no_text_breaks_the_finder(text: str) -> None:
    found = find(text)
    position = 0
    for one in found:
        assert position <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        position = one.end
    assert find(text) == found
