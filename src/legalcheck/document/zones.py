"""Which zone of the document each paragraph stands in: title, body, attachment note, closing …

Only body paragraphs make provisions. The cues are those of GB/T 9704—2012 (7.2 版头, 7.3 主体, 7.4 版记) and of
document-structure.md section 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from ..lazy import regex
from . import labels, limits
from .kinds import kind_at_end, strip_title
from .labels import Style
from .model import Paragraph, Part

_PROVISIONS = frozenset({Style.CHAPTER, Style.SECTION, Style.ARTICLE, Style.COMMA, Style.BRACKET})


class Zone(Enum):
    """A paragraph's zone."""

    TITLE = "title"  # 版头, 标题, 题注, 主送机关
    CONTENTS = "contents"  # 目录
    BODY = "body"
    CELL = "cell"  # a table cell
    NOTE = "note"  # 附件说明
    ATTACHMENT = "attachment"  # 附件1, at the head of an attachment
    CLOSING = "closing"  # 署名, 成文日期, 附注, 版记
    OUTSIDE = "outside"  # header, footer, notes


DATE_LINE = regex(
    r"\s*(?:\d{4}|[0-9０-９]{4}|[〇○零Ｏ一二三四五六七八九]{4})\s*年\s*[\dＸXx×*一二三四五六七八九十０-９\s]{0,4}月"
    r"\s*[\dＸXx×*一二三四五六七八九十０-９\s]{0,4}日\s*$"
)
IMPRINT = regex(
    r"\s*(?:抄\s*送|主题词|印发机关|分\s*送|报\s*送)\s*[:：]|\s*[（(](?:此件|此文|本文|信息公开|公开)[^）)]{0,20}[）)]\s*$"
    r"|.{2,30}\d{4}年\d{1,2}月\d{1,2}日印发\s*$|\s*公开(?:方式|属性)[:：]"
)
_CONTENTS = regex(r"\s*目\s*[录次]\s*$")
_SENTENCE_MARK = regex(r"[。；;！？：:，,]")
_SENTENCE = regex(r"[。；;！？]")
ADDRESSEES = regex(r"\s*\S.{1,400}[：:]\s*$", re.DOTALL)
_NOT_ADDRESSEES = regex(r"如下|下列|以下|应当|必须|不得|可以|包括|根据|按照|为了|为进一步|[。；]")
_SIGNATURE = regex(r"[^。；;：:！？]{2,40}$")


_HEAD_LINES = 16
_SETS_RULES = regex("应当|必须|不得|可以|下列|以下|如下")
# looked up once: members of an Enum cost a call each time in Python 3.11
_BODY, _TEXTBOX = Zone.BODY, Part.TEXTBOX
_IN_BODY, _IN_TABLE = Part.BODY, Part.TABLE
_CLOSING, _ATTACHMENT = Zone.CLOSING, Zone.ATTACHMENT
_IMPRINT_BEGINS = frozenset("抄主印分报公（(")


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else (成文日期), blanks for the day included."""
    return "日" in text[-6:] and DATE_LINE.match(text) is not None


def zones(paragraphs: Sequence[Paragraph]) -> list[Zone]:
    """The zone of each paragraph, in order."""
    layout = _layout_tables(paragraphs)
    found = [_place(paragraph, layout) for paragraph in paragraphs]
    body = [p for p, zone in zip(paragraphs, found, strict=True) if zone is _BODY and p.origin.part is not _TEXTBOX]
    if not body:
        return found
    if len(body) > 1:
        rest = _contents(body, found)
        _front(rest, found)
        _attachments(rest, found)
        _closing(rest, found)
        _later_titles(rest, found)
    return found


def _place(paragraph: Paragraph, layout: frozenset[int]) -> Zone:
    if paragraph.style and paragraph.style[:4].lower() == "toc ":
        return Zone.CONTENTS
    part = paragraph.origin.part
    if part is not _IN_BODY and part is not _IN_TABLE and part is not _TEXTBOX:
        return Zone.OUTSIDE
    table = paragraph.origin.table
    return _BODY if table is None or table in layout else Zone.CELL


def _layout_tables(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Tables of one column that hold numbered provisions: a frame around the text, not a table of data."""
    provisions: dict[int, int] = {}
    columns: set[int] = set()
    for paragraph in paragraphs:
        table = paragraph.origin.table
        if table is None:
            continue
        if (paragraph.origin.column or 1) > 1:
            columns.add(table)
        elif table not in columns:
            label = _label(paragraph)
            if label is not None and label.style in _PROVISIONS:
                provisions[table] = provisions.get(table, 0) + 1
    return frozenset(table for table, count in provisions.items() if count >= 2 and table not in columns)


def _label(paragraph: Paragraph) -> labels.Label | None:
    if paragraph.label:
        return labels.rendered(paragraph.label)
    return labels.typed(paragraph.text)


def is_addressees(text: str) -> bool:
    """Whether a line may be that of the addressees (主送机关): one that ends with a colon."""
    return len(text) <= limits.MAX_HEAD_LINE and ADDRESSEES.match(text) is not None


def _contents(body: list[Paragraph], found: list[Zone]) -> list[Paragraph]:
    """Mark a table of contents: from 目录 to where its first entry comes again; returns what is left."""
    for start, paragraph in enumerate(body[:60]):
        if not _CONTENTS.match(paragraph.line):
            continue
        rest = body[start + 1 :]
        if not rest:
            break
        key = _entry(rest[0])
        end = next((i for i, other in enumerate(rest) if i and _entry(other) == key), 0)
        if key and 0 < end <= 400:
            for other in body[start : start + 1 + end]:
                found[other.index] = Zone.CONTENTS
            return body[:start] + rest[end:]
        break
    return body


def _entry(paragraph: Paragraph) -> str:
    """A line of a table of contents without its page number and leaders."""
    line = paragraph.line
    if len(line) > limits.MAX_HEAD_LINE:
        return ""
    return re.sub(r"[\s.…·．]*\d*$", "", re.sub(r"[\s\u3000]", "", line))


def _front(body: list[Paragraph], found: list[Zone]) -> None:
    """Mark the head: up to the addressees' line, or the title and the notes under it."""
    head, addressed = _before_text(body[:_HEAD_LINES])
    if not addressed:
        ends = [at for at, paragraph in enumerate(head) if kind_at_end(strip_title(paragraph.text)[0])]
        title = ends[-1] + 1 if ends else 1  # without a 文种 the first line alone is taken for the title
        below = head[title:]
        head = head[:title]
        for paragraph in below:
            text = paragraph.text.strip()
            if not text.startswith(("（", "(")) and not is_date_line(text) and not text.endswith("号"):
                break
            head.append(paragraph)
    for paragraph in head:
        found[paragraph.index] = Zone.TITLE


def _before_text(body: list[Paragraph]) -> tuple[list[Paragraph], bool]:
    """The lines before the first numbered line or the first sentence, and whether the last is the addressees'."""
    head: list[Paragraph] = []
    for paragraph in body:
        text = paragraph.text.strip()
        note = text.startswith(("（", "("))
        label = _label(paragraph)
        if labels.ATTACHMENT.match(paragraph.text) or (label is not None and not note):
            break
        if label is not None and label.number and label.end < len(text):
            break
        if is_addressees(text):
            if not _NOT_ADDRESSEES.search(text):
                return [*head, paragraph], True
            break
        if (_SENTENCE.search(text) and not note) or len(text) > 90:
            break
        if _SETS_RULES.search(text) and not kind_at_end(strip_title(text)[0]):
            break
        head.append(paragraph)
    return head, False


def _attachments(body: list[Paragraph], found: list[Zone]) -> None:
    """Tell the attachment note (附件：1.…) from the heads of the attachments themselves (附件1)."""
    noted = False
    closed = False
    in_note = False
    for position, paragraph in enumerate(body):
        if found[paragraph.index] is not _BODY:
            continue
        text = paragraph.text
        if is_date_line(text):
            closed = True
        match = labels.ATTACHMENT.match(text) if "附" in text[:12] else None
        if match is None:
            if in_note and _continues_note(paragraph):
                found[paragraph.index] = Zone.NOTE
            else:
                in_note = False
            continue
        rest = text[match.end() :].strip()
        if not rest and not match["colon"].strip():
            found[paragraph.index] = Zone.ATTACHMENT
            in_note, closed = False, False
        elif not rest:
            # 附件： alone: a note when a list follows, a head otherwise
            follows = body[position + 1] if position + 1 < len(body) else None
            if follows is not None and not noted and not closed and _continues_note(follows):
                found[paragraph.index] = Zone.NOTE
                in_note = noted = True
            else:
                found[paragraph.index] = Zone.ATTACHMENT
                in_note = closed = False
        elif _SENTENCE.search(rest) or rest[0] in "中所的规一内里":
            in_note = False  # 附件1所列材料…, a sentence
        elif closed or (noted and match["n"] and not in_note):
            found[paragraph.index] = Zone.ATTACHMENT
            in_note = closed = False
        else:
            found[paragraph.index] = Zone.NOTE
            in_note = noted = True


def _continues_note(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    label = _label(paragraph)
    return (
        label is not None
        and label.style in (Style.DOT, Style.BRACKET_DIGIT, Style.COMMA)
        and not _SENTENCE.search(text)
        and len(text) < 80
    )


def _closing(body: list[Paragraph], found: list[Zone]) -> None:
    """Mark signatures and dates, notes in brackets, and the imprint (版记)."""
    for position, paragraph in enumerate(body):
        if found[paragraph.index] is not _BODY:
            continue
        text = paragraph.text
        if len(text) > 120 or paragraph.label:
            continue
        if is_date_line(text):
            found[paragraph.index] = Zone.CLOSING
            for before in reversed(body[max(0, position - 4) : position]):
                line = before.text.strip()
                if found[before.index] is not _BODY or _label(before) is not None or not _SIGNATURE.match(line):
                    break
                found[before.index] = Zone.CLOSING
        elif (text.lstrip()[:1] in _IMPRINT_BEGINS or text.rstrip().endswith("印发")) and IMPRINT.match(text):
            found[paragraph.index] = Zone.CLOSING


def _later_titles(body: list[Paragraph], found: list[Zone]) -> None:
    """Mark the title of what follows a signature or stands at the head of an attachment."""
    for position, paragraph in enumerate(body[:-1]):
        zone = found[paragraph.index]
        if zone is not _CLOSING and zone is not _ATTACHMENT:
            continue
        for after in body[position + 1 : position + 6]:
            text = after.text.strip()
            note = text.startswith(("（", "("))
            if (
                found[after.index] is not _BODY
                or after is body[-1]
                or len(text) > 60
                or (not note and (_label(after) is not None or _SENTENCE_MARK.search(text)))
                or (note and not text.endswith(("）", ")")))
            ):
                break
            found[after.index] = Zone.TITLE
