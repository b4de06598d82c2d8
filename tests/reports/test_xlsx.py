from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hostile_text import TEXT, pure
from hypothesis import given

from legalcheck import Severity
from legalcheck.reports.outcome import Outcome
from legalcheck.reports.width import visible
from legalcheck.reports.xlsx import render


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


@pytest.fixture
def outcomes(make_finding, make_report) -> list[Outcome]:
    minor = make_finding(rule="FORM-001", title="体例", category="form", severity=Severity.MINOR)
    return [
        Outcome("a.docx", make_report(make_finding(), make_finding(severity=Severity.MAJOR), minor)),
        Outcome("b.docx", make_report()),
        Outcome("坏.docx", error="文件已损坏。"),
    ]


def test_the_summary_counts_drafts_categories_and_rules_by_severity(outcomes) -> None:
    found = rows(book(render(outcomes))["汇总"])
    assert found[0][0] == "合法性审核结果"
    assert found[1][0] == "3 份文件，未能审查 1 份；审查基准日 2026-11-23"
    for expected in (
        ("文件", "标题", "必须改正", "应当修改", "建议完善", "合计"),
        ("a.docx", "青石镇便民服务办法", 1, 1, 1, 3),
        ("b.docx", "青石镇便民服务办法", 0, 0, 0, 0),
        ("坏.docx", "未能审查", None, None, None, None),
        ("违规索要证明", "revoked_certificate", 1, 1, 0, 2),
        ("体例与立法技术", "form", 0, 0, 1, 1),
        ("索要村（居）委会负面清单证明", "CERT-001", 1, 1, 0, 2),
    ):
        assert expected in found
    totals = [row for row in found if row[0] == "合计"]
    assert [row[2:] for row in totals] == [(1, 1, 1, 3)] * 3


def test_the_details_have_a_row_a_finding_that_can_be_filtered(outcomes) -> None:
    sheet = book(render(outcomes))["明细"]
    found = rows(sheet)
    assert len(found) == 1 + 3 + 1
    assert found[0][:5] == ("文件", "位置", "级别", "规则", "规则名称")
    assert found[1][:4] == ("a.docx", "第二条", "必须改正", "CERT-001")
    assert found[4][2] == "未能审查"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions == "A1:O5"
    assert sheet["F2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1"


def test_a_long_clause_makes_its_row_higher(make_finding, make_report) -> None:
    sheet = book(render([Outcome("a.docx", make_report(make_finding(), make_finding("长" * 400)))]))["明细"]
    assert sheet.row_dimensions[3].height > 5 * sheet.row_dimensions[2].height


def test_it_is_dated_by_the_review_not_by_the_clock(outcomes) -> None:
    content = render(outcomes)
    assert book(content).properties.created == datetime(2026, 11, 23)
    assert {entry.date_time for entry in ZipFile(BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pure
@given(text=TEXT)
def test_every_cell_is_text_and_gives_it_back(text: str, make_finding, make_report) -> None:
    finding = make_finding(text, "", title=text, message=text, advice=text, category=text)
    result = book(render([Outcome(text, make_report(finding)), Outcome(text, error=text)]))
    for sheet in result:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
                assert cell.data_type == "s" or cell.value is None or isinstance(cell.value, int)
    details = rows(result["明细"])
    assert [details[1][index] or "" for index in (0, 4, 5, 6)] == [visible(text)] * 4


def test_a_cell_holds_no_more_than_excel_allows(make_finding, make_report) -> None:
    sheet = book(render([Outcome("a.docx", make_report(make_finding("长" * 40_000, "")))]))["明细"]
    assert len(sheet["F2"].value) == 32_767
    assert sheet["F2"].value.endswith("…")
