"""The layout of GB/T 9704—2012."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path

import docx
import pytest
from annotation import SOFFICE
from docx.shared import Mm

from legalcheck.document import read
from legalcheck.reports.gongwen import Gongwen, document

DAY = date(2026, 11, 23)
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def opinion() -> Gongwen:
    made = document("合法性审核意见书", DAY)
    made.title("青石镇人民政府\n合法性审核意见书")
    made.addressee("镇党政综合办公室：")
    made.heading("一、审核结论")
    made.paragraph("送审稿有<b>问题</b>\x00 & 应当修改。", lead="结论：")
    made.heading("（一）第五条", 2)
    made.table([("序号", "问题"), ("1", "第一行\n第二行")], (1, 4))
    made.attachments(["批注稿", "目录"])
    made.signature("青石镇人民政府", DAY)
    return made


def test_the_same_content_gives_the_same_bytes() -> None:
    assert opinion().save() == opinion().save()


def test_text_is_text_and_in_order() -> None:
    lines = [p.text for p in read(opinion().save()).paragraphs]
    assert lines == [
        "青石镇人民政府", "合法性审核意见书", "镇党政综合办公室：", "一、审核结论",
        "结论：送审稿有<b>问题</b>� & 应当修改。",
        "（一）第五条", "序号", "问题", "1", "第一行", "第二行", "附件：1.批注稿", "2.目录", "青石镇人民政府",
        "2026年11月23日", "— 1 —", "— 1 —",
    ]  # fmt: skip


def test_the_type_area_is_that_of_the_standard() -> None:
    section = docx.Document(io.BytesIO(opinion().save())).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert all(abs(side - Mm(mm)) < Mm(0.1) for side, mm in zip(sides, (210, 297, 37, 28), strict=True))
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert abs(width - Mm(156)) < Mm(0.1)
    assert abs(height - Mm(225)) < Mm(0.1)


def test_headings_have_the_fonts_of_their_levels() -> None:
    paragraphs = docx.Document(io.BytesIO(opinion().save())).paragraphs
    fonts = {p.text: p.runs[0].font.name for p in paragraphs if p.runs}
    assert (fonts["一、审核结论"], fonts["（一）第五条"]) == ("黑体", "楷体_GB2312")
    assert fonts["青石镇人民政府"] is None  # the signature: body style
    assert paragraphs[0].runs[0].font.name == "方正小标宋简体"


@needs_libreoffice
@pytest.mark.parametrize(("characters", "pages"), [(22 * 28, 1), (22 * 28 + 1, 2)])
def test_a_page_holds_22_lines_of_28_characters(characters: int, pages: int, tmp_path: Path) -> None:
    made = document()
    made.paragraph("一" * characters, indent=0)
    (tmp_path / "a.docx").write_bytes(made.save())
    subprocess.run(
        [
            str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = (tmp_path / "a.pdf").read_bytes()
    assert pdf.count(b"/Type/Page/") == pages
