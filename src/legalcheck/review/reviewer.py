"""The review: every rule over every clause, in one total order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from ..corpora.digest import corpora_digest
from ..corpora.powers import grant
from ..document import from_text, read
from ..document.model import Draft, Part, ScopeVerdict
from ..errors import UsageError
from ..language import Clause, clauses
from ..rules.checks import CHECKS
from ..rules.checks.subject import Subject
from ..rules.engine import Engine
from ..rules.finding import Finding, Ground, Location, Rank, Severity
from ..rules.hit import Hit
from ..rules.model import GroundEntry, Rule, placeholders
from ..rules.ruleset import RuleSet, load
from .report import Report

Source = str | os.PathLike[str] | bytes | BinaryIO | Draft

FINGERPRINT_LENGTH = 16
ASK_TO_CHECK = "（该条目凭记忆录入，请核对）"


def review(
    source: Source,
    *,
    as_of: date | None = None,
    level: str = Rank.NORMATIVE,
    packs: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extra_packs: Iterable[str | Path] = (),
) -> Report:
    """Review a .docx draft (path, bytes or binary file) as of a date, today where None.

    `packs` names built-in packs (all where None), `extra_packs` folders of further ones; `select` and `ignore` are
    beginnings of rule ids. A draft out of scope is reported with its reasons and no findings. Raises `DocumentError`
    where the draft cannot be read, `RuleError` where a pack or rule id cannot be used.
    """
    from .. import __version__

    ruleset = load(packs, extra_packs).choose(select, ignore)
    draft = source if isinstance(source, Draft) else read(source)
    day = as_of or date.today()
    rank = _rank(level)
    outside = draft.scope.verdict is ScopeVerdict.OUT_OF_SCOPE
    findings = () if outside else tuple(_findings(draft, ruleset, day, rank, passages_only=False))
    return Report(
        name=draft.name,
        draft_digest=draft.digest,
        as_of=day,
        version=__version__,
        packs={pack.name: pack.version for pack in ruleset.packs},
        rules_digest=ruleset.digest,
        corpora_digest=corpora_digest(),
        metadata=draft.metadata,
        scope=draft.scope,
        findings=findings,
        notes=draft.notes,
    )


def check_passage(
    text: str,
    *,
    level: str = Rank.NORMATIVE,
    as_of: date | None = None,
    packs: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extra_packs: Iterable[str | Path] = (),
) -> list[Finding]:
    """The findings on a passage that stands in a document of rank `level`; rules on whole drafts are left out."""
    ruleset = load(packs, extra_packs).choose(select, ignore)
    return list(_findings(from_text(text), ruleset, as_of or date.today(), _rank(level), passages_only=True))


def _rank(level: str) -> Rank:
    try:
        return Rank(level)
    except ValueError:
        raise UsageError(f"没有“{level}”这一效力级别，可用的有：{'、'.join(Rank)}。") from None


@lru_cache(maxsize=8)
def _engine(digest: str, ids: tuple[str, ...], ruleset: _ByIdentity) -> Engine:
    return Engine(ruleset.value)


class _ByIdentity:
    """A value that the cache does not hash: the digest and the ids beside it tell it."""

    def __init__(self, value: RuleSet) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity)

    def __hash__(self) -> int:
        return 0


def _findings(draft: Draft, ruleset: RuleSet, as_of: date, rank: Rank, *, passages_only: bool) -> Iterator[Finding]:
    engine = _engine(ruleset.digest, tuple(rule.id for rule in ruleset.rules), _ByIdentity(ruleset))
    read_clauses = tuple(clauses(draft))
    subject = Subject(draft, read_clauses, as_of, rank)
    hits: list[tuple[Rule, Hit]] = [found for clause in read_clauses for found in engine.hits(clause)]
    for rule in ruleset.rules:
        if rule.check:
            matched = {id(hit.clause) for found, hit in hits if found is rule}
            found_by_check = CHECKS[rule.check](subject, rule.params)
            hits.extend((rule, hit) for hit in found_by_check if hit.clause is None or id(hit.clause) not in matched)
    reported = {(id(hit.clause), rule.id) for rule, hit in hits if hit.clause is not None}
    made = []
    for rule, hit in hits:
        if passages_only and rule.scope == "draft":
            continue
        if rule.power and grant(rule.power, rank) == "yes":
            continue
        if hit.clause is not None and any((id(hit.clause), other) in reported for other in rule.yields_to):
            continue
        made.append(_finding(draft, rule, hit))
    made.sort(key=_order)
    counts: dict[str, int] = {}
    for finding in made:
        basis = "\0".join((finding.rule, finding.location.provision, "".join(finding.quote.split())))
        counts[basis] = counts.get(basis, 0) + 1
        digest = hashlib.sha256(f"{basis}\0{counts[basis]}".encode()).hexdigest()
        yield _with_fingerprint(finding, digest[:FINGERPRINT_LENGTH])


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    where = finding.location
    first = -1 if where.paragraph is None else where.paragraph
    return first, where.start, finding.severity.rank, where.end, finding.rule


def _with_fingerprint(finding: Finding, fingerprint: str) -> Finding:
    from dataclasses import replace

    return replace(finding, fingerprint=fingerprint)


def _finding(draft: Draft, rule: Rule, hit: Hit) -> Finding:
    severity = rule.severity
    message = rule.message
    for name in placeholders(message):
        message = message.replace("{" + name + "}", hit.words.get(name, ""))
    message = message.removesuffix("：")
    if hit.unverified:
        message += ASK_TO_CHECK
        severity = max(severity, Severity.MAJOR, key=lambda s: s.rank)
    location, quote, marks = _place(draft, hit)
    return Finding(
        rule=rule.id,
        title=rule.title,
        category=str(rule.category),
        severity=severity,
        message=message,
        advice=rule.advice,
        ground=tuple(_ground(entry) for entry in rule.ground),
        provenance=rule.provenance,
        quote=quote,
        matched=tuple(hit.clause.text[a:b] for a, b in hit.spans) if hit.clause else (),
        marks=marks,
        location=location,
    )


@lru_cache(maxsize=1024)
def _ground(entry: GroundEntry) -> Ground:
    return Ground(entry.text, entry.title, entry.number, entry.article)


def _place(draft: Draft, hit: Hit) -> tuple[Location, str, tuple[tuple[int, int], ...]]:
    clause = hit.clause
    if clause is None:
        return Location(), "", ()
    placed = [spot for a, b in hit.spans if (spot := clause.locate(a, b))]
    number = placed[-1][0] if placed else clause.pieces[-1].paragraph
    piece = next(p for p in reversed(clause.pieces) if p.paragraph == number)
    paragraph = draft.paragraphs[number]
    stretch = paragraph.text[piece.start : piece.end]
    start = piece.start + len(stretch) - len(stretch.lstrip())
    quote = stretch.strip()
    marks = tuple((a - start, b - start) for where, a, b in placed if where == number)
    origin = paragraph.origin
    cell = f"表{origin.table}第{origin.row}行第{origin.column}列" if origin.table is not None else ""
    if origin.part in (Part.FOOTNOTE, Part.ENDNOTE):
        cell = {"footnote": "脚注", "endnote": "尾注"}[origin.part]
    provision = draft.path(clause.provision)
    return Location(provision, number, start, start + len(quote), cell, str(origin.part)), quote, marks
