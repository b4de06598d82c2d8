"""The draft as the rest of legalcheck sees it: frozen values, no XML.

Offsets are in Unicode code points, half-open, and count from the start of `Paragraph.text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property

from msgspec import Struct, field


class Part(StrEnum):
    """Where in the file a paragraph stands."""

    BODY = "body"
    TABLE = "table"
    TEXTBOX = "textbox"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    HEADER = "header"
    FOOTER = "footer"


class Origin(Struct, frozen=True):
    """The place of a paragraph in the file.

    `table`, `row` and `column` count from 1, and are those of the innermost table; `table` numbers the tables of the
    whole file in reading order; `column` is the first column of the grid that the cell covers and `span` how many it
    covers (w:gridSpan). `story` names the XML part (``word/document.xml``, ``word/footnotes.xml`` …) and
    `element` is the index, in document order, of the ``w:p`` element in that part: together they are stable and lead
    back to the XML.
    """

    part: Part = Part.BODY
    story: str = ""
    element: int = 0
    table: int | None = None
    row: int | None = None
    column: int | None = None
    span: int = 1


class Level(IntEnum):
    """The units of both skeletons, outer to inner (document-structure.md section 1)."""

    ATTACHMENT = 0  # 附件1
    PART = 1  # 编
    CHAPTER = 2  # 章
    SECTION = 3  # 节
    ARTICLE = 4  # 条
    HEADING_1 = 5  # 一、
    HEADING_2 = 6  # （一） under 一、
    HEADING_3 = 7  # 1. under （一）
    HEADING_4 = 8  # （1） under 1.
    PARAGRAPH = 9  # 款, an unnumbered paragraph
    ITEM = 10  # 项 （一）
    SUBITEM = 11  # 目 1.
    SUBITEM_2 = 12  # （1） under 目
    SUBITEM_3 = 13  # ① under （1）


class Paragraph(Struct, frozen=True):
    """One paragraph: `label` is the number Word renders in front of `text` ("" where it was typed or there is none).

    A soft line break is ``\\n`` in `text`, a tab ``\\t``.
    """

    index: int
    text: str
    label: str = ""
    origin: Origin = field(default_factory=Origin)
    style: str = ""
    outline_level: int | None = None  # 0-based, as w:outlineLvl; None for body text

    @property
    def line(self) -> str:
        """What a reader sees: label and text."""
        return self.label + self.text


class Provision(Struct, frozen=True):
    """One unit of the draft (条, 款, 项, 一、 …), numbered by Word or by hand.

    `number` is (3,) for 第三条, (120, 1) for 第一百二十条之一, () for what has no number. `label` is the number as it
    stands (第三条, （一）). `title` is the own text of a heading (总则) or attachment, "" elsewhere. `parent` is an
    index into `Draft.provisions`: the unit this one stands in; for entries of a list, the one that leads in (…：).
    """

    index: int
    level: Level
    number: tuple[int, ...]
    label: str
    title: str = ""
    parent: int | None = None


class Segment(Struct, frozen=True):
    """A stretch of one paragraph's text that belongs to one provision; typed labels are left out of it.

    Segments come in reading order and cover all text but the typed labels and the white space around those: a
    paragraph that carries several inline items （一）…；（二）… has one segment for each, and one for its lead-in.
    """

    paragraph: int
    start: int
    end: int
    provision: int | None  # index into Draft.provisions; None for title, addressees, signature, headers …


class IssuerLevel(StrEnum):
    """Who issues the draft, from the issuer's name."""

    STATE_COUNCIL = "state_council"  # 国务院
    MINISTRY = "ministry"  # 国务院部门
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"  # 乡、镇
    SUBDISTRICT = "subdistrict"  # 街道办事处
    DEPARTMENT = "department"  # 地方政府部门
    INTERNAL_OFFICE = "internal_office"  # 内设机构、议事协调机构、临时机构
    UNKNOWN = "unknown"


class Metadata(Struct, frozen=True):
    """The elements of GB/T 9704—2012 and the closing articles, as far as the draft states them."""

    title: str = ""
    kind: str = ""  # 文种: 通知, 意见, 办法, 规定 …; of the attached text where a notice only issues it
    carrier: str = ""  # 文种 of the cover, 通知 for 关于印发《…办法》的通知; "" without a cover
    issuer: str = ""
    issuer_level: IssuerLevel = IssuerLevel.UNKNOWN
    document_number: str = ""
    draft_stage: str = ""  # 征求意见稿, 送审稿, 草案 …
    document_date: date | None = None  # 成文日期
    addressees: tuple[str, ...] = ()  # 主送机关
    effective: str = ""  # the words as they stand: 2026年1月1日, 印发之日
    effective_date: date | None = None
    validity: str = ""  # the words as they stand: 五年, 2030年12月31日
    attachments: tuple[str, ...] = ()  # names in the attachment note (附件说明)
    secrecy: str = ""  # 秘密, 机密, 绝密
    signatory: str = ""  # 落款


class ScopeVerdict(StrEnum):
    """Whether the draft has to be reviewed at all (review-process.md section 2)."""

    IN_SCOPE = "in_scope"
    OUT_OF_SCOPE = "out_of_scope"
    UNCLEAR = "unclear"


class Scope(Struct, frozen=True):
    """The scope verdict with its reasons, in Chinese."""

    verdict: ScopeVerdict
    reasons: tuple[str, ...]


class Draft(Struct, frozen=True, dict=True):
    """A draft: what `legalcheck.read` returns. `digest` is the SHA-256 of the file's bytes, in hex."""

    paragraphs: tuple[Paragraph, ...]
    provisions: tuple[Provision, ...]
    segments: tuple[Segment, ...]
    metadata: Metadata
    scope: Scope
    digest: str
    name: str = ""
    notes: tuple[str, ...] = ()  # what the reader could not read (embedded objects, pictures of pages), in Chinese

    @property
    def text(self) -> str:
        """All visible text, one line a paragraph, with its number."""
        return joined(self.paragraphs)

    def ancestors(self, provision: int | None) -> Iterator[Provision]:
        """The provision itself and those it stands in, innermost first."""
        while provision is not None:
            unit = self.provisions[provision]
            yield unit
            provision = unit.parent

    def attachment(self, provision: int | None) -> int | None:
        """The attachment that a provision is or stands in; None for the main text."""
        return None if provision is None else self._attachments[provision]

    @cached_property
    def _attachments(self) -> list[int | None]:
        found: list[int | None] = []
        for unit in self.provisions:  # what a unit stands in comes before it
            above = found[unit.parent] if unit.parent is not None else None
            found.append(unit.index if unit.level is Level.ATTACHMENT else above)
        return found

    def path(self, provision: int | None) -> str:
        """How a lawyer cites it: 第三条第二款第（一）项, 附件1第二条, 二、（三）2.; "" for None."""
        units = list(self.ancestors(provision))[::-1]
        has_article = any(u.level is Level.ARTICLE for u in units)
        shown = []
        for unit in units:
            if has_article and unit.level in (Level.PART, Level.CHAPTER, Level.SECTION):
                continue
            if unit.level is Level.PARAGRAPH and (not has_article or self._sole_paragraph(unit)):
                continue
            shown.append(cite(unit))
        return "".join(shown)

    def _sole_paragraph(self, unit: Provision) -> bool:
        return unit.parent in self._sole_paragraph_parents

    @cached_property
    def _sole_paragraph_parents(self) -> frozenset[int | None]:
        counts: dict[int | None, int] = {}
        for unit in self.provisions:
            if unit.level is Level.PARAGRAPH:
                counts[unit.parent] = counts.get(unit.parent, 0) + 1
        return frozenset(parent for parent, count in counts.items() if count == 1)


def joined(paragraphs: Iterable[Paragraph]) -> str:
    """The lines of paragraphs, with their numbers."""
    return "\n".join([p.label + p.text for p in paragraphs])


def cite(unit: Provision) -> str:
    """One unit as it is cited: 第二款, 第（一）项, 第1目; 一、 and 第三条 as they stand; "" for a bullet."""
    from ..numerals import to_chinese

    if unit.level is Level.PARAGRAPH and unit.number:
        return f"第{to_chinese(unit.number[0])}款"
    if unit.level is Level.ITEM and unit.number:
        return f"第（{to_chinese(unit.number[0])}）项"
    if unit.level is Level.SUBITEM and unit.number:
        return f"第{unit.number[0]}目"
    if unit.level is Level.SUBITEM_3 and not unit.number:
        return ""  # a bullet is no number to cite
    return unit.label
