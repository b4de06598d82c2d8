from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from hostile_text import TEXT, pure
from hypothesis import given
from hypothesis import strategies as st

import legalcheck
from legalcheck import Location, Scope, ScopeVerdict, Severity
from legalcheck.document.model import Paragraph
from legalcheck.reports.outcome import Outcome
from legalcheck.reports.sarif import render

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "draft.docx"
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif" / "sarif-2.1.0-rtm.5.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def valid(text: str) -> dict:
    """The run of a log that fits the schema."""
    log = json.loads(text.encode("utf-8"))
    VALIDATOR.validate(log)
    (run,) = log["runs"]
    return run


def words(run: dict, region: dict) -> str:
    """What a region covers, read twice: by lines and columns, and by offset and length."""
    text = run["artifacts"][0]["contents"]["text"]
    (separator,) = run["newlineSequences"]
    line = text.split(separator)[region["startLine"] - 1]
    assert region["endLine"] == region["startLine"]
    covered = line[region["startColumn"] - 1 : region["endColumn"] - 1]
    assert covered == text[region["charOffset"] : region["charOffset"] + region["charLength"]]
    assert covered == region["snippet"]["text"]
    return covered


@pytest.fixture(scope="module")
def example() -> tuple[legalcheck.Report, dict]:
    report = legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23))
    return report, valid(render([Outcome("examples/draft.docx", report)]))


def test_every_finding_is_a_result_at_its_own_words(example) -> None:
    report, run = example
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(report.findings)
    for finding, result in zip(report.findings, run["results"], strict=True):
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"] == {"uri": "examples/draft.docx", "uriBaseId": "WORKDIR", "index": 0}
        first, last = min(start for start, _ in finding.marks), max(end for _, end in finding.marks)
        assert words(run, physical["region"]) == finding.quote[first:last]
        context = words(run, physical.get("contextRegion", physical["region"]))
        assert context == finding.quote or (last - first == len(finding.quote) and finding.quote in context)
        for mark, (start, end) in zip(location.get("annotations", ()), finding.marks, strict=False):
            assert words(run, mark) == finding.quote[start:end]
        assert location["logicalLocations"][0]["fullyQualifiedName"] == str(finding.location)
        assert result["partialFingerprints"]["clause/v1"] == finding.fingerprint
        assert result["ruleId"] == finding.rule == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]


def test_severity_is_the_level(make_finding, make_report) -> None:
    findings = [make_finding(severity=severity) for severity in Severity]
    run = valid(render([Outcome("a.docx", make_report(*findings))]))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_a_rule_says_what_it_looks_for_and_on_what_ground(example) -> None:
    _, run = example
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    rule = rules["CERT-001"]
    assert rule["name"] == rule["shortDescription"]["text"] == "索要村（居）委会负面清单证明"
    assert "证明" in rule["fullDescription"]["text"]
    assert "《优化营商环境条例》第四十四条" in rule["help"]["text"]
    assert "不违反规则的例子" in rule["help"]["markdown"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    properties = rule["properties"]
    assert (properties["category"], properties["provenance"], properties["pack"]) == (
        "revoked_certificate",
        "verified",
        "certificates",
    )
    assert "《优化营商环境条例》第四十四条" in properties["ground"]
    assert len(rules) == len({result["ruleId"] for result in run["results"]})


def test_a_rule_of_another_s_pack_is_described_by_its_finding(make_finding, make_report) -> None:
    run = valid(render([Outcome("a.docx", make_report(make_finding(rule="OWN-001", title="本地规则")))]))
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("OWN-001", "本地规则")


def test_the_run_says_as_of_when_and_with_what_it_was_reviewed(example) -> None:
    report, run = example
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["properties"]["asOf"] == ["2026-11-23"]
    (artifact,) = run["artifacts"]
    assert artifact["hashes"] == {"sha-256": report.draft_digest}
    assert artifact["properties"]["rulesSha256"] == report.rules_digest
    assert artifact["contents"]["text"] == report.draft.text


def test_a_draft_that_could_not_be_read_is_a_notification_and_the_run_no_success(make_report) -> None:
    outside = make_report(scope=Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。",)), notes=("有图片没有读取",))
    run = valid(render([Outcome("坏.docx", error="坏.docx 已损坏。"), Outcome("b.docx", outside)]))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [(each["level"], each["message"]["text"]) for each in invocation["toolExecutionNotifications"]]
    assert told == [
        ("error", "坏.docx 已损坏。"),
        ("warning", "有图片没有读取"),
        ("note", "不属于合法性审核范围：文种为报告。"),
    ]
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
        for each in invocation["toolExecutionNotifications"]
    ]
    assert places == [0, 1, 1]


def test_a_finding_on_the_whole_draft_stands_at_its_title(make_finding, make_report) -> None:
    run = valid(render([Outcome("a.docx", make_report(make_finding("", "", location=Location())))]))
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "全文"


@pytest.mark.parametrize("path", ["送审 稿/办法#1?.docx", "a:b.docx", "100%.docx", "坏\udcff.docx", "../a.docx"])
def test_a_path_is_a_relative_reference_that_leads_back_to_it(path: str, make_report) -> None:
    run = valid(render([Outcome(path, make_report(name=Path(path).name))]))
    uri = run["artifacts"][0]["location"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/-]*(%[0-9A-F]{2}[A-Za-z0-9._~/-]*)*", uri)
    assert unquote(uri, errors="surrogateescape") == path


def test_an_absolute_path_is_a_file_uri_and_a_folder_leads_to_its_draft(make_report, tmp_path: Path) -> None:
    run = valid(
        render(
            [
                Outcome(str(tmp_path / "稿.docx"), make_report(name="稿.docx")),
                Outcome("案卷", make_report(name="稿.docx")),
            ]
        )
    )
    first, second = (artifact["location"] for artifact in run["artifacts"])
    assert first == {"uri": (tmp_path / "稿.docx").as_uri()}
    assert unquote(second["uri"]) == "案卷/稿.docx"
    assert second["uriBaseId"] in run["originalUriBaseIds"]


def test_a_message_has_neither_links_nor_placeholders(make_finding, make_report) -> None:
    finding = make_finding(message="见[此处](http://example.org)和{0}", advice="")
    run = valid(render([Outcome("a.docx", make_report(finding))]))
    text = run["results"][0]["message"]["text"]
    assert "](" not in text
    assert text.endswith("{{0}}")


@pure
@given(label=TEXT, before=TEXT, quote=TEXT, after=TEXT, data=st.data())
def test_regions_cover_their_words_whatever_the_draft_says(
    label: str, before: str, quote: str, after: str, data: st.DataObject, make_finding, make_report
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(quote)), min_size=4, max_size=4)))
    marks = tuple((start, end) for start, end in (cuts[:2], cuts[2:]) if start < end)
    finding = make_finding(
        quote, marks=marks, location=Location("第二条", 1, len(before), len(before) + len(quote)), message=after
    )
    paragraphs = (Paragraph(0, before), Paragraph(1, before + quote + after, label), Paragraph(2, after))
    run = valid(render([Outcome("a.docx", make_report(finding, paragraphs=paragraphs))]))
    (location,) = run["results"][0]["locations"]
    physical = location["physicalLocation"]
    shown, line = (
        re.sub("[\ud800-\udfff]", "\ufffd", text).replace("\n", "\u2028")
        for text in (quote, label + before + quote + after)
    )
    first, last = min((start for start, _ in marks), default=0), max((end for _, end in marks), default=len(quote))
    assert words(run, physical["region"]) == shown[first:last]
    assert words(run, physical.get("contextRegion", physical["region"])) in (shown, line)
    for mark, (start, end) in zip(location.get("annotations", ()), marks, strict=False):
        assert words(run, mark) == shown[start:end]
    assert run["artifacts"][0]["contents"]["text"].count("\n") == 2


def test_the_schema_refuses_what_sarif_does_not_know(make_finding, make_report) -> None:
    log = json.loads(render([Outcome("a.docx", make_report(make_finding()))]))
    log["runs"][0]["results"][0]["level"] = "blocking"
    assert not VALIDATOR.is_valid(log)
