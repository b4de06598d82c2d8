"""The table of formats, and what every format owes its reader."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from hostile_text import TEXT, pure
from hypothesis import given

import legalcheck
from legalcheck import Scope, ScopeVerdict
from legalcheck.reports.formats import FORMATS, Format, by_suffix
from legalcheck.reports.outcome import Outcome

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "draft.docx"


@pytest.fixture(params=FORMATS.values(), ids=lambda form: form.name)
def form(request: pytest.FixtureRequest) -> Format:
    return request.param


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.json", "json"),
        ("a.SARIF", "sarif"),
        ("a.sarif.json", "sarif"),
        ("路径/结果.md", "markdown"),
        ("a.xml", "junit"),
        ("a.xlsx", "xlsx"),
        ("a.docx", None),
        ("json", None),
    ],
)
def test_a_format_is_found_by_the_suffix_of_a_file(file: str, name: str | None) -> None:
    found = by_suffix(file)
    assert (found.name if found else None) == name


def test_no_two_formats_share_a_suffix() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(set(suffixes)) == len(suffixes)


def test_every_format_and_every_example_in_the_documentation_holds() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8")
    for form in FORMATS.values():
        assert f"| `{form.name}` | `{form.suffixes[0]}` |" in page
    named = re.findall(r"--format ([a-z]+)", page)
    assert set(named) <= {*FORMATS}
    workflows = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(workflows) == 2
    assert all(yaml.safe_load(workflow) for workflow in workflows)


def test_every_format_gives_text_or_bytes_as_it_says(form: Format, make_finding, make_report) -> None:
    rendered = form.render([Outcome("a.docx", make_report(make_finding()))])
    assert isinstance(rendered, bytes if form.binary else str)


def test_every_format_gives_the_same_bytes_every_time(form: Format) -> None:
    first, second = (
        form.render([Outcome("examples/draft.docx", legalcheck.review(EXAMPLE, as_of=date(2026, 11, 23)))])
        for _ in range(2)
    )
    assert first == second


def test_every_format_takes_a_draft_without_findings_one_out_of_scope_and_none_at_all(
    form: Format, make_report
) -> None:
    outside = make_report(scope=Scope(ScopeVerdict.OUT_OF_SCOPE, ("文种为报告。",)))
    assert form.render([Outcome("a.docx", make_report()), Outcome("b.docx", outside)])
    form.render([])


def test_every_format_for_people_tells_of_a_draft_that_could_not_be_read(form: Format, make_report) -> None:
    rendered = form.render([Outcome("坏.docx", error="文件已损坏，请另存一份。"), Outcome("a.docx", make_report())])
    if form.name != "text" and not form.binary:  # the terminal has it from standard error
        assert "文件已损坏" in rendered


@pure
@given(text=TEXT)
def test_hostile_text_can_be_written_in_every_format(form: Format, text: str, make_finding, make_report) -> None:
    finding = make_finding(text, title=text, message=text, advice=text)
    # The system gives what is no valid text in a file name as surrogates (PEP 383).
    path = text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    rendered = form.render([Outcome(path, make_report(finding, notes=(text,))), Outcome("x", error=text)])
    assert isinstance(rendered, bytes) or rendered.encode("utf-8")


def test_a_format_is_loaded_only_when_it_is_asked_for() -> None:
    code = (
        "import sys; from legalcheck.reports.formats import FORMATS; before = set(sys.modules)\n"
        "FORMATS['text'].render([]); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "legalcheck.reports.text" in loaded
    assert not {"xlsxwriter", "lxml", "legalcheck.reports.sarif", "legalcheck.reports.junit"} & loaded
