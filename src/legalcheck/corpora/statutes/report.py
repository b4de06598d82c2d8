"""What the catalogue says of itself: how old it is, the history of one statute, and whether its files are sound."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from msgspec import Struct

from ...cache import cached
from ...errors import CorpusError
from ..location import data_root
from .keys import title_key
from .model import Provenance, Standing, Statute, StatuteLevel, Version, statute
from .store import Catalogue, Store, catalogue, record_keys

OLD = 365  # days after which the data should be renewed


class CatalogueStatus(Struct, frozen=True):
    """How old and how large the catalogue is. `warnings` are Chinese sentences, empty while all is well."""

    as_of: date
    records: int
    levels: tuple[tuple[StatuteLevel, int], ...]
    standings: tuple[tuple[Standing, int], ...]
    provenance: tuple[tuple[Provenance, int], ...]
    newest: date | None  # date of the newest data a record rests on
    oldest: date | None
    over_a_year: int  # records whose data is more than a year older than `as_of`
    overlays: tuple[tuple[Path, int], ...]
    warnings: tuple[str, ...]

    @property
    def age(self) -> int | None:
        """Days from the newest data to `as_of`."""
        return (self.as_of - self.newest).days if self.newest else None


def newest() -> date:
    """The date of the newest data that the shipped catalogue rests on."""
    path = data_root() / "corpora" / "statutes.jsonl"
    text = cached("statutes-newest", [path], lambda: max(s.as_of for s in catalogue() if s.as_of).isoformat())
    return date.fromisoformat(text)


def status(as_of: date, known: Catalogue | None = None) -> CatalogueStatus:
    """The age and content of the catalogue as of a date."""
    known = known or catalogue()
    statutes = list(known)
    days = [s.as_of for s in statutes if s.as_of]
    newest, oldest = max(days, default=None), min(days, default=None)
    old = [s for s in statutes if s.as_of and (as_of - s.as_of).days > OLD]
    warnings = []
    if newest and (as_of - newest).days > OLD:
        warnings.append(f"法规目录的数据截至{newest.isoformat()}，已经超过一年，请更新目录或者导入新的法规文本。")
    elif old:
        local = sum(1 for s in old if s.level is StatuteLevel.LOCAL_REGULATION)
        warnings.append(
            f"{len(old)}部法规（其中地方性法规{local}部）的数据距{as_of.isoformat()}已经超过一年，引用时请另行核对其效力。"
        )
    if newest and as_of < newest:
        warnings.append(f"审核日期早于目录数据的日期{newest.isoformat()}，此前的旧文本可能没有收录。")
    return CatalogueStatus(
        as_of,
        len(statutes),
        tuple(sorted(Counter(s.level for s in statutes).items())),
        tuple(sorted(Counter(s.standing(as_of) for s in statutes).items())),
        tuple(sorted(Counter(s.provenance for s in statutes).items())),
        newest,
        oldest,
        len(old),
        tuple((store.path, sum(1 for _ in store.records())) for store in known.stores[:-1]),
        tuple(warnings),
    )


class Event(Struct, frozen=True):
    """One event in the life of a statute; `text` is Chinese."""

    day: date
    text: str


class History(Struct, frozen=True):
    """A statute as of a date: its standing, the text that counts, and what happened to it, oldest first."""

    statute: Statute
    as_of: date
    standing: Standing
    version: Version | None
    events: tuple[Event, ...]
    caveats: tuple[str, ...]


def show(title: str, as_of: date, known: Catalogue | None = None) -> History | None:
    """The history of the statute of that title, short title or number; None if the catalogue does not have it."""
    found = (known or catalogue()).find(title, as_of)
    if found is None:
        return None
    standing = found.standing(as_of)
    version = None if standing in (Standing.REPEALED, Standing.NOT_YET_EFFECTIVE) else found.version(as_of)
    return History(found, as_of, standing, version, _events(found), _caveats(found, standing))


def _events(found: Statute) -> tuple[Event, ...]:
    events = []
    if found.promulgated:
        events.append(Event(found.promulgated, "公布"))
    if found.first_effective and not found.amendments:
        events.append(Event(found.first_effective, "施行"))
    events.extend(Event(day, "修正或者修订") for day in found.amendments)
    versions = [*found.previous, Version(found.version_date, found.effective, found.articles, True)]
    for version in versions:
        if version.effective and version.articles:
            stale = "（修改前条数）" if version.current and found.articles_stale else ""
            events.append(Event(version.effective, f"文本施行，共{version.articles}条{stale}"))
    if found.pending and found.pending.effective:
        events.append(Event(found.pending.effective, f"新文本施行，共{found.pending.articles}条"))
    if found.repealed_on:
        by = f"，被《{found.repealed_by}》废止" if found.repealed_by else ""
        events.append(Event(found.repealed_on, f"失效{by}"))
    return tuple(sorted(set(events), key=lambda event: (event.day, event.text)))


def _caveats(found: Statute, standing: Standing) -> tuple[str, ...]:
    caveats = []
    if found.articles_stale:
        caveats.append("条文数以修改前文本为准，条款序号无法核对")
    if not found.numbers_complete:
        caveats.append("文号可能不全，不据以判断文号错误")
    if found.numbers_recalled:
        caveats.append("文号凭记忆录入，未见原文")
    if found.provenance is Provenance.MEMORY:
        caveats.append("该记录凭记忆录入，未见原文")
    if standing is Standing.REPEALED and found.repeal_provenance is not Provenance.VERIFIED:
        caveats.append("废止情况未见废止文本")
    if found.as_of:
        caveats.append(f"数据截至{found.as_of.isoformat()}")
    return tuple(caveats)


class Problem(Struct, frozen=True):
    """A fault of the catalogue; `record` is the id of the record, "" where the file as a whole is meant."""

    record: str
    text: str


def check(known: Catalogue | None = None) -> tuple[Problem, ...]:
    """All faults of the catalogue's files: unreadable records, wrong order of dates, an index that does not fit."""
    problems: list[Problem] = []
    for store in (known or catalogue()).stores:
        problems.extend(_check_store(store))
    return tuple(problems)


def _check_store(store: Store) -> list[Problem]:
    problems: list[Problem] = []
    keys: set[str] = set()
    ids: Counter[str] = Counter()
    try:
        for raw in store.records():
            name = str(raw.get("id", "")) if isinstance(raw, dict) else ""
            try:
                found = statute(raw)
                keys.update(key for _, key in record_keys(raw))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                problems.append(Problem(name, f"记录的字段有误：{error}"))
                continue
            ids[found.id] += 1
            problems.extend(_check_record(found))
        indexed = set(store.all_keys())
        if indexed != keys:
            problems.append(Problem("", f"索引与记录不一致：缺{len(keys - indexed)}个，多{len(indexed - keys)}个"))
        else:
            problems.extend(
                Problem("", f"索引项{key}指向的记录不符") for key in sorted(keys) if not _points_at(store, key)
            )
    except CorpusError as error:
        problems.append(Problem("", str(error)))
    problems.extend(Problem(one, "编号重复") for one, count in sorted(ids.items()) if count > 1)
    return problems


def _points_at(store: Store, key: str) -> bool:
    for found in store.lookup(key):
        raw = {"title": found.title, "short_titles": found.short_titles, "numbers": found.numbers}
        if key not in {k for _, k in record_keys(raw)}:
            return False
    return True


def _check_record(found: Statute) -> list[Problem]:
    problems = []
    if not title_key(found.title):
        problems.append("没有名称")
    if found.promulgated and found.effective and found.effective < found.promulgated and not found.amendments:
        problems.append("施行日期早于公布日期")
    if found.repealed_on and found.promulgated and found.repealed_on < found.promulgated:
        problems.append("废止日期早于公布日期")
    if (found.repealed_on or found.repealed_by) and found.status != "repealed":
        problems.append("有废止信息而状态不是已废止")
    if found.articles is not None and found.articles < 1:
        problems.append("条数小于一")
    if found.articles and not found.articles_stale and found.heads and found.heads[-1].last > found.articles:
        problems.append("章节所列条文超出总条数")
    for head in found.heads:
        if head.last < head.first:
            problems.append(f"{head.title}的条文范围颠倒")
    return [Problem(found.id, text) for text in problems]
