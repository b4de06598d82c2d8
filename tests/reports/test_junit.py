from __future__ import annotations

import junitparser
from hostile_text import TEXT, pure
from hypothesis import given

from legalcheck import Scope, ScopeVerdict, Severity
from legalcheck.reports.junit import render
from legalcheck.reports.outcome import Options, Outcome
from legalcheck.reports.width import visible


def suites(text: str) -> list[junitparser.TestSuite]:
    return list(junitparser.JUnitXml.fromstring(text.encode("utf-8")))


def failures(suite: junitparser.TestSuite) -> dict[str, junitparser.Failure]:
    """The failed tests by name."""
    return {case.name: result for case in suite for result in case.result if isinstance(result, junitparser.Failure)}


def test_a_draft_is_a_suite_and_a_rule_a_test(make_finding, make_report) -> None:
    report = make_report(make_finding("应当提交无犯罪记录证明", "无犯罪记录证明"), make_finding())
    (suite,) = suites(render([Outcome("a.docx", report, options=Options(packs=("certificates",)))]))
    assert suite.name == "a.docx"
    assert suite.tests == len(list(suite)) >= 8
    (name, failure), *others = failures(suite).items()
    assert not others
    assert name == "CERT-001 索要村（居）委会负面清单证明"
    assert (failure.type, failure.message) == (
        "blocking",
        "第二条：要求提供村（居）民委员会出具的无犯罪记录证明（共 2 处）",
    )
    assert "原文：应当提交【无犯罪记录证明】\n" in failure.text
    assert suite.failures == 1


def test_a_test_fails_when_the_command_fails(make_finding, make_report) -> None:
    report = make_report(make_finding(severity=Severity.MINOR))
    for threshold, failed in (("minor", 1), ("major", 0), ("never", 0)):
        (suite,) = suites(render([Outcome("a.docx", report, options=Options(fail_on=threshold))]))
        assert len(failures(suite)) == suite.failures == failed
        told = [case.system_out for case in suite if case.system_out]
        assert len(told) == 1 - failed
        assert all("建议完善" in text for text in told)


def test_a_draft_that_could_not_be_read_is_an_error_and_one_out_of_scope_is_skipped(make_report) -> None:
    outside = make_report(scope=Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。",)))
    broken, skipped = suites(render([Outcome("坏.docx", error="文件已损坏。"), Outcome("b.docx", outside)]))
    assert (broken.errors, broken.tests) == (1, 1)
    assert next(iter(broken)).result[0].message == "文件已损坏。"
    assert (skipped.skipped, skipped.tests) == (1, 1)


def test_the_whole_is_counted(make_finding, make_report) -> None:
    text = render([Outcome("a.docx", make_report(make_finding())), Outcome("坏.docx", error="文件已损坏。")])
    whole = junitparser.JUnitXml.fromstring(text.encode("utf-8"))
    assert (whole.failures, whole.errors) == (1, 1)
    assert whole.tests == sum(suite.tests for suite in whole)


@pure
@given(text=TEXT)
def test_hostile_text_comes_back_as_it_is_seen(text: str, make_finding, make_report) -> None:
    finding = make_finding(text, "", rule="CERT-001", title=text, message=text)
    (suite,) = suites(render([Outcome(text, make_report(finding), options=Options(packs=("form",)))]))
    assert suite.name == visible(text)
    ((name, failure),) = failures(suite).items()
    assert name == f"CERT-001 {visible(text)}"
    assert failure.message == f"第二条：{visible(text)}"
    assert f"原文：{visible(text)}\n" in failure.text or not text
