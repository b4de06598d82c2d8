"""The report as a terminal shows it: provisions in the order of the draft, each with what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..document.model import ScopeVerdict
from ..rules.finding import Finding, Severity
from .outcome import Options, Outcome
from .width import fold, glyph, pad, visible, width, wrap
from .words import PROVENANCE, SCOPE, SEVERITY, closing, packs

if TYPE_CHECKING:
    from ..review.report import Report

NARROWEST, WIDEST = 60, 110
_INDENT = "  "
_LABEL = 6  # 依据 and two spaces
_SGR = {
    Severity.BLOCKING: "1;31",
    Severity.MAJOR: "1;33",
    Severity.MINOR: "1;36",
    "title": "1",
    "place": "1;34",
    "dim": "2",
    "good": "1;32",
}


class Page:
    """Turns outcomes into lines of at most `columns` columns, with ANSI colours if `color`."""

    def __init__(self, columns: int = 80, color: bool = False) -> None:
        self.columns = max(NARROWEST, min(columns, WIDEST))
        self.color = color

    def render(self, outcomes: Sequence[Outcome]) -> str:
        """The whole page, ending in a line break; "" if no draft could be read."""
        lines: list[str] = []
        for outcome in outcomes:
            if outcome.report is not None:
                lines += [*self._draft(outcome.path, outcome.report, outcome.options, outcome.states), ""]
        if len(outcomes) > 1 and lines:
            lines += [self._rule("═"), *self._total(outcomes)]
        while lines and not lines[-1]:
            lines.pop()
        return "".join(line.rstrip() + "\n" for line in lines)

    def _draft(self, path: str, report: Report, options: Options, states: Mapping[str, str]) -> Iterator[str]:
        title = visible(report.metadata.title or report.name or path)
        for line in fold(title, self.columns):
            yield self._paint(line, "title")
        inside = "" if path.endswith(report.name) else f"，其中的{report.name}"  # of a folder, the draft in it
        yield from self._field("文件", path + inside)
        about = [
            f"{name} {visible(value)}"
            for name, value in (("文种", report.metadata.kind), ("制定机关", report.metadata.issuer))
            if value
        ]
        about.append(f"审查基准日 {report.as_of.isoformat()}")
        yield from self._field("概况", "　".join(about))
        yield from self._field("规则", packs(report))
        yield from self._narrowed(options)
        yield from self._scope(report)
        for note in report.notes:
            yield from self._field("注意", note, Severity.MAJOR)
        yield ""
        for place, found in groupby(report.findings, key=_place):
            for line in fold("▌" + visible(place), self.columns):
                yield self._paint(line, "place")
            for finding in found:
                yield from self._finding(finding, states)
        yield self._rule("─")
        yield from self._closing(report)

    def _narrowed(self, options: Options) -> Iterator[str]:
        """A reader must see that the silence of a rule may come from its having been left out."""
        if options.profile != "national":
            yield from self._field("档案", options.profile)
        if options.select:
            yield from self._field("限定", "只用规则 " + "、".join(options.select))
        if options.ignore:
            yield from self._field("略去", "未用规则 " + "、".join(options.ignore))

    def _scope(self, report: Report) -> Iterator[str]:
        scope = report.scope
        reasons = "；".join(reason.rstrip("。；") for reason in scope.reasons)
        text = SCOPE[scope.verdict] + (f"：{reasons}" if reasons else "")
        style = "dim" if scope.verdict is ScopeVerdict.IN_SCOPE else Severity.MAJOR
        yield from self._field("范围", text, style)

    def _finding(self, finding: Finding, states: Mapping[str, str]) -> Iterator[str]:
        word = SEVERITY[finding.severity]
        head = f"{finding.rule}　{visible(finding.title)}"
        if state := states.get(finding.fingerprint):  # recorded: people clear it by this number
            head += f"　编号 {finding.fingerprint[:8]}，{state}"
        for index, line in enumerate(fold(head, self.columns - 2 - width(word) - 2)):
            lead = self._paint(word, finding.severity) if index == 0 else " " * width(word)
            yield f"{_INDENT}{lead}  {line}"
        yield from self._quote(finding)
        yield from self._field("问题", finding.message)
        if finding.ground:
            mark = "" if finding.provenance == "verified" else f"（{PROVENANCE.get(finding.provenance, '')}）"
            yield from self._field("依据", "；".join(ground.text for ground in finding.ground) + mark)
        if finding.advice:
            yield from self._field("建议", finding.advice)
        yield ""

    def _quote(self, finding: Finding) -> Iterator[str]:
        """The clause with its matched words: coloured on a terminal, in 【】 elsewhere."""
        text, marks = _show(finding.quote, finding.marks)
        bar = self._paint("│", "dim") + " "
        if not self.color:
            for start, end in reversed(marks):
                text = f"{text[:start]}【{text[start:end]}】{text[end:]}"
            marks = []
        if not text:
            return
        for start, end in wrap(text, self.columns - 5):
            yield _INDENT + bar + self._marked(text, start, end, marks, finding.severity)

    def _marked(self, text: str, start: int, end: int, marks: list[tuple[int, int]], severity: Severity) -> str:
        parts, position = [], start
        for first, last in marks:
            first, last = max(first, start), min(last, end)
            if first < last:
                parts += [text[position:first], self._paint(text[first:last], severity, underline=True)]
                position = last
        return "".join([*parts, text[position:end]])

    def _field(self, name: str, text: str, style: str | Severity | None = None) -> Iterator[str]:
        for index, line in enumerate(fold(visible(text), self.columns - 2 - _LABEL)):
            label = self._paint(pad(name, _LABEL), "dim") if index == 0 else " " * _LABEL
            yield _INDENT + label + (self._paint(line, style) if style else line)

    def _closing(self, report: Report) -> Iterator[str]:
        if not report.findings:
            outside = report.scope.verdict is ScopeVerdict.OUT_OF_SCOPE
            verdict, stop, rest = closing(report).partition("。")
            yield self._paint(verdict + stop, Severity.MAJOR if outside else "good") + rest
            return
        yield f"共 {len(report.findings)} 处：" + self._counts([report])
        yield from fold(closing(report), self.columns)

    def _counts(self, reports: Iterable[Report]) -> str:
        reports = list(reports)
        parts = []
        for severity in Severity:
            count = sum(report.count(severity) for report in reports)
            text = f"{SEVERITY[severity]} {count} 处"
            parts.append(self._paint(text, severity) if count else text)
        return "，".join(parts) + "。"

    def _total(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        reports = [outcome.report for outcome in outcomes if outcome.report is not None]
        found = sum(len(report.findings) for report in reports)
        failed = len(outcomes) - len(reports)
        unread = f"，{failed} 份未能审查" if failed else ""
        yield f"{len(outcomes)} 份文件，已审查 {len(reports)} 份{unread}。"
        yield f"共 {found} 处：{self._counts(reports)}"

    def _rule(self, char: str) -> str:
        # ─ and ═ are of ambiguous width: where they are wide, more than half as many would not fit.
        return self._paint(char * (self.columns // 2), "dim")

    def _paint(self, text: str, style: str | Severity, underline: bool = False) -> str:
        if not self.color or not text:
            return text
        return f"\x1b[{_SGR[style]}{';4' if underline else ''}m{text}\x1b[0m"


def _place(finding: Finding) -> str:
    return str(finding.location)


def _show(quote: str, marks: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The quote as it is shown, and the marks moved with it: an escaped character takes more room than it had."""
    moved = [0]
    shown = []
    for char in quote:
        shown.append(glyph(char))
        moved.append(moved[-1] + len(shown[-1]))
    last = len(quote)
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, last)) for start, end in marks):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return "".join(shown), [(moved[start], moved[end]) for start, end in merged]


def render(outcomes: Sequence[Outcome], columns: int = 80, color: bool = False) -> str:
    """Outcomes as text for people, wrapped to `columns` columns (between 60 and 110)."""
    return Page(columns, color).render(outcomes)
