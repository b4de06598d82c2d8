"""What a review says: findings and the values they are made of."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """The effect of a finding on the gate (prohibited-content.md, How to read severity)."""

    BLOCKING = "blocking"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """0 for blocking, 1 for major, 2 for minor."""
        return list(Severity).index(self)


class Rank(StrEnum):
    """The rank of the document a text stands in (立法法; citation-grammar.md section 8)."""

    NORMATIVE = "normative"  # 行政规范性文件
    DEPT_RULE = "dept_rule"  # 部门规章
    LOCAL_RULE = "local_rule"  # 地方政府规章
    LOCAL_REGULATION = "local_regulation"  # 地方性法规
    ADMIN_REGULATION = "admin_regulation"  # 行政法规
    LAW = "law"  # 法律


class Ground(Struct, frozen=True):
    """What a finding rests on: a statute and article, or a document by its number. `text` is how it is printed."""

    text: str
    title: str = ""
    number: str = ""
    article: str = ""


class Location(Struct, frozen=True):
    """Where a finding stands.

    `provision` is the citation of the unit (第三条第二款第（一）项, "" outside any unit); `paragraph` the index into
    `Draft.paragraphs` (None for a finding on the draft as a whole); `start` and `end` delimit the quote within
    `Paragraph.text`, in code points, half-open; `cell` reads 表2第3行第2列 within a table; `part` is the Part value.
    """

    provision: str = ""
    paragraph: int | None = None
    start: int = 0
    end: int = 0
    cell: str = ""
    part: str = "body"

    def __str__(self) -> str:
        if self.paragraph is None:
            return "全文"
        return self.provision + self.cell or f"第{self.paragraph + 1}段"


class Finding(Struct, frozen=True):
    """One finding. `quote` is the whole clause as it stands in the draft; `matched` the words within it that the rule
    speaks of, and `marks` their half-open offsets within `quote`."""

    rule: str
    title: str
    category: str
    severity: Severity
    message: str
    advice: str
    ground: tuple[Ground, ...]
    provenance: str
    quote: str
    matched: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    location: Location
    fingerprint: str = ""
