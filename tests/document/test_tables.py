"""Tables: merged cells once, places by grid column."""

from __future__ import annotations

from docx_build import docx, p, tbl, tc, tr

from legalcheck.document import read
from legalcheck.document.model import Part


def cells(body: str) -> list[tuple[str, int | None, int | None, int | None]]:
    return [(x.text, x.origin.table, x.origin.row, x.origin.column) for x in read(docx(body)).paragraphs]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_columns_are_counted_in_the_grid() -> None:
    body = tbl(
        tr(tc(p("材料")), tc(p("要求"), tcpr=span(2)), tc(p("份数"))),
        tr(tc(p("身份证")), tc(p("原件")), tc(p("复印件")), tc(p("1"))),
        tr(tc(p("居住证")), tc(p("2")), trpr='<w:gridBefore w:val="2"/>'),
    )
    assert cells(body) == [
        ("材料", 1, 1, 1), ("要求", 1, 1, 2), ("份数", 1, 1, 4),
        ("身份证", 1, 2, 1), ("原件", 1, 2, 2), ("复印件", 1, 2, 3), ("1", 1, 2, 4),
        ("居住证", 1, 3, 3), ("2", 1, 3, 4),
    ]  # fmt: skip


def test_a_merged_cell_is_read_once() -> None:
    merged = '<w:vMerge w:val="restart"/>'
    body = tbl(
        tr(tc(p("合并"), tcpr=merged), tc(p("甲"))),
        tr(tc(p("藏着"), tcpr="<w:vMerge/>"), tc(p("乙"))),
        tr(tc(p("另起")), tc(p("丙"))),
        tr(tc(p("没有上格"), tcpr="<w:vMerge/>"), tc(p("丁"))),
    )
    assert [text for text, *_ in cells(body)] == ["合并", "甲", "乙", "另起", "丙", "没有上格", "丁"]


def test_a_nested_table_has_a_number_of_its_own() -> None:
    inner = tbl(tr(tc(p("内"))))
    body = tbl(tr(tc(p("前"), inner, p("后")))) + tbl(tr(tc(p("下一张"))))
    assert cells(body) == [("前", 1, 1, 1), ("内", 2, 1, 1), ("后", 1, 1, 1), ("下一张", 3, 1, 1)]


def test_deleted_rows_and_cells_are_left_out() -> None:
    body = tbl(
        tr(tc(p("甲"))),
        tr(tc(p("删行")), trpr="<w:del/>"),
        tr(tc(p("增行")), tc(p("删格"), tcpr="<w:cellDel/>"), trpr="<w:ins/>"),
    )
    assert cells(body) == [("甲", 1, 1, 1), ("增行", 1, 2, 1)]


def test_rows_and_cells_in_content_controls_are_found() -> None:
    row = "<w:sdt><w:sdtContent>" + tr("<w:sdt><w:sdtContent>" + tc(p("格")) + "</w:sdtContent></w:sdt>")
    body = tbl(row + "</w:sdtContent></w:sdt>")
    assert cells(body) == [("格", 1, 1, 1)]


def test_a_table_cell_is_part_table_and_belongs_to_the_open_provision() -> None:
    body = p("第五条 申请人应当提交下列材料：") + tbl(tr(tc(p("材料")), tc(p("份数")))) + p("第六条 无。")
    draft = read(docx(body))
    cell = next(s for s in draft.segments if draft.paragraphs[s.paragraph].text == "材料")
    assert draft.paragraphs[cell.paragraph].origin.part is Part.TABLE
    assert draft.path(cell.provision) == "第五条"


def test_a_table_of_one_column_is_a_frame_around_provisions() -> None:
    body = tbl(tr(tc(p("第一条 甲。"), p("第二条 乙。"))))
    assert [u.label for u in read(docx(body)).provisions if u.label] == ["第一条", "第二条"]


def test_a_gigantic_span_is_clipped() -> None:
    body = tbl(tr(tc(p("甲"), tcpr=span(10**9)), tc(p("乙"))))
    assert [text for text, *_ in cells(body)] == ["甲", "乙"]
