"""Official documents in the page layout of GB/T 9704—2012, over python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

# GB/T 9704—2012, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm.
PAGE = (Mm(210), Mm(297))
TOP, LEFT, RIGHT, BOTTOM = Mm(37), Mm(28), Mm(26), Mm(35)
SIZE = Pt(16)  # 3号, 5.2.2
LINE = Pt(28.95)  # 22 lines to the page, 5.2.3
TITLE_SIZE = Pt(22)  # 2号, 7.3.1
TABLE_SIZE = Pt(12)
BODY_FONT, HEADING_FONT, SUBHEADING_FONT, TITLE_FONT = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN_FONT = "Times New Roman"
STAMP = (1980, 1, 1, 0, 0, 0)  # the same document gives the same bytes


class Gongwen:
    """A document in the making: call for its parts in reading order, then `save`."""

    def __init__(self, title: str, author: str, made: datetime) -> None:
        self._document = Document()
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = title, author, author
        properties.comments, properties.revision = "", 1
        properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
        section = self._document.sections[0]
        section.page_width, section.page_height = PAGE
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.footer_distance = Mm(28)  # 版心下边缘之下 7 mm, 7.5
        self._document.settings.odd_and_even_pages_header_footer = True
        style = self._document.styles["Normal"]
        style.font.size = SIZE
        _fonts(style.element.get_or_add_rPr(), BODY_FONT)
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            _page_number(footer.paragraphs[0], side)

    def title(self, text: str) -> None:
        """The title: 2号小标宋体, centred (7.3.1)."""
        self._text(text, TITLE_FONT, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, line=Pt(36))
        self.blank()

    def number(self, text: str) -> None:
        """The document number, centred above the title (7.2.5)."""
        self._text(text, BODY_FONT, SIZE, WD_ALIGN_PARAGRAPH.CENTER)
        self.blank()

    def addressee(self, text: str) -> None:
        """主送机关, from the left margin, with a colon (7.3.2)."""
        self._text(f"{text}：", BODY_FONT)

    def heading(self, text: str) -> None:
        """A heading of the first level: 一、 in 黑体 (7.3.3)."""
        self._text(text, HEADING_FONT, indent=True, together=True)

    def subheading(self, text: str) -> None:
        """A heading of the second level: （一） in 楷体 (7.3.3)."""
        self._text(text, SUBHEADING_FONT, indent=True, together=True)

    def paragraph(self, text: str, bold: str = "") -> None:
        """A paragraph, two characters in; `bold` are its first words, emphasised."""
        self._text(text, BODY_FONT, indent=True, bold=bold)

    def blank(self) -> None:
        """An empty line."""
        self._text("", BODY_FONT)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A ruled table, 小四, its head repeated on every page; `widths` in millimetres."""
        table = self._document.add_table(rows=0, cols=len(head))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, size in zip(table.columns, widths, strict=True):
            column.width = Mm(size)
        for index, cells in enumerate((head, *rows)):
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if index == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text, size in zip(row.cells, cells, widths, strict=True):
                cell.width = Mm(size)
                paragraph = cell.paragraphs[0]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if index == 0 else WD_ALIGN_PARAGRAPH.LEFT
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
                _run(paragraph, text, HEADING_FONT if index == 0 else BODY_FONT, TABLE_SIZE)

    def signature(self, lines: Sequence[str]) -> None:
        """落款: the last lines, four characters from the right margin (7.3.5.1)."""
        self._text("", BODY_FONT, together=True)
        for text in lines:
            paragraph = self._text(text, BODY_FONT, align=WD_ALIGN_PARAGRAPH.RIGHT, together=text != lines[-1])
            paragraph.paragraph_format.right_indent = SIZE * 4

    def attachment(self, label: str, title: str) -> None:
        """An attachment, on a page of its own: 附件 in 黑体 at the left, its title centred (7.3.4, 7.3.7)."""
        self._text(label, HEADING_FONT).paragraph_format.page_break_before = True
        self._text(title, TITLE_FONT, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, line=Pt(36))

    def save(self) -> bytes:
        """The .docx."""
        raw = io.BytesIO()
        self._document.save(raw)
        packed = io.BytesIO()
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.infolist():
                target.writestr(zipfile.ZipInfo(member.filename, STAMP), source.read(member), zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    def _text(
        self,
        text: str,
        font: str,
        size: Pt = SIZE,
        align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,  # justified, lines with long digests tear apart
        *,
        indent: bool = False,
        together: bool = False,
        bold: str = "",
        line: Pt = LINE,
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment = align
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
        form.keep_with_next = together
        if indent:
            form.first_line_indent = size * 2
        if bold and text.startswith(bold):
            _run(paragraph, bold, font, size).bold = True
            text = text[len(bold) :]
        _run(paragraph, text, font, size)
        return paragraph


def _run(paragraph: Paragraph, text: str, font: str, size: Pt) -> Any:
    run = paragraph.add_run("".join(char for char in text if char in "\t\n" or char.isprintable()))
    run.font.size = size
    _fonts(run._r.get_or_add_rPr(), font)
    return run


def _fonts(properties: Any, east_asian: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for attribute, name in (("w:ascii", LATIN_FONT), ("w:hAnsi", LATIN_FONT), ("w:eastAsia", east_asian)):
        fonts.set(qn(attribute), name)


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, 4号 Song, one character from the outer edge (7.5)."""
    paragraph.alignment = side
    form = paragraph.paragraph_format
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        form.right_indent = Pt(14)
    else:
        form.left_indent = Pt(14)
    _run(paragraph, "— ", "宋体", Pt(14))
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", "宋体", Pt(14))
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)
    _run(paragraph, " —", "宋体", Pt(14))
