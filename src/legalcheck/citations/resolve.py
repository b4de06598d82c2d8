"""Looks a citation up in the statute catalogue, as of a date, with reasons. What is unknown is never called wrong."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from ..corpora.statutes import (
    Catalogue,
    Provenance,
    Standing,
    Statute,
    StatuteLevel,
    Version,
    catalogue,
    choose,
    loose_key,
)
from ..corpora.statutes.keys import title_key, written_number_key
from ..lazy import regex
from .model import INSTRUMENTS, Citation, ClauseRef, Kind, Number


class Status(StrEnum):
    """What an instrument is on a date."""

    IN_FORCE = "in_force"
    AMENDED = "amended"  # in force, but the text whose articles were counted, or which is cited, is an older one
    REPEALED = "repealed"
    NOT_YET_EFFECTIVE = "not_yet_effective"
    UNKNOWN = "unknown"  # not in the catalogue


class ClauseStatus(StrEnum):
    """Whether a cited unit exists in the text that counts."""

    OK = "ok"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NO_SUCH_ITEM = "no_such_item"
    CANNOT_TELL = "cannot_tell"


class ClauseVerdict(Struct, frozen=True):
    """One cited unit and its verdict; `articles`, `paragraphs` and `items` say how many there are, where that is
    known."""

    ref: ClauseRef
    status: ClauseStatus
    articles: int | None = None
    items: int | None = None
    paragraphs: int | None = None


class Suggestion(Struct, frozen=True):
    """The catalogue title that a misspelt one comes closest to, with its score (0 to 100)."""

    title: str
    score: float


class Resolution(Struct, frozen=True):
    """What is known of a citation as of a date.

    `level` is the statute's, or, with `level_inferred`, what title or number let one expect of an instrument the
    catalogue does not have. `provenance` is that of the verdict: a repeal from memory stays "memory".
    `number_mismatch` is the number the instrument really bears, or the title the number really belongs to. `caveats`
    are Chinese sentences.
    """

    citation: Citation
    as_of: date
    status: Status
    statute: Statute | None = None
    version: Version | None = None
    level: StatuteLevel = StatuteLevel.UNKNOWN
    level_inferred: bool = False
    clauses: tuple[ClauseVerdict, ...] = ()
    repealed_on: date | None = None
    repealed_by: str = ""
    successor: str = ""  # title of the statute in force that replaced it
    effective: date | None = None  # of an instrument that is not yet in force
    suggestion: Suggestion | None = None
    number_mismatch: str = ""
    provenance: Provenance = Provenance.VERIFIED
    caveats: tuple[str, ...] = ()

    @property
    def alive(self) -> bool:
        """Whether it can be a basis on the day: in force, amended or not."""
        return self.status in (Status.IN_FORCE, Status.AMENDED)


def resolve(citation: Citation, as_of: date, *, known: Catalogue | None = None, suggest: bool = True) -> Resolution:
    """Resolve one citation as of a date: exact title, short title, declared abbreviation, number, then a suggestion.

    Citations of the text itself (第八条, 本办法, 前款) resolve to UNKNOWN: `check_internal` is for them.
    `suggest=False` leaves out the search for a similar title, the one slow step.
    """
    known = known or catalogue()
    found = _statute(citation, as_of, known)
    if found is None:
        level = inferred_level(citation)
        suggestion = None
        if suggest and citation.kind is Kind.TITLED and len(citation.key) >= 4:
            suggestion = _suggest(citation.key, known)
        return Resolution(
            citation,
            as_of,
            Status.UNKNOWN,
            level=level,
            level_inferred=level is not StatuteLevel.UNKNOWN,
            suggestion=suggestion,
        )
    caveats: list[str] = []
    provenance = found.provenance
    mismatch = _mismatch(citation, found, known)
    standing = found.standing(as_of)
    if standing is Standing.REPEALED:
        if found.repealed_on is None:
            caveats.append("废止日期未见")
        return Resolution(
            citation,
            as_of,
            Status.REPEALED,
            found,
            level=found.level,
            clauses=tuple(ClauseVerdict(ref, ClauseStatus.CANNOT_TELL) for ref in citation.clauses),
            repealed_on=found.repealed_on,
            repealed_by=found.repealed_by,
            successor=_successor(found, as_of, known),
            number_mismatch=mismatch,
            provenance=found.repeal_provenance,
            caveats=tuple(caveats),
        )
    if standing is Standing.NOT_YET_EFFECTIVE:
        return Resolution(
            citation,
            as_of,
            Status.NOT_YET_EFFECTIVE,
            found,
            level=found.level,
            clauses=tuple(ClauseVerdict(ref, ClauseStatus.CANNOT_TELL) for ref in citation.clauses),
            effective=found.began,
            number_mismatch=mismatch,
            provenance=provenance,
        )
    version = found.version(as_of)
    status = Status.IN_FORCE
    edition = citation.edition
    if edition and version:
        cited = _edition(found, edition)
        if cited is not None and not _same(cited, version):
            version, status = cited, Status.AMENDED
            caveats.append(f"所引为{edition}年版本，此后已经修改")
        elif cited is None and not _year_fits(version, found, edition):
            version = Version(None, None, None)
            caveats.append(f"{edition}年版本不在目录中")
    elif version is not None and version.current and found.articles_stale:
        status = Status.AMENDED
        caveats.append("此后已经修改，条文数以修改前文本为准，条款序号无法核对")
    return Resolution(
        citation,
        as_of,
        status,
        found,
        version,
        found.level,
        clauses=tuple(_clause(ref, found, version) for ref in citation.clauses),
        number_mismatch=mismatch,
        provenance=provenance,
        caveats=tuple(caveats),
    )


def _statute(citation: Citation, as_of: date, known: Catalogue) -> Statute | None:
    if citation.kind in (Kind.INTERNAL, Kind.ATTACHMENT) or (citation.kind is Kind.RELATIVE and not citation.key):
        return None
    if citation.key:
        found = known.lookup(citation.key)
        if not found and citation.key.endswith(")"):
            found = known.lookup(loose_key(citation.key))
        if found:
            return choose(found, as_of)
        if citation.title and citation.numbers:
            # An unknown title with a known number: most often a variant of the same title.
            by_number = [s for n in citation.numbers for s in known.lookup(n.key)]
            if len(by_number) == 1 and _similar(citation.key, by_number[0]):
                return by_number[0]
        return None
    for number in citation.numbers:
        if by := known.lookup(number.key):
            # One amending order amends many statutes: its number alone then names none of them.
            originals = [s for s in by if s.numbers and written_number_key(s.numbers[0]) == number.key]
            return choose(tuple(originals), as_of) if len(originals) == 1 else (by[0] if len(by) == 1 else None)
    return None


def _similar(key: str, found: Statute) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(key, title_key(found.title)) >= 80


def _mismatch(citation: Citation, found: Statute, known: Catalogue) -> str:
    """The right number (or title) where number and title name different instruments, "" where nothing can be said."""
    if (
        not citation.title
        or not citation.numbers
        or not found.numbers
        or found.numbers_recalled
        or not found.numbers_complete
    ):
        return ""
    if found.provenance is Provenance.MEMORY:
        return ""
    keys = {written_number_key(number) for number in found.numbers}
    comparable = [n for n in citation.numbers if n.issuer != "令" and _comparable(n, keys)]
    if not comparable or any(n.key in keys for n in comparable):
        return ""
    # An order that merely amended the statute is no error; only a complete list excludes it, which was asked above.
    return found.numbers[-1]


def _comparable(number: Number, keys: set[str | None]) -> bool:
    """State Council orders are compared with one another, document numbers likewise.

    Of a ministry's rule the catalogue often has the newest order only, so that nothing can be said.
    """
    if number.order:
        return number.key.startswith("#国务院令") and all(key and key.startswith("#国务院令") for key in keys)
    return all(key is not None and "〔" in key for key in keys)


def _edition(found: Statute, year: int) -> Version | None:
    """The version that a writer means by （2017年修正）: dated that year by its adoption or its first day."""
    current = Version(found.version_date, found.effective, None if found.articles_stale else found.articles, True)
    versions = [*found.previous, current, *([found.pending] if found.pending else [])]
    adopted = (v for v in versions if v.version_date and v.version_date.year == year)
    begun = (v for v in versions if v.effective and v.effective.year == year)
    return next(adopted, None) or next(begun, None)


def _year_fits(version: Version, found: Statute, year: int) -> bool:
    if version.current and version.version_date is None:
        return True
    newest = max((d.year for d in (*found.amendments, version.version_date) if d), default=None)
    return newest is None or newest == year


def _same(a: Version, b: Version) -> bool:
    return (a.version_date, a.effective) == (b.version_date, b.effective)


def _clause(ref: ClauseRef, found: Statute, version: Version | None) -> ClauseVerdict:
    if ref.article is None:
        return ClauseVerdict(ref, ClauseStatus.CANNOT_TELL)
    total = version.articles if version else None
    if total is None:
        return ClauseVerdict(ref, ClauseStatus.CANNOT_TELL)
    last = ref.until.article if ref.until and ref.until.article else ref.article
    if max(ref.article[0], last[0]) > total:
        return ClauseVerdict(ref, ClauseStatus.NO_SUCH_ARTICLE, total)
    if ref.article[0] == 0:
        return ClauseVerdict(ref, ClauseStatus.NO_SUCH_ARTICLE, total)
    return _below(ref, found, version, total)


def _below(ref: ClauseRef, found: Statute, version: Version | None, total: int) -> ClauseVerdict:
    """The verdict on 款, 项 and inserted articles, which only the current text's structure can give."""
    if ref.article is None or version is None or not version.current:
        return ClauseVerdict(ref, ClauseStatus.OK, total)
    layout = found.layout(ref.article) if ref.paragraph or ref.item or ref.article[1] else None
    if layout is None:
        return ClauseVerdict(ref, ClauseStatus.OK, total)
    if not layout:
        return ClauseVerdict(ref, ClauseStatus.NO_SUCH_ARTICLE, total)
    last = ref.until if ref.until and ref.until.article == ref.article else ref
    if max(ref.paragraph or 0, last.paragraph or 0) > len(layout):
        return ClauseVerdict(ref, ClauseStatus.NO_SUCH_PARAGRAPH, total, paragraphs=len(layout))
    if ref.item:
        items = layout[ref.paragraph - 1] if ref.paragraph else max(layout)
        if max(ref.item, last.item or 0) > items:
            return ClauseVerdict(ref, ClauseStatus.NO_SUCH_ITEM, total, items, len(layout))
    return ClauseVerdict(ref, ClauseStatus.OK, total)


def _successor(found: Statute, as_of: date, known: Catalogue) -> str:
    """The statute that repealed it, if it is itself a statute in force and not a mere decision to repeal."""
    by = found.repealed_by
    if not by or re.search(r"决定|废止|清理", by):
        return ""
    heir = known.find(by, as_of)
    if heir is None:
        return by
    if heir.standing(as_of) is Standing.REPEALED and heir.id != found.id:
        return _successor(heir, as_of, known)
    return heir.title


_GENERIC = regex(
    r"^(?:管理|实施|暂行|试行|工作|监督|评审|考核|申报|操作)*(?:办法|规定|条例|细则|意见|方案|规则|通知|决定|规程|指南)$"
)


@lru_cache(maxsize=1024)
def _suggest(key: str, known: Catalogue) -> Suggestion | None:
    """The closest title: at most one character in five is wrong, or the kind of instrument (处罚条例 for 处罚法)."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    if _GENERIC.match(key):  # 《管理办法》: an abbreviation nobody declared
        return None
    best = process.extractOne(key, known.titles, scorer=fuzz.ratio, score_cutoff=80)
    if (
        best
        and (key.endswith(INSTRUMENTS) or best[1] >= 85)
        and not _place_differs(key, best[0])
        and OSA.distance(key, best[0]) <= max(1, len(key) // 5)
    ):
        return Suggestion(known.lookup(best[0])[0].title, round(float(best[1]), 1))
    kind = next((k for k in ("条例", "办法", "规定", "法") if key.endswith(k)), "")
    stem = key.removesuffix(kind)
    if kind and len(stem) >= 4:
        for other in ("法", "条例"):
            if other != kind and (found := known.lookup(stem + other)) and found[0].status != "repealed":
                return Suggestion(found[0].title, round(float(fuzz.ratio(key, stem + other)), 1))
    return None


def _place_differs(a: str, b: str) -> bool:
    """上海市…条例 is no misspelling of 北京市…条例, nor a local 条例 of a national one."""
    first, second = _PLACE.match(a), _PLACE.match(b)
    return (first[0] if first else "") != (second[0] if second else "")


_PLACE = regex(r"^.{2,12}?(?:省|自治区|市|自治州|自治县|县|区|特区)")


def inferred_level(citation: Citation) -> StatuteLevel:
    """The level that the form of an unknown title or number lets one expect; UNKNOWN where the form says nothing."""
    key, number = loose_key(citation.key), citation.number
    if number and number.order:
        issuer = number.issuer.removesuffix("令")
        if issuer.endswith("国务院"):
            return StatuteLevel.ADMIN_REGULATION
        if re.search(r"政府|府$", issuer):
            return StatuteLevel.LOCAL_RULE
        if issuer and re.search(r"部|委员会|局|署|银行|院", issuer):
            return StatuteLevel.DEPT_RULE
    if key.endswith(("法", "法典")) and not key.endswith(("办法", "方法", "做法")):
        return StatuteLevel.LAW
    if key.endswith("条例"):
        return StatuteLevel.LOCAL_REGULATION if _PLACE.match(key) else StatuteLevel.ADMIN_REGULATION
    if number and number.issuer in ("国发", "国办发", "国函", "国办函", "国发明电", "国办发明电"):
        return StatuteLevel.STATE_COUNCIL_DOCUMENT
    if number and number.key.startswith("#") and citation.kind is Kind.STANDARD:
        return StatuteLevel.STANDARD
    if number and number.year:
        return StatuteLevel.NORMATIVE
    if re.match(r"国务院(?:办公厅)?(?:关于|批转|转发|印发)", key):
        return StatuteLevel.STATE_COUNCIL_DOCUMENT
    if key.endswith(("通知", "意见", "方案", "函", "公告", "通告", "会议纪要", "指引", "指南", "批复")):
        return StatuteLevel.NORMATIVE
    return StatuteLevel.UNKNOWN
