"""The example that README.md reviews: defects of all three packs, and lawful provisions that look like them."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import legalcheck

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"

DEFECTS = {
    ("第五条第（二）项", "CERT-001"),
    ("第五条第（三）项", "CERT-002"),
    ("第五条第（四）项", "CERT-006"),
    ("第六条第一款", "PERM-001"),
    ("第六条第二款", "PERM-003"),
    ("第七条", "PERM-002"),
    ("第八条", "PERM-007"),
    ("第十条", "CERT-007"),
    ("第十一条", "BASIS-002"),
    ("第十三条", "PERM-011"),
    ("第十六条", "BASIS-004"),
}
LAWFUL = (
    "第一条",
    "第二条",
    "第三条第二款",
    "第四条",
    "第九条",
    "第十二条",
    "第十四条第一款",
    "第十四条第二款",
    "第十五条",
)


@pytest.fixture(scope="module")
def report() -> legalcheck.Report:
    return legalcheck.review(EXAMPLES / "draft.docx", as_of=date(2026, 11, 23))


def test_every_defect_is_found_where_it_stands(report: legalcheck.Report) -> None:
    assert {(finding.location.provision, finding.rule) for finding in report.findings} >= DEFECTS


def test_the_table_is_reviewed_cell_by_cell(report: legalcheck.Report) -> None:
    cells = {(finding.rule, finding.location.cell) for finding in report.findings if finding.location.cell}
    assert {("CERT-001", "表1第4行第2列"), ("CERT-006", "表1第6行第2列")} <= cells


@pytest.mark.parametrize("provision", LAWFUL)
def test_lawful_provisions_are_left_alone(report: legalcheck.Report, provision: str) -> None:
    assert not [finding for finding in report.findings if finding.location.provision == provision]


def test_the_draft_is_in_scope_and_named(report: legalcheck.Report) -> None:
    assert report.scope.verdict is legalcheck.ScopeVerdict.IN_SCOPE
    assert report.metadata.title == "青石镇集贸市场和沿街经营管理办法"
    assert report.metadata.issuer == "青石镇人民政府"


def test_the_revised_draft_is_found_in_order() -> None:
    assert not legalcheck.review(EXAMPLES / "revised.docx", as_of=date(2026, 11, 23)).findings


def test_the_committed_files_are_what_the_script_makes() -> None:
    script = _script("make_draft")
    # Members, not bytes: compression differs between versions of zlib.
    assert _members(script.build({})) == _members((EXAMPLES / "draft.docx").read_bytes())
    assert _members(script.build(script.REVISION)) == _members((EXAMPLES / "revised.docx").read_bytes())


def test_the_way_to_the_gate_is_as_the_readme_shows_it() -> None:
    script = _script("walkthrough")
    shown = re.search(r"^% legalcheck record .*?(?=^```)", (ROOT / "README.zh-CN.md").read_text("utf-8"), re.M | re.S)
    assert shown is not None
    assert script.settled("\n".join(script.transcript())) == script.settled(shown[0])


def _script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def _members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
