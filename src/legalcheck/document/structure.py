"""Provisions and segments: the tree of units a draft is made of (document-structure.md section 1).

Both skeletons are built by one pass over the lines: articles (编 > 章 > 节 > 条 > 款 > 项 > 目) and levels
(一、 > （一） > 1. > （1）). A label's form says what it may open, what is open says what it does open: （一） is an
item (项) inside an article and a heading elsewhere.

The parent of a list's entries is the unit whose text leads in to them (…：).
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import UnsafeDocumentError
from ..lazy import regex
from ..numerals import parse
from . import labels, limits
from .labels import Label, Style
from .model import Level, Paragraph, Part, Provision, Segment
from .zones import Zone

_ARTICLE_LEVELS = {
    Style.COMMA: Level.ITEM,
    Style.BRACKET: Level.ITEM,
    Style.DOT: Level.SUBITEM,
    Style.BRACKET_DIGIT: Level.SUBITEM_2,
    Style.CIRCLE: Level.SUBITEM_3,
    Style.LETTER: Level.SUBITEM_3,
    Style.BULLET: Level.SUBITEM_3,
}
_HEADING_LEVELS = {
    Style.COMMA: Level.HEADING_1,
    Style.BRACKET: Level.HEADING_2,
    Style.DOT: Level.HEADING_3,
    Style.BRACKET_DIGIT: Level.HEADING_4,
    Style.CIRCLE: Level.SUBITEM_3,
    Style.LETTER: Level.SUBITEM_3,
    Style.BULLET: Level.SUBITEM_3,
}
_UNIT_LEVELS = (None, Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE)  # by Style, 1 to 4
_COLONS = ("：", ":")
_PARTS = frozenset("；;：:")
# 应当提交下列材料。 leads in as well, though it ends like a sentence
_LISTS = regex(
    r"(?:下列|以下(?=各|[^，。；]{0,6}(?:材料|条件|情形|情况|资料|文件|证明|程序|规定|要求|事项|行为|方式|标准|内容|措施)))"
    r"[^。；]*[。]?\s*$"
)
# 现将有关事项通知如下： announces the whole document, not a list
_ANNOUNCES = regex(r"(?:如下|如后)[：:]\s*$")


def build(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> tuple[tuple[Provision, ...], tuple[Segment, ...]]:
    """The provisions and segments of the paragraphs; every character that is no typed label is in one segment.

    A typed label's span includes the white space before and after it.
    """
    builder = _Builder(paragraphs)
    builder.run(zones)
    return tuple(builder.provisions), tuple(builder.segments)


# looked up once: members of an Enum cost a call each time in Python 3.11
_ATTACHMENT, _ARTICLE, _PARAGRAPH, _ITEM = Level.ATTACHMENT, Level.ARTICLE, Level.PARAGRAPH, Level.ITEM
_HEADING_1, _HEADING_2, _HEADING_4 = Level.HEADING_1, Level.HEADING_2, Level.HEADING_4
_ZONE_BODY, _ZONE_CELL, _ZONE_TITLE = Zone.BODY, Zone.CELL, Zone.TITLE
_ZONE_CLOSING, _ZONE_ATTACHMENT = Zone.CLOSING, Zone.ATTACHMENT
_ARTICLE_STYLE = int(Style.ARTICLE)
_TEXTBOX, _IN_BODY, _IN_TABLE = Part.TEXTBOX, Part.BODY, Part.TABLE


class _Builder:
    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.provisions: list[Provision] = []
        self.segments: list[Segment] = []
        self._stack: list[int] = []  # the open units, outer to inner
        self._leads: set[int] = set()  # units whose text so far ends with a colon
        self._announces: set[int] = set()
        self._first_child: dict[int, Level] = {}
        self._paragraph_counts: dict[int | None, int] = {}
        self._attachment: int | None = None
        # by label style: what was open around the article's last entry of that style, and its number
        self._entries: dict[int, tuple[tuple[int, ...], int]] = {}

    def run(self, zones: Sequence[Zone]) -> None:
        box: int | None = None
        saved: list[int] = []
        for paragraph, zone in zip(self.paragraphs, zones, strict=True):
            part = paragraph.origin.part
            if part is _TEXTBOX:
                # a box has a numbering of its own; the text around it goes on behind it
                if box is None:
                    saved, self._stack = self._stack, []
                    box = paragraph.index
                self._line_or_plain(paragraph, zone)
                continue
            if box is not None:
                self._stack, box = saved, None
            if part is not _IN_BODY and part is not _IN_TABLE:
                self._segment(paragraph.index, 0, len(paragraph.text), None)
            else:
                self._line_or_plain(paragraph, zone)

    # ------------------------------------------------------------------ lines

    def _line_or_plain(self, paragraph: Paragraph, zone: Zone) -> None:
        if zone is _ZONE_BODY:
            text = paragraph.text
            label = labels.rendered(paragraph.label) if paragraph.label else None
            if "\n" not in text:
                self._line(paragraph, 0, len(text), label, False)
                return
            start = 0
            while True:  # a soft line break may begin a unit, too
                stop = text.find("\n", start)
                end = len(text) if stop < 0 else stop + 1
                self._line(paragraph, start, end, label, bool(start))
                label = None
                if stop < 0 or end == len(text):
                    return
                start = end
        elif zone is _ZONE_CELL:
            self._segment(paragraph.index, 0, len(paragraph.text), self._stack[-1] if self._stack else None)
        elif zone is _ZONE_ATTACHMENT:
            self._open_attachment(paragraph)
        else:
            if zone is _ZONE_CLOSING:
                self._stack = self._stack[:1] if self._attachment is not None else []
            elif zone is _ZONE_TITLE and self._stack and self._attachment is None:
                self._stack = []
            unit = self._attachment if zone is _ZONE_TITLE and self._stack[:1] == [self._attachment] else None
            self._segment(paragraph.index, 0, len(paragraph.text), unit)

    def _open_attachment(self, paragraph: Paragraph) -> None:
        match = labels.ATTACHMENT.match(paragraph.text)
        label = match["label"] if match else paragraph.label
        end = match.end() if match else 0
        number = parse(match["n"]) if match and match["n"] else None
        self._stack = []
        title = paragraph.text[end:].strip()
        self._attachment = self._open(_ATTACHMENT, (number,) if number is not None else (), labels.tight(label), title)
        self._segment(paragraph.index, end, len(paragraph.text), self._attachment)

    def _line(self, paragraph: Paragraph, start: int, end: int, label: Label | None, broken: bool) -> None:
        text = paragraph.text
        body = start
        if label is None:
            label = labels.typed(text, start, end)
            if label is not None:
                body = label.end
        if label is None:
            if broken and self.segments and self.segments[-1].paragraph == paragraph.index:
                # the line goes on after a soft break: so does its segment
                last = self.segments[-1]
                unit = last.provision
                if last.end == start and not labels.may_list(text, start, end):
                    self.segments[-1] = Segment(last.paragraph, last.start, end, unit)
                    self._note_end(unit, text[start:end])
                    return
            else:
                unit = self._open_paragraph()
        else:
            unit = self._open_label(label, text, body, end)
        self._fill(paragraph, body, end, unit, label)

    def _fill(self, paragraph: Paragraph, start: int, end: int, unit: int | None, own: Label | None) -> None:
        """Segments of one line: the unit's own text, then each inline item's."""
        text = paragraph.text
        if not labels.may_list(text, start, end):
            self._segment(paragraph.index, start, end, unit)
            self._note_end(unit, text[start:end])
            return
        at, lead = start, unit
        ends: list[str] = []  # the last character of each item so far
        goes_on = False  # the line is itself an entry, and the list that it belongs to goes on in it
        for label in labels.inline(text, start, end, own):
            self._segment(paragraph.index, at, label.start, unit)
            self._note_end(unit, text[at : label.start])
            if at > start:
                ends.append(text[at : label.start].rstrip()[-1:])
            elif own is not None:
                goes_on = own.style is label.style
            unit = self._open_label(label, text, label.end, end)
            at = label.end
        if not goes_on and ends and set(ends) <= _PARTS and not set(ends) <= set(_COLONS):
            # items parted by semicolons end with a full stop: what follows is the paragraph's own again
            stop = text.find("。", at, end)
            if stop >= 0 and text[stop + 1 : end].strip(" \t\n\u3000”」）)"):
                self._segment(paragraph.index, at, stop + 1, unit)
                at, unit = stop + 1, lead
                self._return_to(lead)
        self._segment(paragraph.index, at, end, unit)
        self._note_end(unit, text[at:end])

    def _return_to(self, unit: int | None) -> None:
        while unit is not None and unit in self._stack and self._stack[-1] != unit:
            self._stack.pop()

    def _note_end(self, unit: int | None, text: str) -> None:
        if unit is not None and text and not text.isspace():
            tail = text[-200:]
            if text.rstrip()[-1:] not in _COLONS and not ("下" in tail and _LISTS.search(tail)):
                self._leads.discard(unit)
                return
            self._leads.add(unit)
            if _ANNOUNCES.search(text[-12:]):
                self._announces.add(unit)

    def _segment(self, paragraph: int, start: int, end: int, provision: int | None) -> None:
        if end > start:
            self.segments.append(Segment(paragraph, start, end, provision))

    # ------------------------------------------------------------------ units

    def _open(self, level: Level, number: tuple[int, ...], label: str, title: str = "") -> int:
        provisions, stack = self.provisions, self._stack
        index = len(provisions)
        if index >= limits.MAX_PROVISIONS:
            raise UnsafeDocumentError("文稿的条目过多，已超出可审查的篇幅；请拆分后再试。")
        parent = stack[-1] if stack else None
        provisions.append(Provision(index, level, number, label, title, parent))
        stack.append(index)
        return index

    def _article_open(self) -> bool:
        return any(self.provisions[unit].level is _ARTICLE for unit in self._stack)

    def _open_label(self, label: Label, text: str, start: int, end: int) -> int:
        style = label.style
        if style <= _ARTICLE_STYLE:
            level = _UNIT_LEVELS[style] or _ARTICLE
            self._close_to(level)
            self._entries.clear()
            rest = text[start:end].strip()
            unit = self._open(level, label.number, label.text, rest if level < _ARTICLE else "")
            if level is _ARTICLE and rest:
                self._paragraph_counts[unit] = 1
                unit = self._open(_PARAGRAPH, (1,), "")
            return unit
        if self._article_open() and not self._leaves_article(label):
            level = _ARTICLE_LEVELS[style]
            self._close_to(level, keep_paragraph=True)
            self._resume_list(label)
            if self.provisions[self._stack[-1]].level is _ARTICLE:
                # 第三条 alone on its line, the items follow
                self._paragraph_counts[self._stack[-1]] = self._paragraph_counts.get(self._stack[-1], 0) + 1
                self._open(_PARAGRAPH, (self._paragraph_counts[self._stack[-1]],), "")
        else:
            level = _HEADING_LEVELS[style]
            self._close_headings(level)
            if self._stack:
                self._first_child.setdefault(self._stack[-1], level)
        unit = self._open(level, label.number, label.text)
        if label.number:
            self._entries[int(style)] = (tuple(self._stack[:-1]), label.number[-1])
        return unit

    def _resume_list(self, label: Label) -> None:
        """（三） after a paragraph that goes on about （二） belongs to the list of （二）, not to that paragraph."""
        top = self._stack[-1]
        around, number = self._entries.get(int(label.style), ((), 0))
        goes_on = bool(around) and label.number == (number + 1,)
        if goes_on and self.provisions[top].level is _PARAGRAPH and top not in around and top not in self._leads:
            self._stack = list(around)

    def _leaves_article(self, label: Label) -> bool:
        """一、 after an article's text begins a new text in levels, unless the article's list is numbered so."""
        if label.style is not Style.COMMA:
            return False
        for unit in reversed(self._stack):
            provision = self.provisions[unit]
            if provision.level is _ITEM and provision.label.endswith("、"):
                return label.number != (provision.number[0] + 1,)
            if provision.level is _PARAGRAPH and unit in self._leads:
                return False
        self._close_to(Level.PART)
        return True

    def _close_to(self, level: Level, keep_paragraph: bool = False) -> None:
        """Close what cannot contain `level`."""
        stack = self._stack
        while stack:
            top = self.provisions[stack[-1]].level
            if top is _ATTACHMENT or (top < level and not (_HEADING_1 <= top <= _HEADING_4)):
                if top is _PARAGRAPH and not keep_paragraph:
                    stack.pop()
                    continue
                return
            stack.pop()

    def _close_headings(self, level: Level) -> None:
        """Close what cannot contain a heading or list entry of `level`; a paragraph that leads in stays open."""
        stack = self._stack
        while stack:
            top = self.provisions[stack[-1]]
            if top.level is _PARAGRAPH:
                child = self._first_child.get(stack[-1])
                if child is None:
                    if stack[-1] in self._leads and stack[-1] not in self._announces and self._deeper(level):
                        return
                elif child <= level:
                    return
                stack.pop()
            elif top.level is _ATTACHMENT or top.level < level:
                return
            else:
                stack.pop()

    def _deeper(self, level: Level) -> bool:
        """Whether `level` is below the heading that the open lead-in paragraph stands under."""
        for unit in reversed(self._stack):
            above = self.provisions[unit].level
            if _HEADING_1 <= above <= _HEADING_4:
                return level > above
        return True

    def _open_paragraph(self) -> int:
        """An unnumbered paragraph: the next 款 of the article, or a paragraph under the open heading."""
        stack = self._stack
        if self._article_open():
            while self.provisions[stack[-1]].level is not _ARTICLE:
                stack.pop()
        else:
            while stack and self.provisions[stack[-1]].level is _PARAGRAPH:
                stack.pop()
            self._leave_list()
        parent = stack[-1] if stack else None
        count = self._paragraph_counts.get(parent, 0) + 1
        self._paragraph_counts[parent] = count
        return self._open(_PARAGRAPH, (count,), "")

    def _leave_list(self) -> None:
        """After a list's last entry (…：（一）…；（二）….) an unnumbered paragraph belongs to what the list is in."""
        stack = self._stack
        while len(stack) >= 2:
            top, above = self.provisions[stack[-1]], stack[-2]
            if top.level >= _HEADING_2 and above in self._leads and stack[-1] not in self._leads:
                stack.pop()
                if self.provisions[above].level is _PARAGRAPH:
                    stack.pop()
            elif top.level > _HEADING_4:
                stack.pop()
            else:
                return
