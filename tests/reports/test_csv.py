from __future__ import annotations

import csv
from io import StringIO

from hostile_text import TEXT, pure
from hypothesis import given

from legalcheck.reports.csv import render
from legalcheck.reports.outcome import Outcome
from legalcheck.reports.width import visible


def table(text: str) -> list[dict[str, str]]:
    """What a spreadsheet reads."""
    return list(csv.DictReader(StringIO(text.encode("utf-8").decode("utf-8-sig"), newline="")))


def test_excel_takes_it_for_utf_8_and_lines_end_as_rfc_4180_says(make_finding, make_report) -> None:
    text = render([Outcome("a.docx", make_report(make_finding()))])
    assert text.startswith("\ufeff文件,位置,级别,")
    assert text.count("\r\n") == text.count("\n") == 2


def test_a_row_a_finding_and_one_for_a_draft_that_could_not_be_read(make_finding, make_report) -> None:
    report = make_report(make_finding("应当提交无犯罪记录证明", "无犯罪记录证明"), make_finding())
    first, second, third = table(render([Outcome("a.docx", report), Outcome("坏.docx", error="文件已损坏。")]))
    assert (first["文件"], first["位置"], first["级别"], first["规则"]) == ("a.docx", "第二条", "必须改正", "CERT-001")
    assert first["原文"] == "应当提交【无犯罪记录证明】"
    assert first["依据"] == "《优化营商环境条例》第四十四条"
    assert (first["段落"], first["指纹"], first["类别"]) == ("2", "0123456789abcdef", "违规索要证明")
    assert second["文件"] == "a.docx"
    assert (third["文件"], third["级别"], third["问题"], third["规则"]) == ("坏.docx", "未能审查", "文件已损坏。", "")


@pure
@given(text=TEXT)
def test_no_cell_is_a_formula_and_each_gives_back_its_text(text: str, make_finding, make_report) -> None:
    finding = make_finding(text, "", title=text, message=text, advice=text)
    (row,) = table(render([Outcome("a.docx", make_report(finding))]))
    for name in ("规则名称", "原文", "问题", "建议"):
        cell = row[name]
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
        assert visible(cell) == cell
        assert cell == visible(text) or cell == "'" + visible(text)
