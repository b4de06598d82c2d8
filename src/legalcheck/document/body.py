"""The walk through the XML: every visible paragraph in reading order, with its number and its place.

One paragraph's text comes from `_Walker._p`, whatever story it stands in; everything Word does not show (deletions,
text moved away, hidden text, field codes, mc:Fallback, continuation cells of merged cells) is passed over there, and
nowhere else. `w:p` elements are counted in document order all the same, so that `Origin.element` leads back to the XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from ..errors import UnsafeDocumentError
from . import limits
from .alternate import shown_branch
from .drawings import art_lines, drawn_lines
from .fields import FieldStack
from .model import Origin, Paragraph, Part
from .names import DIAGRAM_IDS, DRAWINGML, MC, VML, Names, integer, is_on
from .numbering import Numbering
from .styles import ParagraphStyle, Styles
from .symbols import symbol
from .tables import Grid

if TYPE_CHECKING:
    from lxml import etree

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATH_TEXT = frozenset(
    {
        "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
        "{http://purl.oclc.org/ooxml/officeDocument/math}t",
    }
)
_MATH = tuple(name[:-1] + suffix for name in _MATH_TEXT for suffix in ("oMath", "oMathPara"))

_NO_STYLE = ParagraphStyle()

# A piece of text and the element it comes from: (element, offset of the piece in the element's own text, length).
# Elements that are one character (w:tab, w:br …) have offset 0.
Source = tuple["etree._Element", int, int]


class _Properties(Struct):
    """What w:pPr says of one paragraph."""

    style: ParagraphStyle
    num_id: int | None = None
    ilvl: int | None = None
    outline: int | None = None
    mark_deleted: bool = False
    mark_hidden: bool = False


class _Box(Struct):
    """What is read after the line it is anchored in: blocks of a text box, or lines of a drawing's own text."""

    element: int
    blocks: Iterable[etree._Element] = ()
    lines: tuple[str, ...] = ()
    story: str = ""


class _Joined(Struct):
    """Text whose paragraph mark is deleted or hidden: it goes on in the next paragraph."""

    texts: list[str]
    sources: list[Source]
    element: int
    label: str | None  # None: the next paragraph's properties are those of the whole
    properties: _Properties


class Walker:
    """Walks stories (XML parts) of one package; `paragraphs` grows in reading order.

    `check_hidden` is False where no part says w:vanish, which spares looking at run properties. With `keep_sources`
    `sources` has, for every paragraph, the elements its characters come from. `diagram` gives the part name and the
    lines of a SmartArt diagram by story and relationship id.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        *,
        check_hidden: bool = True,
        keep_sources: bool = False,
        diagram: Callable[[str, str], tuple[str, tuple[str, ...]]] = lambda story, rid: ("", ()),
    ) -> None:
        self.paragraphs: list[Paragraph] = []
        self.sources: list[list[Source]] | None = [] if keep_sources else None
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.sections: list[etree._Element] = []
        self.embedded = False  # w:altChunk or w:subDoc was met
        self._styles = styles
        self._numbering = numbering
        self._check_hidden = check_hidden
        self._diagram = diagram
        self._plain = _Properties(styles.paragraph(None))
        self._tables = 0
        self._size = 0
        self._table_depth = 0
        self._dispatch: dict[str, dict[str, Callable[[etree._Element], None]]] = {}

    def walk(self, blocks: Iterable[etree._Element], n: Names, part: Part, story: str, element: int = 0) -> None:
        """Read block-level elements; `element` is the index of their first ``w:p`` in the part."""
        self._n = n
        self._part = part
        self._story = story
        self._element = element
        self._table: tuple[int, int, int, int] | None = None
        self._fields = FieldStack(n)
        self._texts: list[str] = []
        self._sources: list[Source] = []
        self._joined: _Joined | None = None
        self._boxes: list[_Box] = []
        self._run_hidden = False
        self._paragraph_hidden = False
        if n.namespace not in self._dispatch:
            self._dispatch[n.namespace] = self._handlers(n)
        self._inline_handlers = self._dispatch[n.namespace]
        self._blocks(blocks)
        self._flush()

    # ---------------------------------------------------------------- blocks

    def _blocks(self, elements: Iterable[etree._Element]) -> None:
        n = self._n
        p, tbl = n.p, n.tbl
        for element in elements:
            tag = element.tag
            if tag == p:
                self._p(element)
            elif tag == tbl:
                self._flush()
                self._tbl(element)
            elif tag == n.sect_pr:
                self.sections.append(element)
            elif tag == MC + "AlternateContent":
                self._blocks(self._chosen(element))
            elif tag == n.alt_chunk or tag == n.sub_doc:
                self.embedded = True
            elif tag == n.deleted or tag == n.moved_from:
                self._skip(element)
            elif tag in _MATH or tag == n.r or tag == n.hyperlink:
                # a formula or run beside paragraphs belongs to none: give it one of its own
                self._inline([element])
                self._close(self._plain, self._element)
            elif len(element):
                self._blocks(element)

    def _chosen(self, alternate: etree._Element) -> Iterator[etree._Element]:
        """The content of mc:AlternateContent that is shown; the other branches are passed over."""
        shown = shown_branch(alternate)
        for branch in alternate:
            if branch is shown:
                yield from branch
            else:
                self._skip(branch)

    def _skip(self, element: etree._Element) -> None:
        """Pass over an element: only its paragraphs are counted, to keep `Origin.element` right."""
        if len(element):
            self._element += sum(1 for _ in element.iter(self._n.p))

    def _tbl(self, tbl: etree._Element) -> None:
        if self._table_depth >= limits.MAX_TABLE_DEPTH:
            raise UnsafeDocumentError("表格嵌套过深，已拒绝读取；请用 Word 重新整理后再试。")
        self._table_depth += 1
        outer, outer_part = self._table, self._part
        if self._part is Part.BODY:
            self._part = Part.TABLE
        self._tables += 1
        number = self._tables
        for cell in Grid(self._n, self._chosen, self._skip).cells(tbl):
            self._table = (number, cell.row, cell.column, cell.span)
            self._blocks(cell.element)
            self._flush()
        self._table, self._part = outer, outer_part
        self._table_depth -= 1

    # ------------------------------------------------------------ paragraphs

    def _p(self, p: etree._Element) -> None:
        n = self._n
        index = self._element
        self._element = index + 1
        texts = self._texts
        sources = self._sources
        keep = self.sources is not None
        handlers = self._inline_handlers
        fields = self._fields
        hidden = self._check_hidden
        r, t, ppr = n.r, n.t, n.ppr
        properties: _Properties | None = None
        for child in p:
            tag = child.tag
            if tag == r:
                if hidden:
                    self._r(child)
                    continue
                for item in child:
                    tag = item.tag
                    if tag == t:
                        text = item.text
                        if text:
                            if fields.in_code or text[0] <= " " or text[-1] <= " " or "\n" in text:
                                self._t(item)
                                continue
                            texts.append(text)
                            if keep:
                                sources.append((item, 0, len(text)))
                    else:
                        handler = handlers.get(tag)
                        if handler is not None:
                            handler(item)
                        elif len(item):
                            self._inline(item)
            elif tag == ppr:
                properties = self._properties(child)
                self._paragraph_hidden = properties.style.hidden
            else:
                handler = handlers.get(tag)
                if handler is not None:
                    handler(child)
                elif len(child):
                    self._inline(child)
        if properties is None:
            properties = self._plain
        if fields.in_code:
            fields.end_paragraph(p)
        self._close(properties, index)
        self._paragraph_hidden = False

    def _close(self, properties: _Properties, index: int) -> None:
        """End a paragraph: join it to the next, drop it, or emit it with its number."""
        texts, sources = self._texts, self._sources
        self._texts, self._sources = [], []
        joined = self._joined
        label: str | None = None
        if joined is not None:
            self._joined = None
            joined.texts.extend(texts)
            joined.sources.extend(sources)
            texts, sources, index, label = joined.texts, joined.sources, joined.element, joined.label
        if properties.mark_deleted:
            # the text goes on in the next paragraph, with that one's properties (the mark carries them)
            if texts or joined is not None:
                self._joined = _Joined(texts, sources, index, label, properties)
            return
        if properties.mark_hidden:
            if not texts:
                return  # text and mark hidden: no line, no number
            if label is None:
                label = self._label(properties)
            self._joined = _Joined(texts, sources, index, label, properties)
            return
        if label is None:
            label = self._label(properties)
        self._emit(texts, sources, index, label, properties)

    def _flush(self) -> None:
        """End of a story, cell or box: what waits for a next paragraph stands alone."""
        joined = self._joined
        if joined is not None:
            self._joined = None
            label = joined.label if joined.label is not None else self._label(joined.properties)
            self._emit(joined.texts, joined.sources, joined.element, label, joined.properties)
        elif self._boxes:
            self._walk_boxes()

    def _label(self, properties: _Properties) -> str:
        if properties.num_id is None and properties.style.num_id is None:
            return ""
        return self._numbering.label(properties.num_id, properties.ilvl, properties.style)

    def _emit(self, texts: list[str], sources: list[Source], index: int, label: str, properties: _Properties) -> None:
        text = texts[0] if len(texts) == 1 else "".join(texts)
        if label or (text and not text.isspace()):
            self._size += len(text) + len(label)
            paragraphs = self.paragraphs
            if self._size > limits.MAX_TEXT_SIZE or len(paragraphs) >= limits.MAX_PARAGRAPHS:
                raise UnsafeDocumentError("文稿过长，已超出可审查的篇幅；请拆分后再试。")
            table = self._table
            style = properties.style
            paragraphs.append(
                Paragraph(
                    len(paragraphs),
                    text,
                    label,
                    Origin(self._part, self._story, index, *table)
                    if table is not None
                    else Origin(self._part, self._story, index),
                    style.name,
                    properties.outline if properties.outline is not None else style.outline,
                )
            )
            if self.sources is not None:
                self.sources.append(sources)
        if self._boxes:
            self._walk_boxes()

    def _walk_boxes(self) -> None:
        """Text boxes follow the line of the paragraph that they are anchored in."""
        boxes, self._boxes = self._boxes, []
        saved = (self._element, self._table, self._part, self._fields, self._paragraph_hidden, self._run_hidden)
        for box in boxes:
            self._element, self._table, self._part = box.element, None, Part.TEXTBOX
            self._fields = FieldStack(self._n)
            self._paragraph_hidden = self._run_hidden = False
            self._blocks(box.blocks)
            self._flush()
            for line in box.lines:
                story, self._story = self._story, box.story or self._story
                self._emit([line], [], box.element, "", _Properties(_NO_STYLE))
                self._story = story
        self._element, self._table, self._part, self._fields, self._paragraph_hidden, self._run_hidden = saved

    def _properties(self, ppr: etree._Element) -> _Properties:
        n = self._n
        style_id: str | None = None
        num_id: int | None = None
        ilvl: int | None = None
        outline: int | None = None
        deleted = False
        mark_hidden: bool | None = None
        char_hidden = False
        for child in ppr:
            tag = child.tag
            if tag == n.pstyle:
                style_id = child.get(n.val)
            elif tag == n.num_pr:
                for item in child:
                    if item.tag == n.num_id:
                        num_id = integer(item.get(n.val), 0)
                    elif item.tag == n.ilvl:
                        ilvl = integer(item.get(n.val), 0)
            elif tag == n.rpr:
                for item in child:
                    tag = item.tag
                    if tag == n.deleted or tag == n.moved_from:
                        deleted = True
                    elif tag == n.vanish:
                        mark_hidden = is_on(item.get(n.val))
                    elif tag == n.rstyle:
                        char_hidden = self._check_hidden and self._styles.hides(item.get(n.val, ""))
            elif tag == n.outline_lvl:
                outline = integer(child.get(n.val), 9)
            elif tag == n.sect_pr:
                self.sections.append(child)
        style = self._styles.paragraph(style_id)
        if mark_hidden is None:
            mark_hidden = style.hidden != char_hidden
        if outline is not None and not 0 <= outline <= 8:
            outline = None
        return _Properties(style, num_id, ilvl, outline, deleted, mark_hidden)

    # ----------------------------------------------------------------- inline

    def _handlers(self, n: Names) -> dict[str, Callable[[etree._Element], None]]:
        """What each inline and run-level element does; those not named here are descended into."""

        def ignore(element: etree._Element) -> None:
            return None

        handlers: dict[str, Callable[[etree._Element], None]] = dict.fromkeys(
            (
                n.rpr, n.del_text, n.del_instr_text, n.sdtpr, n.sdt_end, n.custom_xml_pr,
                n.smart_tag_pr,
            ),
            ignore,
        )  # fmt: skip
        handlers[n.r] = self._r
        handlers[n.t] = self._t
        handlers[n.p] = handlers[n.tbl] = handlers[n.txbx] = self._box
        for tag in (n.deleted, n.moved_from):
            handlers[tag] = self._skip
        for tag, character in (
            (n.tab, "\t"), (n.ptab, "\t"), (n.br, "\n"), (n.cr, "\n"),
            (n.no_break_hyphen, "\u2011"), (n.soft_hyphen, "\u00ad"),
        ):  # fmt: skip
            handlers[tag] = self._character(character)
        handlers[n.sym] = self._sym
        handlers[n.fld_char] = self._fld_char
        handlers[n.instr_text] = self._instr_text
        handlers[n.ruby] = self._ruby
        handlers[n.footnote_reference] = self._note(self.footnotes)
        handlers[n.endnote_reference] = self._note(self.endnotes)
        handlers[n.sub_doc] = self._sub_doc
        handlers[MC + "AlternateContent"] = lambda element: self._inline(self._chosen(element))
        handlers[VML + "textpath"] = self._word_art
        for namespace in DRAWINGML:
            handlers[namespace + "txBody"] = self._drawing_text
        for tag in DIAGRAM_IDS:
            handlers[tag] = self._smart_art
        for tag in _MATH:
            handlers[tag] = self._math
        return handlers

    def _inline(self, elements: Iterable[etree._Element]) -> None:
        handlers = self._inline_handlers
        for element in elements:
            handler = handlers.get(element.tag)
            if handler is not None:
                handler(element)
            elif len(element):
                self._inline(element)

    def _r(self, run: etree._Element) -> None:
        if not self._check_hidden:
            self._inline(run)
            return
        outer = self._run_hidden
        self._run_hidden = outer or self._is_hidden(run)
        self._inline(run)
        self._run_hidden = outer

    def _is_hidden(self, run: etree._Element) -> bool:
        """17.3.2.41 w:vanish; as a toggle property (17.7.3) it is turned over by each style level that sets it."""
        n = self._n
        rpr = run.find(n.rpr)
        by_style = False
        if rpr is not None:
            for item in rpr:
                if item.tag == n.vanish:
                    return is_on(item.get(n.val))
                if item.tag == n.rstyle:
                    by_style = self._styles.hides(item.get(n.val, ""))
        return self._paragraph_hidden != by_style

    def _put(self, element: etree._Element, text: str, offset: int = 0) -> None:
        if not self._fields.in_code and not self._run_hidden:
            self._texts.append(text)
            if self.sources is not None:
                self._sources.append((element, offset, len(text)))
        elif self._fields.in_code:
            self._fields.code(text)

    def _t(self, element: etree._Element) -> None:
        text = element.text
        if not text:
            return
        offset = 0
        if (text[0] <= " " or text[-1] <= " ") and not preserves_space(element):  # Word then trims it
            stripped = text.lstrip("\t\n\r ")
            offset = len(text) - len(stripped)
            text = stripped.rstrip("\t\n\r ")
            if not text:
                return
        if "\n" in text:
            text = text.replace("\n", " ")  # a line end in the XML is a space on the page
        self._put(element, text, offset)

    def _character(self, character: str) -> Callable[[etree._Element], None]:
        def put(element: etree._Element) -> None:
            self._put(element, character)

        return put

    def _sym(self, element: etree._Element) -> None:
        n = self._n
        try:
            code = int(element.get(n.char, ""), 16)
            character = chr(code)
        except (ValueError, OverflowError):
            return
        if 0xD800 <= code <= 0xDFFF or code < 0x20:
            return
        self._put(element, symbol(character, element.get(n.font, "")))

    def _fld_char(self, element: etree._Element) -> None:
        shown = self._fields.mark(element)
        if shown:
            self._put(element, shown)

    def _instr_text(self, element: etree._Element) -> None:
        if element.text:
            self._fields.code(element.text)

    def _ruby(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == self._n.ruby_base:
                self._inline(child)

    def _note(self, ids: list[str]) -> Callable[[etree._Element], None]:
        def refer(element: etree._Element) -> None:
            if not self._fields.in_code and not self._run_hidden:
                ids.append(element.get(self._n.id, ""))

        return refer

    def _sub_doc(self, element: etree._Element) -> None:
        self.embedded = True

    def _math(self, element: etree._Element) -> None:
        n = self._n
        for child in element:
            if child.tag in _MATH_TEXT:
                if child.text:
                    self._put(child, child.text)
            elif child.tag in (n.deleted, n.moved_from):
                continue
            elif child.tag == n.r or child.tag == n.t:
                self._inline([child])
            elif len(child):
                self._math(child)

    def _box(self, element: etree._Element) -> None:
        """A text box (or a block where none may stand): read after the line it is anchored in."""
        n = self._n
        base = self._element
        self._skip(element)
        if not self._run_hidden and not self._fields.in_code:
            self._boxes.append(_Box(base, element if element.tag == n.txbx else (element,)))

    def _drawn(self, lines: tuple[str, ...], story: str = "") -> None:
        if lines and not self._run_hidden and not self._fields.in_code:
            self._boxes.append(_Box(max(0, self._element - 1), lines=lines, story=story))

    def _word_art(self, element: etree._Element) -> None:
        self._drawn(art_lines(element))

    def _drawing_text(self, element: etree._Element) -> None:
        self._drawn(drawn_lines(element))

    def _smart_art(self, element: etree._Element) -> None:
        story, lines = self._diagram(self._story, element.get(self._n.rdm, ""))
        self._drawn(lines, story)


def preserves_space(element: etree._Element) -> bool:
    """Whether white space at the ends of a text counts (xml:space); where it does not, Word trims it."""
    node: etree._Element | None = element
    while node is not None:
        value = node.get(XML_SPACE)
        if value is not None:
            return value == "preserve"
        node = node.getparent()
    return False
