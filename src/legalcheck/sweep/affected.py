"""Which documents a statute, a certificate or an approval touches: answered from the index of a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ..citations import ClauseRef, find
from ..citations.clauses import clauses
from ..corpora.statutes import Catalogue, loose_key, title_key, written_number_key
from ..errors import UsageError
from ..rules.finding import Severity
from .demands import CERTIFICATE, names
from .facts import facts_of
from .verdict import NAMES, Problem, Verdict, judge

ROLES = {
    "basis": "依据",
    "basis_apply": "依照",
    "follow": "按照",
    "analogy": "参照",
    "policy": "贯彻",
    "breach": "违反",
    "scope": "适用",
    "repeal": "废止",
    "alias": "简称",
    "definition": "定义",
    "mention": "提及",
}
DEAD_BASIS = "依据已废止、失效"


class Document(NamedTuple):
    """What names a document in an answer."""

    path: str
    title: str
    number: str
    issuer: str
    year: int | None


class Touched(Struct, frozen=True):
    """One provision of one document that cites or demands what was asked for.

    `how` says as what it is cited (依据, 违反 …) or that it is demanded; `rests` is true where the provision falls with
    it; `what` is the title and article, or the certificate or approval, as the provision has it.
    """

    document: Document
    place: str
    how: str
    what: str
    rests: bool
    quote: str


class Outlook(Struct, frozen=True):
    """What a repeal would do to one document: how many provisions rest on it, and the verdict before and after."""

    document: Document
    provisions: tuple[str, ...]
    now: str
    then: str
    reasons: tuple[str, ...]


def affected(database: sqlite3.Connection, name: str, known: Catalogue) -> list[Touched]:
    """The provisions that cite a statute or document (《…》, with an article if need be), or demand an item.

    A title, short title or number is looked up as a citation would be; a certificate or approval under all the names
    that the corpora give it, and within longer names. In the order of the listing.
    """
    article = _article(name, known)
    found = [*_citing(database, name, article, known), *([] if article else _demanding(database, name))]
    found.sort(key=lambda one: one[0])
    return [touched for _, touched in found]


def _citing(
    database: sqlite3.Connection, name: str, article: ClauseRef | None, known: Catalogue
) -> Iterator[tuple[tuple[int, int, int], Touched]]:
    keys = instruments(database, name, known)
    rows = database.execute(
        "SELECT d.position, c.ordinal, d.path, d.title, d.number, d.issuer, d.year, c.place, c.role, i.title,"
        " c.article, c.rests, c.quote FROM citations c JOIN instruments i ON i.key = c.instrument JOIN records d ON"
        f" d.id = c.document WHERE c.instrument IN ({', '.join('?' * len(keys))})",
        keys,
    )
    for position, ordinal, *document, place, role, title, cited, rests, quote in rows:
        if article is None or _covers(cited, article):
            what = f"《{title}》{cited}" if not title.endswith("号") else title + cited
            yield (position, 0, ordinal), Touched(Document(*document), place, ROLES[role], what, bool(rests), quote)


def _demanding(database: sqlite3.Connection, name: str) -> Iterator[tuple[tuple[int, int, int], Touched]]:
    wanted = names(name)
    like = " OR ".join(["instr(c.item, ?)"] * len(wanted))
    rows = database.execute(
        "SELECT d.position, c.ordinal, d.path, d.title, d.number, d.issuer, d.year, c.place, c.kind, c.item, c.quote"
        f" FROM demands c JOIN records d ON d.id = c.document WHERE {like}",
        wanted,
    )
    for position, ordinal, *document, place, kind, item, quote in rows:
        how = "要求提交" if kind == CERTIFICATE else "要求办理"
        yield (position, 1, ordinal), Touched(Document(*document), place, how, item, False, quote)


def instruments(database: sqlite3.Connection, name: str, known: Catalogue) -> list[str]:
    """The keys under which the run has an instrument; the catalogue tells its other names."""
    plain = _title(name, known)
    number = written_number_key(plain)
    keys = {one.id for one in ((number and known.lookup(number)) or known.by_title(plain))}
    wanted = {title_key(plain), loose_key(title_key(plain)), *({number} if number else ())}
    marks = ", ".join("?" * len(wanted))
    keys |= {row[0] for row in database.execute(f"SELECT key FROM instruments WHERE name IN ({marks})", [*wanted])}
    return sorted(keys)


def _title(name: str, known: Catalogue) -> str:
    """The title or number in what was asked for, without marks and article."""
    for one in find(name, known=known):
        if one.title or one.numbers:
            return one.title or one.numbers[0].text
    return name.strip("《》〈〉 ")


def _article(name: str, known: Catalogue) -> ClauseRef | None:
    return next((one.clauses[0] for one in find(name, known=known) if one.clauses), None)


def _covers(cited: str, wanted: ClauseRef) -> bool:
    return any(_within(ref, wanted) for ref in _refs(cited))


@lru_cache(maxsize=4096)
def _refs(cited: str) -> tuple[ClauseRef, ...]:
    return tuple(clauses(cited, 0)[0]) if cited else ()


def _within(ref: ClauseRef, wanted: ClauseRef) -> bool:
    """Whether a cited unit is the wanted one, a part of it, or holds it."""
    if ref.article is None or wanted.article is None:
        return False
    last = ref.until.article if ref.until and ref.until.article else ref.article
    if not ref.article <= wanted.article <= last:
        return False
    if ref.article != last:
        return True
    pairs = ((ref.paragraph, wanted.paragraph), (ref.item, wanted.item))
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)


def if_repealed(database: sqlite3.Connection, name: str, on: date, known: Catalogue) -> list[Outlook]:
    """What would come of each document if an instrument were repealed, without successor, on a day to come.

    Everything else is taken as it stood in the run. A document whose validity ends before that day is left out. In the
    order of the listing; raises `UsageError` where no document rests on the instrument, or where it is repealed
    already.
    """
    keys = instruments(database, name, known)
    marks = ", ".join("?" * len(keys))
    gone = database.execute(
        f"SELECT title, repealed_on FROM instruments WHERE status = 'repealed' AND key IN ({marks})", keys
    ).fetchone()
    if gone:
        raise UsageError(
            f"《{gone[0]}》{f'已于 {gone[1]} ' if gone[1] else '已经'}废止，请改用 legalcheck affected 查询。"
        )
    quoted = ", ".join("'" + key.replace("'", "''") + "'" for key in keys)
    resting = f"SELECT document FROM citations WHERE rests AND instrument IN ({quoted})"
    places: dict[int, list[str]] = {}
    for number, place in database.execute(
        f"SELECT document, place FROM citations WHERE rests AND instrument IN ({marks}) ORDER BY document, ordinal",
        keys,
    ):
        places.setdefault(number, []).append(place)
    found: dict[int, tuple[Verdict, Verdict, tuple[str, ...]]] = {}
    for number, (now, _), facts in facts_of(database, on, keys, resting):
        if facts.expires and facts.expires <= on:
            continue
        problem = Problem(Severity.BLOCKING.value, DEAD_BASIS, len(places[number]))
        then, reasons = judge(replace(facts, problems=(*facts.problems, problem)), on)
        found[number] = (Verdict(now), then, reasons)
    rows = database.execute(
        f"SELECT id, path, title, number, issuer, year FROM records WHERE id IN ({resting}) ORDER BY position"
    )
    answers = []
    for number, *document in rows:
        if number in found:
            now, then, reasons = found[number]
            provisions = tuple(dict.fromkeys(places[number]))
            answers.append(Outlook(Document(*document), provisions, NAMES[now], NAMES[then], reasons))
    return answers
