"""The report as GitHub Flavored Markdown, for merge requests, issues and wikis.

All that comes from a draft is escaped: it can neither format nor link, call a person (@), nor bring in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..rules.finding import Severity
from .marks import pieces
from .width import visible
from .words import PROVENANCE, SCOPE, SEVERITY, closing, packs

if TYPE_CHECKING:
    from ..review.report import Report
    from ..rules.finding import Finding
    from .outcome import Options, Outcome

# Within words, dates and numbers - and . mean nothing; but www. begins a link.
_PUNCTUATION = re.compile(r"[!#$&()*+:<=>@\[\\\]^_`{|}~]|(?<!\w)[-.]|[-.](?!\w)|(?<=[wW]{3})\.")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    """Text as Markdown that shows just this text, on one line of a paragraph or in a table cell (CommonMark 0.31, 2.4).

    Whatever may have a meaning gets a backslash. GitHub and GitLab look for @names after that: an invisible U+2060
    behind the @ hides them.
    """
    return _inline(text).strip()


def _inline(text: str) -> str:
    flowing = re.sub(" +", " ", visible(text))
    return _PUNCTUATION.sub(r"\\\g<0>", flowing).replace("@", "@" + _WORD_JOINER)


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as one Markdown page, ending in a line break."""
    lines = ["# 合法性审核结果", ""]
    if len(outcomes) > 1:
        lines += _overview(outcomes)
    for outcome in outcomes:
        lines += _draft(outcome)
    return "\n".join(lines).rstrip() + "\n"


def _overview(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield from _row("送审稿", *SEVERITY.values(), "合计")
    yield from _row(":--", *["--:"] * (len(SEVERITY) + 1))
    for outcome in outcomes:
        report = outcome.report
        if report is None:
            yield from _row(escape(outcome.path), *["—"] * len(SEVERITY), "未能审查")
            continue
        counts = [report.count(severity) for severity in Severity]
        yield from _row(escape(_title(outcome.path, report)), *map(str, counts), str(sum(counts)))
    yield ""


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _draft(outcome: Outcome) -> Iterator[str]:
    report = outcome.report
    if report is None:
        yield from (f"## {escape(outcome.path)}", "", f"**未能审查**：{escape(outcome.error)}", "")
        return
    yield from (f"## {escape(_title(outcome.path, report))}", "")
    yield from (f"- {name}：{text}" for name, text in _about(outcome.path, report, outcome.options))
    yield ""
    counts = "，".join(f"{word} {report.count(severity)} 处" for severity, word in SEVERITY.items())
    told = f"共 {len(report.findings)} 处：{counts}。" if report.findings else ""
    yield from (told + closing(report), "")
    for place, found in groupby(report.findings, key=lambda finding: str(finding.location)):
        yield from (f"### {escape(place)}", "")
        for finding in found:
            yield from _finding(finding)


def _about(path: str, report: Report, options: Options) -> Iterator[tuple[str, str]]:
    metadata, scope = report.metadata, report.scope
    yield "文件", escape(path)
    if metadata.kind:
        yield "文种", escape(metadata.kind)
    if metadata.issuer:
        yield "制定机关", escape(metadata.issuer)
    yield "审查基准日", report.as_of.isoformat()
    yield "规则包", escape(packs(report))
    if options.profile != "national":
        yield "地方档案", escape(options.profile)
    if options.select:
        yield "只用规则", _codes(options.select)
    if options.ignore:
        yield "未用规则", _codes(options.ignore)
    reasons = "；".join(reason.rstrip("。；") for reason in scope.reasons)
    yield "范围", escape(SCOPE[scope.verdict] + (f"：{reasons}" if reasons else ""))
    for note in report.notes:
        yield "注意", escape(note)


def _codes(names: Iterable[str]) -> str:
    return "、".join(f"`{name}`" for name in sorted(names))


def _finding(finding: Finding) -> Iterator[str]:
    yield from (f"- **{SEVERITY[finding.severity]}** `{finding.rule}` {escape(finding.title)}", "")
    if quote := _quote(finding):
        yield from (f"  > {quote}", "")
    yield f"  - 问题：{escape(finding.message)}"
    if finding.ground:
        checked = "" if finding.provenance == "verified" else f"（{PROVENANCE.get(finding.provenance, '')}）"
        yield f"  - 依据：{escape('；'.join(ground.text for ground in finding.ground) + checked)}"
    if finding.advice:
        yield f"  - 建议：{escape(finding.advice)}"
    yield ""


def _quote(finding: Finding) -> str:
    """The clause, its matched words in <strong>: ** beside Chinese punctuation does not always mean bold."""
    shown = ((_inline(text), marked) for text, marked in pieces(finding))
    return "".join(f"<strong>{text}</strong>" if marked else text for text, marked in shown).strip()


def _title(path: str, report: Report) -> str:
    return report.metadata.title or report.name or path
