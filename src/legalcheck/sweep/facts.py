"""The facts that verdicts rest on, read from a run document by document: memory does not grow with their number."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from ..rules.finding import Severity
from ..rules.model import Category
from .verdict import Basis, Facts, Problem, judge

FORMAL = (Category.FORM.value, Category.PROCEDURE.value)  # findings that give no reason to amend what is in force
PAGE = 1000
_Rows = Iterator[tuple[Any, ...]]


def judge_all(database: sqlite3.Connection, as_of: date) -> int:
    """Write the verdict of every document into its row where it is another than before; returns how many that were."""
    changes = _changes(database, as_of)
    count = 0
    while page := list(islice(changes, PAGE)):
        database.executemany("UPDATE documents SET verdict = ?, reasons = ? WHERE id = ?", page)
        count += len(page)
    return count


def _changes(database: sqlite3.Connection, as_of: date) -> Iterator[tuple[str, str, int]]:
    for number, old, facts in facts_of(database, as_of):
        verdict, reasons = judge(facts, as_of)
        new = (verdict.value, "；".join(reasons))
        if new != old:
            yield *new, number


def facts_of(
    database: sqlite3.Connection, as_of: date, gone: Iterable[str] = (), within: str = "SELECT id FROM documents"
) -> Iterator[tuple[int, tuple[str, str], Facts]]:
    """Each document with its last verdict and reasons, and its facts as of a date, in the order of their ids.

    `gone` are instruments to take as repealed; `within` is a query for the ids of the documents that are asked for.
    """
    gone = frozenset(gone)
    titles = rule_titles()
    replaced = dict(database.execute(_REPLACED, {"day": as_of.isoformat()}))
    bases = _Merged(database.execute(_BASES.format(within)))
    problems = _Merged(database.execute(_PROBLEMS.format(within), FORMAL))
    for number, verdict, reasons, *row in database.execute(_DOCUMENTS.format(within)):
        state, error, scope, why, expires, provisions, blocked = row
        facts = Facts(
            state,
            error,
            scope or "",
            why or "",
            date.fromisoformat(expires) if expires else None,
            replaced.get(number, ""),
            tuple(dict.fromkeys(_basis(found, gone) for found in bases.of(number))),
            provisions or 0,
            blocked or 0,
            tuple(_problems(problems.of(number), titles)),
        )
        yield number, (verdict, reasons), facts


class _Merged:
    """Rows in the order of their first column, a document's number, asked for in that order."""

    def __init__(self, rows: _Rows) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._number = 0
        self._rows: list[tuple[Any, ...]] = []

    def of(self, number: int) -> list[tuple[Any, ...]]:
        """The rows of a document."""
        while self._number < number:
            self._number, rows = next(self._groups, (_END, iter(())))
            self._rows = list(rows)
        return self._rows if self._number == number else []


_END = 1 << 63


def _basis(row: tuple[Any, ...], gone: frozenset[str]) -> Basis:
    _, instrument, title, status, on, successor = row
    return Basis(title, status != "repealed" and instrument not in gone, on, successor)


def _problems(rows: Iterable[tuple[Any, ...]], titles: dict[str, str]) -> Iterator[Problem]:
    """The most frequent first."""
    counts = Counter((severity, rule) for _, severity, rule in rows)
    for (severity, rule), count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield Problem(severity, titles.get(rule, rule), count)


@cache
def rule_titles() -> dict[str, str]:
    """The titles of the built-in rules, by id."""
    from ..rules.ruleset import load

    return {rule.id: rule.title for rule in load().rules}


_DOCUMENTS = """
SELECT id, verdict, reasons, state, error, scope, scope_reasons, expires, provisions, blocked FROM documents
 WHERE id IN ({}) ORDER BY id
"""
# 同时废止 of a whole document by a later one of the same sweep and the same house; one title stands for several.
_REPLACED = """
SELECT old.id, min(new.title) FROM citations c
  JOIN instruments i ON i.key = c.instrument
  JOIN documents named ON (named.title_key = i.name OR named.inner_key = i.name) AND named.id <> c.document
  JOIN records new ON new.id = c.document
  JOIN records old ON old.id = named.id
 WHERE c.role = 'repeal' AND c.article = '' AND length(i.name) >= 6
   AND (instr(new.issuer, old.issuer) = 1 OR instr(old.issuer, new.issuer) = 1 OR new.issuer = '' OR old.issuer = '')
   AND coalesce(new.effective_date, new.document_date, '') <= :day
   AND coalesce(new.document_date, new.effective_date, '9999') >= coalesce(old.document_date, old.effective_date, '')
 GROUP BY old.id
"""
# In the order of the primary keys, so that nothing is sorted.
_BASES = """
SELECT c.document, i.key, i.title, i.status, i.repealed_on, i.successor
  FROM citations c CROSS JOIN instruments i ON i.key = c.instrument
 WHERE c.enacting AND c.document IN ({}) ORDER BY c.document, c.ordinal
"""
_PROBLEMS = f"""
SELECT document, severity, rule FROM findings
 WHERE (severity = '{Severity.BLOCKING.value}' OR severity = '{Severity.MAJOR.value}' AND category NOT IN (?, ?))
   AND document IN ({{}}) ORDER BY document, ordinal
"""
