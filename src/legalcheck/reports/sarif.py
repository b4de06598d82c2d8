"""The report as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code hosting sites, editors and dashboards.

SARIF places results in lines of text and a .docx has none: each draft is given as the text that ``legalcheck text``
prints, one line a paragraph with the number Word shows, and is embedded in `artifacts`. Lines and columns count from
1; columns and `charOffset` are in code points. A line break within a paragraph is U+2028: a line is always a paragraph.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

from ..document.model import ScopeVerdict
from ..rules.finding import Finding, Severity
from .json import escaped
from .rule_help import Help, rule_help
from .words import SCOPE

if TYPE_CHECKING:
    from ..document.model import Paragraph
    from ..review.report import Report
    from .outcome import Outcome

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.BLOCKING: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"}
_BASE = "WORKDIR"
_LINES = "Word 文件没有行：行号是段落的序号，列号和字符位置按 legalcheck text 输出的文字（含自动编号）以字符计。"


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as one SARIF log with one run, on one line, UTF-8 characters unescaped."""
    from .. import __version__

    helps = {item.id: item for item in rule_help(outcomes)}
    order = {rule: index for index, rule in enumerate(helps)}
    driver = {
        "name": "legalcheck",
        "fullName": "legalcheck 行政规范性文件合法性审核",
        "version": __version__,
        "semanticVersion": __version__,
        "language": "zh-CN",
        "rules": [_descriptor(item) for item in helps.values()],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\n"],
        "originalUriBaseIds": {_BASE: {"description": {"text": "运行 legalcheck 时所在的文件夹。"}}},
        "invocations": [_invocation(outcomes)],
        "artifacts": [_artifact(outcome) for outcome in outcomes],
        "results": [result for index, outcome in enumerate(outcomes) for result in _results(outcome, index, order)],
    }
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, separators=(",", ":"))
    # Strict readers refuse even the escape of a lone surrogate; one character stays one character.
    return escaped(re.sub("[\ud800-\udfff]", "\ufffd", text)) + "\n"


def _descriptor(rule: Help) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": _message(rule.title),
        "fullDescription": _message(rule.problem),
        "help": {**_message(rule.text()), "markdown": _braces(rule.markdown())},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": [rule.category],
            "pack": rule.pack,
            "category": rule.category,
            "severity": rule.severity.value,
            "provenance": rule.provenance,
            "ground": list(rule.ground),
        },
    }


def _invocation(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What stopped a review, or may have kept something from it (SARIF 3.20.21)."""
    days = sorted({outcome.report.as_of.isoformat() for outcome in outcomes if outcome.report})
    return {
        "executionSuccessful": all(outcome.report for outcome in outcomes),
        "toolExecutionNotifications": [
            {"level": level, "message": _message(text), "locations": [{"physicalLocation": _place(outcome, index)}]}
            for index, outcome in enumerate(outcomes)
            for level, text in _notices(outcome)
        ],
        "properties": {"asOf": days},
    }


def _notices(outcome: Outcome) -> Iterator[tuple[str, str]]:
    report = outcome.report
    if report is None:
        yield "error", outcome.error
        return
    for note in report.notes:
        yield "warning", note
    if report.scope.verdict is not ScopeVerdict.IN_SCOPE:
        reasons = "；".join(reason.rstrip("。；") for reason in report.scope.reasons)
        yield "note", f"{SCOPE[report.scope.verdict]}：{reasons}。"


def _artifact(outcome: Outcome) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": _location(outcome), "roles": ["analysisTarget"]}
    report = outcome.report
    if report is None:
        return artifact
    options = outcome.options
    return {
        **artifact,
        "description": _message(_LINES),
        "hashes": {"sha-256": report.draft_digest},
        "contents": {"text": "\n".join(_line(paragraph) for paragraph in report.draft.paragraphs)},
        "properties": {
            "title": report.metadata.title,
            "asOf": report.as_of.isoformat(),
            "profile": options.profile,
            "level": options.level,
            "scope": report.scope.verdict.value,
            "packs": dict(sorted(report.packs.items())),
            "select": list(options.select),
            "ignore": list(options.ignore),
            "rulesSha256": report.rules_digest,
            "corporaSha256": report.corpora_digest,
        },
    }


def _results(outcome: Outcome, index: int, order: dict[str, int]) -> Iterator[dict[str, Any]]:
    report = outcome.report
    if report is None:
        return
    starts = list(accumulate((len(p.line) + 1 for p in report.draft.paragraphs), initial=0))
    for finding in report.findings:
        text = "\n".join(part for part in (finding.message, finding.advice) if part)
        yield {
            "ruleId": finding.rule,
            "ruleIndex": order[finding.rule],
            "level": _LEVEL[finding.severity],
            "message": _message(text),
            "locations": [_result_location(outcome, index, report, finding, starts)],
            # The first is ours; the second is the name that GitHub knows.
            "partialFingerprints": {
                "clause/v1": finding.fingerprint,
                "primaryLocationLineHash": f"{finding.fingerprint}:1",
            },
            "properties": {
                "severity": finding.severity.value,
                "category": finding.category,
                "provenance": finding.provenance,
                "ground": [ground.text for ground in finding.ground],
                "matched": list(finding.matched),
            },
        }


def _result_location(
    outcome: Outcome, index: int, report: Report, finding: Finding, starts: Sequence[int]
) -> dict[str, Any]:
    place = finding.location
    physical = _place(outcome, index)
    location: dict[str, Any] = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": str(place), "kind": "provision"}],
    }
    if place.paragraph is None:
        physical["region"] = {"startLine": 1}  # a reader that must show a line shows the title's
        return location
    paragraph = report.draft.paragraphs[place.paragraph]
    start = starts[place.paragraph]
    marks = [_region(paragraph, start, place.start + first, place.start + last) for first, last in finding.marks]
    clause = _region(paragraph, start, place.start, place.end)
    line = _region(paragraph, start, -len(paragraph.label), len(paragraph.text))
    region = clause
    if marks:
        first, last = min(mark[0] for mark in finding.marks), max(mark[1] for mark in finding.marks)
        region = _region(paragraph, start, place.start + first, place.start + last)
    physical["region"] = region
    context = line if region == clause else clause
    if context != region:
        physical["contextRegion"] = context
    if len(marks) > 1:
        location["annotations"] = marks
    return location


def _region(paragraph: Paragraph, line_start: int, start: int, end: int) -> dict[str, Any]:
    """A part of a paragraph's text, by both of SARIF's measures (SARIF 3.30.2)."""
    shift = len(paragraph.label)
    return {
        "startLine": paragraph.index + 1,
        "startColumn": shift + start + 1,
        "endLine": paragraph.index + 1,
        "endColumn": shift + end + 1,
        "charOffset": line_start + shift + start,
        "charLength": end - start,
        "snippet": {"text": _line(paragraph)[shift + start : shift + end]},
    }


def _line(paragraph: Paragraph) -> str:
    return paragraph.line.replace("\n", "\u2028")


def _place(outcome: Outcome, index: int) -> dict[str, Any]:
    return {"artifactLocation": {**_location(outcome), "index": index}}


def _location(outcome: Outcome) -> dict[str, Any]:
    """The draft's address: relative to the working folder as the user gave it, or absolute (RFC 3986, RFC 8089)."""
    path = PurePath(outcome.path)
    if outcome.report is not None and outcome.report.name and path.name != outcome.report.name:
        path /= outcome.report.name  # a folder with a draft and its materials was named
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote_from_bytes(os.fsencode(path.as_posix())), "uriBaseId": _BASE}


def _message(text: str) -> dict[str, Any]:
    """A plain text message: braces doubled, and no draft may smuggle in a link (SARIF 3.11.5 and 3.11.6)."""
    return {"text": _braces(text.replace("](", "] ("))}


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
