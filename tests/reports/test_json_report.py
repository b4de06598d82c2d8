from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import legalcheck
from legalcheck import Location, Scope, ScopeVerdict, Severity
from legalcheck.reports.json import SCHEMA_VERSION, render, schema
from legalcheck.reports.outcome import Options, Outcome
from legalcheck.reports.width import visible

EXAMPLE = Path(__file__).parents[2] / "examples" / "draft.docx"
VALIDATOR = jsonschema.Draft202012Validator(
    json.loads(schema()), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def valid(text: str) -> dict:
    document = json.loads(text)
    VALIDATOR.validate(document)
    return document


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))


def test_a_report_fits_the_schema_and_says_everything(make_finding, make_report) -> None:
    report = make_report(
        make_finding("应当提交无犯罪记录证明", "无犯罪记录证明"),
        make_finding("", "", location=Location(), severity=Severity.MAJOR),
        notes=("有图片没有读取",),
    )
    options = Options("dept_rule", ("certificates",), ("CERT",), ("CERT-006",))
    document = valid(render([Outcome("送审/draft.docx", report, options=options)]))
    assert document["schema_version"] == SCHEMA_VERSION
    (result,) = document["results"]
    assert result["path"] == "送审/draft.docx"
    assert result["draft"]["title"] == "青石镇便民服务办法"
    assert result["draft"]["document_date"] == "2026-11-20"
    assert result["review"]["level"] == "dept_rule"
    assert result["review"]["ignore"] == ["CERT-006"]
    assert result["counts"] == {"blocking": 1, "major": 1, "minor": 0}
    first, whole = result["findings"]
    (start, end) = first["marks"][0]
    assert first["quote"][start:end] == first["matched"][0] == "无犯罪记录证明"
    assert first["location"]["text"] == "第二条"
    assert whole["location"]["paragraph"] is None


def test_an_unreadable_draft_and_one_out_of_scope_fit_the_schema(make_report) -> None:
    outside = make_report(scope=Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。",)))
    document = valid(render([Outcome("a.doc", error="不是 .docx。"), Outcome("b.docx", outside)]))
    assert [result["status"] for result in document["results"]] == ["failed", "reviewed"]


def test_chinese_is_written_as_it_is(make_finding, make_report) -> None:
    assert "无犯罪记录证明" in render([Outcome("a.docx", make_report(make_finding()))])


def test_an_odd_file_name_or_character_still_gives_utf8(make_finding, make_report) -> None:
    text = render([Outcome("坏\udcff.docx", make_report(make_finding("甲\ud800乙\x00\u2028丙")))])
    assert json.loads(text.encode("utf-8"))["results"][0]["findings"][0]["quote"] == "甲\ud800乙\x00\u2028丙"


def test_nothing_that_steers_a_terminal_is_written_as_it_is(make_finding, make_report) -> None:
    quote = "甲\x1b[31m\x9b31m\x7f\u202e乙\u200b"
    text = render([Outcome("a.docx", make_report(make_finding(quote)))])
    assert visible(text.replace("\n", "")) == text.replace("\n", "")
    assert json.loads(text)["results"][0]["findings"][0]["quote"] == quote


@pytest.mark.parametrize("change", [{"severity": "fatal"}, {"extra": 1}, {"marks": [[1]]}])
def test_the_schema_refuses_what_no_report_says(make_finding, make_report, change: dict) -> None:
    document = json.loads(render([Outcome("a.docx", make_report(make_finding()))]))
    document["results"][0]["findings"][0] |= change
    assert not VALIDATOR.is_valid(document)


def test_the_report_on_the_example_fits_the_schema() -> None:
    report = legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23))
    (result,) = valid(render([Outcome("examples/draft.docx", report)]))["results"]
    assert result["draft"]["sha256"] == hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    assert len(result["findings"]) == sum(result["counts"].values()) == len(report.findings)
    fingerprints = [finding["fingerprint"] for finding in result["findings"]]
    assert len(set(fingerprints)) == len(fingerprints)
    for finding in result["findings"]:
        assert finding["matched"] == [] or finding["marks"]
        for start, end in finding["marks"]:
            assert 0 <= start < end <= len(finding["quote"])
