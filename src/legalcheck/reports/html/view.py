"""One outcome as the page shows it: plain values, every text of the draft already made visible."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from ...rules.finding import Finding, Severity
from ..marks import pieces
from ..outcome import Outcome
from ..words import CATEGORY, PROVENANCE, RANK, SCOPE, SEVERITY, closing
from .contents import Column, Entry, columns, contents, counts
from .marks import Note, shown
from .sheet import Block, Sheet

if TYPE_CHECKING:
    from ...review.report import Report

UNTREATED = "未处理"


class Card(Struct, frozen=True):
    """A finding in the list; `anchored` says whether it stands at a place in the draft."""

    number: int
    severity: str
    word: str
    rule: str
    pack: str
    state: str
    title: str
    place: str
    anchored: bool
    quote: Sequence[tuple[str, bool]]
    message: str
    ground: str
    remark: str
    advice: str


class Bar(Struct, frozen=True):
    """A row of the chart of categories."""

    name: str
    counts: Sequence[tuple[str, int]]
    total: int


class View(Struct, frozen=True):
    """One draft on the page; `number` counts from 1 and leads every id within it. `error` where it was not read."""

    number: int
    file: str
    path: str
    title: str
    error: str = ""
    facts: Sequence[str] = ()
    about: Sequence[tuple[str, str]] = ()
    warnings: Sequence[str] = ()
    scope: str = ""
    closing: str = ""
    totals: Sequence[tuple[str, str, int]] = ()  # severity, word, count
    cards: Sequence[Card] = ()
    packs: Sequence[tuple[str, str]] = ()  # the value of the filter and what it is called
    states: Sequence[tuple[str, str]] = ()
    chunks: Sequence[Sequence[Block]] = ()
    entries: Sequence[Entry] = ()
    bars: Sequence[Bar] = ()
    columns: Sequence[Column] = ()

    @property
    def whole(self) -> list[Card]:
        """The findings that stand at no place in the draft."""
        return [card for card in self.cards if not card.anchored]

    @property
    def widest(self) -> int:
        """The largest count of a category."""
        return max((bar.total for bar in self.bars), default=0)

    @property
    def highest(self) -> int:
        """The largest count of a column."""
        return max((column.total for column in self.columns), default=0)


def build(number: int, outcome: Outcome) -> View:
    """The view of the outcome that stands at `number`, from 1, on the page."""
    path = shown(outcome.path)
    file = shown(os.path.basename(outcome.path)) or path  # noqa: PTH119  a file name may be no valid text
    report = outcome.report
    if report is None:
        return View(number, file, path, file, error=shown(outcome.error))
    draft = report.draft
    notes = [Note(at, finding) for at, finding in enumerate(report.findings, 1)]
    placed: dict[int, list[Note]] = {}
    for note in notes:
        paragraph = note.finding.location.paragraph
        if paragraph is not None and 0 <= paragraph < len(draft.paragraphs):
            placed.setdefault(paragraph, []).append(note)
    entries = contents(draft, report.findings)
    targets = frozenset(entry.paragraph for entry in entries if entry.paragraph is not None)
    cards = [_card(note, len(draft.paragraphs), outcome.states) for note in notes]
    return View(
        number=number,
        file=file,
        path=path,
        title=_line(report.metadata.title or report.name or outcome.path),
        facts=_facts(report, file),
        about=_about(report, outcome),
        warnings=_warnings(report, outcome),
        scope=shown(_scope(report)),
        closing=closing(report),
        totals=[(severity.value, SEVERITY[severity], report.count(severity)) for severity in Severity],
        cards=cards,
        packs=[(pack, _pack(pack)) for pack in sorted({card.pack for card in cards})],
        states=[(state, state) for state in sorted({card.state for card in cards}, key=_untreated_first)],
        chunks=Sheet(draft, placed, targets).chunks(),
        entries=entries,
        bars=_bars(report.findings),
        columns=columns(entries),
    )


def _card(note: Note, paragraphs: int, states: Mapping[str, str]) -> Card:
    finding = note.finding
    paragraph = finding.location.paragraph
    return Card(
        number=note.number,
        severity=finding.severity.value,
        word=SEVERITY[finding.severity],
        rule=shown(finding.rule),
        pack=shown(finding.rule.split("-")[0]),
        state=shown(states.get(finding.fingerprint, UNTREATED)),
        title=_line(finding.title),
        place=_line(str(finding.location)),
        anchored=paragraph is not None and 0 <= paragraph < paragraphs,
        quote=[(shown(text), marked) for text, marked in pieces(finding)],
        message=shown(finding.message),
        ground=shown("；".join(ground.text for ground in finding.ground)),
        remark="" if finding.provenance == "verified" else PROVENANCE.get(finding.provenance, ""),
        advice=shown(finding.advice),
    )


def _facts(report: Report, file: str) -> list[str]:
    facts = [report.metadata.kind, report.metadata.issuer, f"审查基准日 {report.as_of.isoformat()}", file]
    return [_line(fact) for fact in facts if fact]


def _about(report: Report, outcome: Outcome) -> list[tuple[str, str]]:
    """What the review depends on, as name and value."""
    facts = [
        ("文种", report.metadata.kind),
        ("制定机关", report.metadata.issuer),
        ("审查基准日", report.as_of.isoformat()),
        ("效力位阶", RANK.get(outcome.options.level, outcome.options.level)),
        ("文件", outcome.path),
        ("文件 SHA-256", report.draft_digest),
        ("规则包", "、".join(f"{name} {version}" for name, version in sorted(report.packs.items()))),
        ("规则 SHA-256", report.rules_digest),
        ("法规目录 SHA-256", report.corpora_digest),
        ("程序", f"legalcheck {report.version}"),
    ]
    return [(name, _line(value)) for name, value in facts if value]


def _warnings(report: Report, outcome: Outcome) -> list[str]:
    """What a reader must know before trusting the silence of a rule."""
    found = list(report.notes)
    if outcome.options.select:
        found.append("只用了这些规则：" + "、".join(outcome.options.select))
    if outcome.options.ignore:
        found.append("没有用这些规则：" + "、".join(outcome.options.ignore))
    return [shown(warning) for warning in found]


def _scope(report: Report) -> str:
    reasons = "；".join(reason.rstrip("。；") for reason in report.scope.reasons)
    return SCOPE[report.scope.verdict] + (f"：{reasons}。" if reasons else "。")


def _bars(findings: Sequence[Finding]) -> list[Bar]:
    by_category: dict[str, list[Finding]] = {}
    for finding in findings:
        by_category.setdefault(finding.category, []).append(finding)
    bars = [Bar(CATEGORY.get(name, name), counts(own), len(own)) for name, own in by_category.items()]
    return sorted(bars, key=lambda bar: (-bar.total, bar.name))


def _untreated_first(state: str) -> tuple[bool, str]:
    return state != UNTREATED, state


def _pack(prefix: str) -> str:
    return f"{prefix} {_packs().get(prefix, '')}".rstrip()


@cache
def _packs() -> dict[str, str]:
    """The titles of the built-in packs by the prefix of their rules' ids."""
    from ...rules.ruleset import load

    ruleset = load()
    titles = {pack.name: pack.title for pack in ruleset.packs}
    return {rule.id.split("-")[0]: titles[rule.pack] for rule in ruleset.rules}


def _line(text: str) -> str:
    return " ".join(shown(text).split())
