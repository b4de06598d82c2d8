"""What a run says as a whole: how many documents to repeal, amend and keep, by issuer, year, category and rule."""

from __future__ import annotations

import sqlite3
from functools import cache

from msgspec import Struct

from ..corpora.certificates import certificates
from ..language import fold
from ..reports.words import CATEGORY, SEVERITY
from ..rules.finding import Severity
from .facts import rule_titles
from .store import meta
from .verdict import Verdict

MOST_STATUTES = 500
MOST_DEMANDS = 500


class Group(Struct, frozen=True):
    """Documents of one issuer or year: how many in all, and of each verdict in the order of `Verdict`."""

    name: str
    total: int
    verdicts: tuple[int, ...]


class Tally(Struct, frozen=True):
    """Findings of one category or rule: how many, and in how many documents."""

    name: str
    title: str
    severity: str
    findings: int
    documents: int


class StatuteNeed(Struct, frozen=True):
    """A statute for whose sake documents have to be amended: repealed, or cited with articles that it does not have."""

    title: str
    repealed_on: str
    repealed_by: str
    successor: str
    documents: int
    provisions: int
    enacting: int  # documents that name it as the basis of their making
    missing: int  # citations of articles that are not there


class Demand(Struct, frozen=True):
    """A certificate or approval that documents ask for; `cancelled` where the corpora list it as cancelled."""

    item: str
    kind: str
    cancelled: bool
    documents: int
    provisions: int


class Summary(Struct, frozen=True):
    """The figures of a run."""

    as_of: str
    complete: bool
    all: Group
    issuers: tuple[Group, ...]
    years: tuple[Group, ...]
    severities: tuple[Tally, ...]
    categories: tuple[Tally, ...]
    rules: tuple[Tally, ...]
    statutes: tuple[StatuteNeed, ...]
    demands: tuple[Demand, ...]


def summarise(database: sqlite3.Connection) -> Summary:
    """The figures of a run, each list in an order of its own that depends on the results alone."""
    return Summary(
        meta(database, "as_of"),
        bool(meta(database, "complete")),
        (_groups(database, "'全部'") or [Group("全部", 0, (0,) * len(Verdict))])[0],
        tuple(_groups(database, "CASE issuer WHEN '' THEN '（未写明）' ELSE issuer END")),
        tuple(sorted(_groups(database, "coalesce(CAST(year AS TEXT), '（未写明）')"), key=lambda one: one.name)),
        tuple(_tallies(database, "severity")),
        tuple(_tallies(database, "category")),
        tuple(_tallies(database, "rule")),
        tuple(StatuteNeed(*row) for row in database.execute(_STATUTES, (MOST_STATUTES,))),
        tuple(_demands(database)),
    )


def _groups(database: sqlite3.Connection, name: str) -> list[Group]:
    counts = ", ".join(f"sum(verdict = '{verdict.value}')" for verdict in Verdict)
    query = f"SELECT {name}, count(*), {counts} FROM records GROUP BY 1 ORDER BY 2 DESC, 1"
    return [Group(row[0], row[1], tuple(count or 0 for count in row[2:])) for row in database.execute(query)]


def _tallies(database: sqlite3.Connection, column: str) -> list[Tally]:
    severity = "min(severity)" if column == "rule" else "''"
    query = (
        f"SELECT {column}, {severity}, count(*), count(DISTINCT document) FROM findings GROUP BY 1"
        f" ORDER BY 4 DESC, 3 DESC, 1"
    )
    rows = database.execute(query).fetchall()
    if column == "severity":
        known = {row[0]: row for row in rows}
        rows = [known.get(one.value, (one.value, "", 0, 0)) for one in Severity]
    return [Tally(row[0], _title(column, row[0]), row[1], row[2], row[3]) for row in rows]


def _title(column: str, name: str) -> str:
    if column == "severity":
        return SEVERITY[Severity(name)]
    if column == "category":
        return CATEGORY[name]
    return rule_titles().get(name, name)


_STATUTES = """
SELECT i.title, coalesce(i.repealed_on, ''), i.repealed_by, i.successor,
       count(DISTINCT c.document), count(DISTINCT c.document || ' ' || c.place),
       count(DISTINCT CASE WHEN c.enacting THEN c.document END), sum(c.missing)
  FROM citations c JOIN instruments i ON i.key = c.instrument
 WHERE (i.status = 'repealed' AND c.rests) OR c.missing
 GROUP BY i.key ORDER BY 5 DESC, 6 DESC, i.key LIMIT ?
"""


def _demands(database: sqlite3.Connection) -> list[Demand]:
    found = database.execute(
        "SELECT item, kind, count(DISTINCT document), count(DISTINCT document || ' ' || place) FROM demands"
        " GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1, 2 LIMIT ?",
        (MOST_DEMANDS,),
    )
    return [Demand(item, kind, item in _cancelled(), documents, places) for item, kind, documents, places in found]


@cache
def _cancelled() -> frozenset[str]:
    return frozenset(fold(row.name) for row in certificates() if row.status != "retained")
