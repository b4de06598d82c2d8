"""What the statute catalogue knows: facts about a statute, never a sentence of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct


class StatuteLevel(StrEnum):
    """Rank of an instrument (立法法; citation-grammar.md section 8), highest first."""

    CONSTITUTION = "constitution"  # 宪法
    LAW = "law"  # 法律
    ADMIN_REGULATION = "admin_regulation"  # 行政法规
    STATE_COUNCIL_DOCUMENT = "state_council_document"  # 国务院规范性文件、国务院决定
    LOCAL_REGULATION = "local_regulation"  # 地方性法规
    DEPT_RULE = "dept_rule"  # 部门规章
    LOCAL_RULE = "local_rule"  # 地方政府规章
    JUDICIAL_INTERPRETATION = "judicial_interpretation"  # 司法解释
    NORMATIVE = "normative"  # 规范性文件
    PARTY = "party"  # 党内法规
    STANDARD = "standard"  # 标准
    UNKNOWN = "unknown"

    @property
    def chinese(self) -> str:
        """The level as a lawyer calls it."""
        return CHINESE_LEVELS[self]


CHINESE_LEVELS = {
    StatuteLevel.CONSTITUTION: "宪法",
    StatuteLevel.LAW: "法律",
    StatuteLevel.ADMIN_REGULATION: "行政法规",
    StatuteLevel.STATE_COUNCIL_DOCUMENT: "国务院规范性文件",
    StatuteLevel.LOCAL_REGULATION: "地方性法规",
    StatuteLevel.DEPT_RULE: "部门规章",
    StatuteLevel.LOCAL_RULE: "地方政府规章",
    StatuteLevel.JUDICIAL_INTERPRETATION: "司法解释",
    StatuteLevel.NORMATIVE: "规范性文件",
    StatuteLevel.PARTY: "党内法规",
    StatuteLevel.STANDARD: "标准",
    StatuteLevel.UNKNOWN: "未知",
}
LEVELS_BY_NAME = {name: level for level, name in CHINESE_LEVELS.items()} | {
    "部门规范性文件": StatuteLevel.NORMATIVE,
    "地方规范性文件": StatuteLevel.NORMATIVE,
}


class Provenance(StrEnum):
    """How a fact is known: seen in a source, seen in part, or from memory. "memory" can never be blocking."""

    VERIFIED = "verified"
    PARTLY = "partly"
    MEMORY = "memory"


class Standing(StrEnum):
    """What a statute is on a date."""

    IN_FORCE = "in_force"
    AMENDED = "amended"  # in force, but its articles were counted in an older text
    REPEALED = "repealed"
    NOT_YET_EFFECTIVE = "not_yet_effective"


class Version(Struct, frozen=True):
    """One text of a statute. `articles` is the highest article number, None where it was not counted."""

    version_date: date | None
    effective: date | None
    articles: int | None
    current: bool = False

    @property
    def began(self) -> date | None:
        """The day from which this text counts."""
        return self.effective or self.version_date


class Head(Struct, frozen=True):
    """A chapter (编、章、节) with the articles it spans, both ends included."""

    title: str
    first: int
    last: int


class Statute(Struct, frozen=True):
    """One instrument with its history. Dates that no source gave are None; `notes` are the data's own caveats."""

    id: str
    title: str
    level: StatuteLevel
    short_titles: tuple[str, ...] = ()
    kind: str = ""
    issuer: str = ""
    region: str = ""
    numbers: tuple[str, ...] = ()  # 国务院令第722号, 国发〔2015〕27号: first promulgation and each amending decree
    numbers_complete: bool = True
    numbers_recalled: bool = False
    promulgated: date | None = None
    effective: date | None = None
    first_effective: date | None = None
    version_date: date | None = None
    amendments: tuple[date, ...] = ()
    status: str = "in_force"  # in_force, amended, repealed, not_yet_effective, as of `as_of`
    repealed_on: date | None = None
    repealed_by: str = ""
    repeal_provenance: Provenance = Provenance.VERIFIED
    articles: int | None = None
    articles_stale: bool = False
    structure: str = ""  # 款 and 项 of each article of the current text, see `layout`
    items: int | None = None  # texts numbered 一、二、 instead of 第一条
    heads: tuple[Head, ...] = ()
    previous: tuple[Version, ...] = ()
    pending: Version | None = None
    as_of: date | None = None
    provenance: Provenance = Provenance.VERIFIED
    source: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def began(self) -> date | None:
        """The first day on which any text of the statute counted, as far as the data says."""
        known = [v.began for v in self.previous if v.began] + [d for d in (self.first_effective, self.effective) if d]
        first = min(known, default=None)
        if first and self.amendments and self.amendments[0] < first and not self.promulgated:
            return None  # what is known is the day of an amended text only
        # A first_effective years after promulgation is a later version's date (宪法: 1982, 2018).
        if self.promulgated and (first is None or (first - self.promulgated).days > 3 * 366):
            return self.promulgated
        return first

    def layout(self, article: tuple[int, int]) -> tuple[int, ...] | None:
        """The number of 项 in each 款 of an article of the current text: (0, 5) is two 款, the second with five 项.

        () is an article that is not there; None where the text was not seen or its sources disagree.
        """
        if not self.structure:
            return None
        number = sub = 0
        for part in self.structure.split(","):
            if part.startswith("+"):
                sub += 1
            else:
                number, sub = number + 1, 0
            if (number, sub) == article:
                plain = part.lstrip("+")
                return None if plain == "?" else tuple(map(int, plain.split("/")))
        return ()

    def standing(self, as_of: date) -> Standing:
        """What the statute is on `as_of`; a repeal without a date counts from always."""
        if self.status == "repealed" and (self.repealed_on is None or self.repealed_on <= as_of):
            return Standing.REPEALED
        if self.began is not None and as_of < self.began:
            return Standing.NOT_YET_EFFECTIVE
        version = self.version(as_of)
        stale = self.articles_stale and version is not None and version.current
        return Standing.AMENDED if stale else Standing.IN_FORCE

    def version(self, as_of: date) -> Version | None:
        """The text that counted on `as_of`; None where the data cannot say which."""
        if self.pending and self.pending.began and self.pending.began <= as_of:
            return self.pending
        began = self.effective or self.version_date or self.first_effective
        if began is None or began <= as_of:
            return Version(self.version_date, self.effective, None if self.articles_stale else self.articles, True)
        older = [v for v in self.previous if v.began and v.began <= as_of]
        if not older:
            return None
        found = max(older, key=lambda v: v.began or date.min)
        # An amendment between that text and `as_of` that left no counted text behind: its numbers are not known.
        if any(found.began and found.began < day <= as_of for day in self.amendments):
            return Version(None, None, None)
        return found


def statute(raw: dict[str, Any]) -> Statute:
    """Build a Statute from one line of statutes.jsonl (keys as in `Statute`, empty ones left out)."""
    return Statute(
        id=raw["id"],
        title=raw["title"],
        level=StatuteLevel(raw["level"]),
        short_titles=tuple(raw.get("short_titles", ())),
        kind=raw.get("kind", ""),
        issuer=raw.get("issuer", ""),
        region=raw.get("region", ""),
        numbers=tuple(raw.get("numbers", ())),
        numbers_complete=raw.get("numbers_complete", True),
        numbers_recalled=raw.get("numbers_recalled", False),
        promulgated=_day(raw.get("promulgated")),
        effective=_day(raw.get("effective")),
        first_effective=_day(raw.get("first_effective")),
        version_date=_day(raw.get("version_date")),
        amendments=tuple(date.fromisoformat(day) for day in raw.get("amendments", ())),
        status=raw.get("status", "in_force"),
        repealed_on=_day(raw.get("repealed_on")),
        repealed_by=raw.get("repealed_by", ""),
        repeal_provenance=Provenance(raw.get("repeal_provenance", "verified")),
        articles=raw.get("articles"),
        articles_stale=raw.get("articles_stale", False),
        structure=raw.get("structure", ""),
        items=raw.get("items"),
        heads=tuple(Head(*head) for head in raw.get("heads", ())),
        previous=tuple(_version(v) for v in raw.get("previous", ())),
        pending=_version(raw["pending"]) if "pending" in raw else None,
        as_of=_day(raw.get("as_of")),
        provenance=Provenance(raw.get("provenance", "verified")),
        source=tuple(raw.get("source", ())),
        notes=tuple(raw.get("notes", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _version(raw: list[Any]) -> Version:
    version_date, effective, articles = raw
    return Version(_day(version_date), _day(effective), articles)
