"""The table of contents: the units of the draft that a reader looks for, each with the findings that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from ...document.model import Draft, Level, Provision, Segment
from ...rules.finding import Finding, Severity
from .marks import shown

_LISTED = frozenset(
    (Level.ATTACHMENT, Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.HEADING_1, Level.HEADING_2)
)
_OPENING = 18  # characters of its text shown for a unit without a title
_COLUMNS = 36  # at most so many columns in the chart


class Entry(Struct):
    """A unit: `paragraph` is where it begins (None: nowhere in particular), `depth` how far in it stands, from 0."""

    label: str
    title: str = ""
    paragraph: int | None = None
    depth: int = 0
    container: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many findings of each severity, those with none left out."""
        return counts(self.findings)


class Column(Struct, frozen=True):
    """A column of the chart: units that stand one after the other, and the findings in them."""

    label: str
    paragraph: int | None
    counts: Sequence[tuple[str, int]]
    total: int


def counts(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """How many findings of each severity, gravest first, those with none left out."""
    found = [finding.severity for finding in findings]
    return [(severity.value, found.count(severity)) for severity in Severity if severity in found]


def contents(draft: Draft, findings: Sequence[Finding]) -> list[Entry]:
    """The units in reading order; before them the whole draft, after them what is outside any unit, if anything is."""
    by_paragraph: dict[int, list[Segment]] = {}
    for segment in draft.segments:
        by_paragraph.setdefault(segment.paragraph, []).append(segment)
    entries = dict(_entries(draft))
    whole, outside = Entry("全文"), Entry("其他", "标题、落款、页眉、附注等")
    for finding in findings:
        place = finding.location
        if place.paragraph is None or place.paragraph >= len(draft.paragraphs):
            whole.findings.append(finding)
            continue
        around = by_paragraph.get(place.paragraph, [])
        here = next((one for one in around if place.start < one.end), around[-1] if around else None)
        units = draft.ancestors(here.provision if here else None)
        entry = next((entries[unit.index] for unit in units if unit.index in entries), outside)
        entry.findings.append(finding)

    return [*([whole] if whole.findings else ()), *entries.values(), *([outside] if outside.findings else ())]


def columns(entries: Sequence[Entry]) -> list[Column]:
    """The entries as columns of a chart, several to a column where there are many."""
    own = [entry for entry in entries if entry.findings or not entry.container]
    size = -(-len(own) // _COLUMNS) or 1
    return [_column(own[at : at + size]) for at in range(0, len(own), size)]


def _column(entries: Sequence[Entry]) -> Column:
    first, last = entries[0].label, entries[-1].label
    findings = [finding for entry in entries for finding in entry.findings]
    label = first if len(entries) == 1 else f"{first}—{last}"
    return Column(label, entries[0].paragraph, counts(findings), len(findings))


def _entries(draft: Draft) -> Iterator[tuple[int, Entry]]:
    begins: dict[int, Segment] = {}
    for segment in draft.segments:
        for unit in draft.ancestors(segment.provision):
            if unit.index in begins:
                break  # and so are all those it stands in
            begins[unit.index] = segment
    for unit in draft.provisions:
        opening = begins.get(unit.index)
        if unit.level in _LISTED and unit.label and opening is not None:
            yield unit.index, _entry(draft, unit, opening)


def _entry(draft: Draft, unit: Provision, segment: Segment) -> Entry:
    text = draft.paragraphs[segment.paragraph].text[segment.start : segment.end].strip()
    title = unit.title or (text[:_OPENING] + "…" if len(text) > _OPENING else text)
    return Entry(
        shown(unit.label.strip()),
        " ".join(shown(title).split()),
        segment.paragraph,
        sum(above.level in _LISTED for above in draft.ancestors(unit.parent)),
        unit.level in (Level.PART, Level.CHAPTER, Level.SECTION),
    )
