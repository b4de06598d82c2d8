"""Documents in the page layout of GB/T 9704—2012 (党政机关公文格式), written with python-docx.

A4; the type area is 156 mm × 225 mm and lies 37 mm below the upper edge (天头) and 28 mm right of the left one (订口)
(5.2); body in 仿宋 三号, 22 lines of 28 characters (5.3). Fonts that a computer lacks are replaced by its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..document.names import W_TRANSITIONAL
from .width import width
from .xmltext import xml_text

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
ER_HAO, SAN_HAO, SI_HAO, XIAO_SI = 22, 16, 14, 12  # 二号, 三号, 四号, 小四 in points

LINE = 28.95  # points: 22 lines in 225 mm
_TITLE_LINE = 36
_TABLE_LINE = 20
# 28 characters of 16 pt are 448 pt, the type area is 442 pt wide: each is set 0.25 pt closer
_CLOSER = -5  # twentieths of a point
_EM = SAN_HAO * 20 + _CLOSER  # twips that a character of the body takes
_TEXT_WIDTH = 156  # mm
# what stands in for a font that a computer lacks: Windows has 仿宋 and 楷体 under their newer names
_STAND_INS = {SONG: "宋体", FANG: "仿宋", KAI: "楷体"}
_BLACK = "000000"


class Gongwen:
    """A document that grows from top to bottom; `save` gives its bytes. Text is taken as it is, never as markup."""

    def __init__(self, subject: str = "", day: date | None = None) -> None:
        """An empty page; `subject` and `day` go into the file's properties."""
        import docx

        self._document = docx.Document()
        self._properties(subject, day)
        self._style()
        self._page()

    def title(self, text: str) -> None:
        """The title (7.3.1): 小标宋 二号, centred, a blank line after it; ``\\n`` breaks it where the sense allows."""
        for line in text.split("\n"):
            paragraph = self._paragraph(line, SONG, ER_HAO, indent=0, spacing=0)
            _align(paragraph, "center")
            _set_line(paragraph, _TITLE_LINE)
            paragraph.paragraph_format.keep_with_next = True
        self.blank()

    def number(self, text: str) -> None:
        """The document number (7.2.5), centred, a blank line after it."""
        _align(self._paragraph(text, indent=0), "center")
        self.blank()

    def addressee(self, text: str) -> None:
        """The addressees (7.3.2): flush left."""
        self._paragraph(text, indent=0)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading with its number (7.3.3): 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋."""
        font = {1: HEI, 2: KAI}.get(level, FANG)
        self._paragraph(text, font).paragraph_format.keep_with_next = True

    def paragraph(self, text: str, *, lead: str = "", indent: int = 2, ragged: bool = False) -> None:
        """A paragraph, its first line `indent` characters in; `lead` stands before it in 黑体 (依据：).

        `ragged` leaves the right edge uneven, for text with long digests or lists of numbers.
        """
        paragraph = self._paragraph(lead, HEI, indent=indent) if lead else self._paragraph(text, indent=indent)
        if lead:
            self._run(paragraph, text, FANG, SAN_HAO)
        if ragged:
            _align(paragraph, "left")

    def blank(self, lines: int = 1) -> None:
        """Empty lines."""
        for _ in range(lines):
            self._paragraph("")

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], *, header: bool = True) -> None:
        """A table over the whole type area; `widths` are the columns' shares of it.

        The first row is a header, repeated on every page; a row is never broken over two pages.
        """
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.shared import Mm

        table = self._document.add_table(rows=0, cols=len(widths))
        table.style = "Table Grid"
        table.autofit = False
        lengths = [Mm(_TEXT_WIDTH * share / sum(widths)) for share in widths]
        for column, length in zip(table.columns, lengths, strict=True):
            column.width = length
        for number, texts in enumerate(rows):
            row = table.add_row()
            first = header and number == 0
            _on(row._tr.get_or_add_trPr(), "w:cantSplit", *(("w:tblHeader",) if first else ()))
            for cell, text, length in zip(row.cells, texts, lengths, strict=True):
                cell.width = length
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                paragraph = cell.paragraphs[0]
                for index, line in enumerate(text.split("\n")):
                    paragraph = cell.add_paragraph() if index else paragraph
                    self._run(paragraph, line, HEI if first else FANG, XIAO_SI, spacing=0)
                    _indent(paragraph, 0)
                    _set_line(paragraph, _TABLE_LINE)
                    _align(paragraph, "center" if first else "left")

    def attachments(self, names: Sequence[str]) -> None:
        """The note on attachments (7.3.4): one line down, two characters in, numbered if there are several."""
        if not names:
            return
        self.blank()
        for number, name in enumerate(names, 1):
            lead = "附件：" if number == 1 else ""
            several = f"{number}." if len(names) > 1 else ""
            paragraph = self._paragraph(lead + several + name, indent=0)
            hanging = width(lead + several) / 2
            _indent(paragraph, -hanging, left=2 + width("附件：" + several) / 2)

    def attachment(self, label: str, title: str) -> None:
        """The beginning of an attachment (7.3.7): on a page of its own, 附件 in 黑体, its title centred."""
        self._paragraph(label, HEI, indent=0).paragraph_format.page_break_before = True
        self.title(title)

    def signature(self, unit: str, day: date) -> None:
        """署名 and 成文日期 (7.3.5.1): the date four characters from the right, the unit centred over it."""
        written = f"{day.year}年{day.month}月{day.day}日"
        # Arabic numerals are half as wide as characters
        free = 4 + (width(written) - width(unit)) / 4
        self.blank(2)
        for text, right in ((unit, max(0.0, free)), (written, 4.0)):
            paragraph = self._paragraph(text, indent=0)
            _align(paragraph, "right")
            _indent(paragraph, 0, right=right)
            paragraph.paragraph_format.keep_together = True
            paragraph.paragraph_format.keep_with_next = text is unit

    def save(self) -> bytes:
        """The bytes of the .docx; the same content gives the same bytes."""
        from ..document.container import Package
        from ..document.rewrite import rewrite

        buffer = io.BytesIO()
        self._document.save(buffer)
        return rewrite(Package(buffer.getvalue()), {})  # python-docx writes the time of day into the zip

    def _paragraph(
        self, text: str, font: str = FANG, size: int = SAN_HAO, *, indent: float = 2, spacing: int = _CLOSER
    ) -> Paragraph:
        paragraph = self._document.add_paragraph()
        if indent != 2:
            _indent(paragraph, indent)
        if text:
            self._run(paragraph, text, font, size, spacing)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, font: str, size: int, spacing: int = _CLOSER) -> Run:
        run = paragraph.add_run(xml_text(text))
        if (font, size, spacing) != (FANG, SAN_HAO, _CLOSER):
            _font(run, font, size, spacing)
        return run

    def _properties(self, subject: str, day: date | None) -> None:
        core = self._document.core_properties
        core.title, core.author, core.comments = xml_text(subject), "", ""
        if day is not None:
            core.created = core.modified = datetime(day.year, day.month, day.day)
        rels = self._document.part.package.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
            del rels[key]  # a picture of python-docx's own template

    def _style(self) -> None:
        from docx.oxml.ns import qn

        for lang in self._document.styles.element.iter(qn("w:lang")):
            lang.set(qn("w:eastAsia"), "zh-CN")  # else no rule of Chinese line breaking holds
        for part in self._document.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                part._blob = _font_table()
        style = self._document.styles["Normal"]
        _font(style, FANG, SAN_HAO, _CLOSER)
        layout = style.paragraph_format
        layout.widow_control = False  # else pages end after 21 lines
        _set_line(style, LINE)
        _align(style, "both")
        _indent(style, 2)
        layout.space_before = layout.space_after = 0

    def _page(self) -> None:
        from docx.shared import Mm

        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin = Mm(37), Mm(28)
        section.bottom_margin, section.right_margin = Mm(297 - 37 - 225), Mm(210 - 28 - _TEXT_WIDTH)
        section.header_distance, section.footer_distance = Mm(15), Mm(25)
        self._document.settings.odd_and_even_pages_header_footer = True
        # 7.5: 四号, a dash on either side, one character from the outer edge
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = footer.paragraphs[0]
            _align(paragraph, side)
            _indent(paragraph, 0, **{side: SI_HAO * 20 / _EM})
            for text in ("— ", None, " —"):
                run = paragraph.add_run(text or "")
                _font(run, "宋体", SI_HAO, 0)
                if text is None:
                    _page_number(run)


def document(subject: str = "", day: date | None = None) -> Gongwen:
    """A new document; `subject` and `day` go into the file's properties."""
    return Gongwen(subject, day)


def _font(holder: Any, name: str, size: int, spacing: int) -> None:
    """Font, size (points) and character spacing (twentieths of a point) of a run or a style."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt, RGBColor

    holder.font.name, holder.font.size = name, Pt(size)
    holder.font.color.rgb = RGBColor.from_string(_BLACK)
    properties = holder.element.get_or_add_rPr()
    fonts = properties.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(spacing))
    before = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs")  # the order that the schema wants
    following = next((child for child in properties if child.tag in {qn(tag) for tag in before}), None)
    if following is None:
        properties.append(closer)
    else:
        following.addprevious(closer)


def _set_line(holder: Any, points: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    holder.paragraph_format.line_spacing = Pt(points)
    holder.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY


def _align(holder: Any, side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    holder.paragraph_format.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[side]


def _indent(holder: Any, first: float, *, left: float = 0, right: float = 0) -> None:
    """Indents in characters of the body; `first` is that of the first line, negative for one that hangs out."""
    from docx.shared import Twips

    layout = holder.paragraph_format
    layout.first_line_indent = Twips(round(first * _EM))
    layout.left_indent, layout.right_indent = Twips(round(left * _EM)), Twips(round(right * _EM))


def _on(properties: Any, *names: str) -> None:
    from docx.oxml.parser import OxmlElement

    for name in names:
        properties.append(OxmlElement(name))


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _STAND_INS.items()
    )
    return f'<w:fonts xmlns:w="{W_TRANSITIONAL}">{fonts}</w:fonts>'.encode()


def _page_number(run: Run) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for kind in ("begin", "", "separate", "1", "end"):
        if kind == "":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        elif kind == "1":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
