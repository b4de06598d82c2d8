"""The report as JUnit XML, for the test pages of continuous integration: a draft is a suite, a rule a test.

A rule fails where it found something of the severity that makes the command fail (``--fail-on``); what is less grave
stands in the test's output. There is no formal standard: this is what Jenkins, GitLab and GitHub's readers share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..document.model import ScopeVerdict
from .marks import bracketed
from .width import visible
from .words import SEVERITY, closing

if TYPE_CHECKING:
    from lxml import etree

    from ..rules.finding import Finding
    from .outcome import Outcome


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as one XML document with a declaration, UTF-8."""
    from lxml import etree

    root = etree.Element("testsuites", name="legalcheck")
    suites = [_suite(root, outcome) for outcome in outcomes]
    _count(root, suites)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def _suite(root: etree._Element, outcome: Outcome) -> etree._Element:
    suite = _add(root, "testsuite", name=outcome.path)
    report = outcome.report
    if report is None:
        case = _add(suite, "testcase", classname=outcome.path, name="读取送审稿")
        _add(case, "error", outcome.error, type="unreadable", message=outcome.error)
    elif report.scope.verdict is ScopeVerdict.OUT_OF_SCOPE and not report.findings:
        case = _add(suite, "testcase", classname=outcome.path, name="合法性审核")
        _add(case, "skipped", message=closing(report))
    else:
        titles = {rule.id: rule.title for rule in outcome.rules().rules}
        titles |= {finding.rule: finding.title for finding in report.findings}
        for rule, title in sorted(titles.items()):
            case = _add(suite, "testcase", classname=outcome.path, name=f"{rule} {title}")
            _findings(case, [finding for finding in report.findings if finding.rule == rule], outcome)
    _count(suite, [suite])
    return suite


def _findings(case: etree._Element, found: Sequence[Finding], outcome: Outcome) -> None:
    failing = [finding for finding in found if outcome.fails(finding)]
    if failing:
        worst = min(failing, key=lambda finding: finding.severity.rank)
        more = f"（共 {len(failing)} 处）" if len(failing) > 1 else ""
        message = f"{worst.location}：{worst.message}{more}"
        _add(case, "failure", _told(failing), type=worst.severity.value, message=message)
    if others := [finding for finding in found if not outcome.fails(finding)]:
        _add(case, "system-out", _told(others))


def _told(findings: Sequence[Finding]) -> str:
    """The findings as paragraphs; a character that XML 1.0 (2.2) lacks is written out by `visible`."""
    paragraphs = []
    for finding in findings:
        ground = "；".join(entry.text for entry in finding.ground)
        fields = {"原文": bracketed(finding), "问题": finding.message, "依据": ground, "建议": finding.advice}
        lines = [f"{finding.location}　{SEVERITY[finding.severity]}"]
        lines += [f"{name}：{text}" for name, text in fields.items() if text]
        paragraphs.append("".join(visible(line) + "\n" for line in lines))
    return "\n" + "\n".join(paragraphs)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    from lxml import etree

    element = etree.SubElement(parent, tag, {key: visible(value) for key, value in attributes.items()})
    element.text = ("\n".join(visible(line) for line in text.split("\n"))) or None
    return element


def _count(element: etree._Element, suites: Sequence[etree._Element]) -> None:
    counts = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for attribute, name in counts.items():
        element.set(attribute, str(sum(1 for suite in suites for _ in suite.iter(name))))
