"""Running rules over a draft: every rule over every clause, in one total order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from ..corpora.powers import grant
from ..corpora.profile import Profile, national
from ..corpora.statutes import Catalogue
from ..document.model import Draft, Part
from ..document.package import Package
from ..language import clauses
from .checks import CHECKS
from .checks.params import Params
from .checks.subject import Subject
from .engine import Engine
from .finding import Finding, Ground, Location, Rank, Severity
from .hit import Hit
from .model import GroundEntry, Rule, placeholders
from .ruleset import RuleSet

FINGERPRINT_LENGTH = 16
WITHIN_LIMITS = "（这一级别的文件只能在法定的条件和幅度内设定，请核对）"
ASK_TO_CHECK = "（该条目凭记忆录入，请核对）"


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


def findings(
    draft: Draft,
    ruleset: RuleSet,
    as_of: date,
    rank: Rank,
    *,
    passages_only: bool,
    package: Package | None = None,
    profile: Profile | None = None,
    statutes: Catalogue | None = None,
) -> Iterator[Finding]:
    """The findings of all rules on a draft of this rank as of a date, in reading order, with their fingerprints.

    `passages_only` leaves out the rules that look at a draft as a whole. See `Subject` for the rest.
    """
    subject = Subject(draft, tuple(clauses(draft)), as_of, rank, package, profile or national(), statutes)
    [found] = subject_findings([subject], ruleset, passages_only=passages_only)
    return found


def subject_findings(
    subjects: Sequence[Subject], ruleset: RuleSet, *, passages_only: bool = False
) -> Iterator[Iterator[Finding]]:
    """What `findings` gives, for several subjects that their maker wants to go on using."""
    engine = _engine(ruleset.digest, tuple(rule.id for rule in ruleset.rules), _ByIdentity(ruleset))
    hits = engine.hits([subject.clauses for subject in subjects])
    for subject, found in zip(subjects, hits, strict=True):
        yield _findings(subject, ruleset, found, passages_only)


def _findings(
    subject: Subject, ruleset: RuleSet, hits: list[tuple[Rule, Hit]], passages_only: bool
) -> Iterator[Finding]:
    draft, rank = subject.draft, subject.rank
    for rule in ruleset.rules:
        if rule.check and (rank in rule.ranks or not rule.ranks):
            matched = {id(hit.clause) for found, hit in hits if found is rule}
            found_by_check = CHECKS[rule.check](subject, Params(rule.params, ruleset.is_ours(rule)))
            hits.extend((rule, hit) for hit in found_by_check if hit.clause is None or id(hit.clause) not in matched)
    hits = [
        (rule, hit)
        for rule, hit in hits
        if not (passages_only and rule.scope == "draft")
        and (rank in rule.ranks or not rule.ranks)
        and not (rule.power and grant(rule.power, rank) == "yes")
    ]
    reported: dict[int, list[str]] = {}
    for rule, hit in hits:
        reported.setdefault(id(hit.clause), []).append(rule.id)
    made = []
    for rule, hit in hits:
        if hit.clause is None or not any(other.startswith(rule.yields_to) for other in reported[id(hit.clause)]):
            limited = bool(rule.power) and grant(rule.power, rank) == "limited"
            made.append(_finding(draft, rule, hit, limited=limited))
    made.sort(key=_order)
    counts: dict[str, int] = {}
    for finding in made:
        basis = "\0".join((finding.rule, finding.location.provision, "".join(finding.quote.split())))
        counts[basis] = counts.get(basis, 0) + 1
        digest = hashlib.sha256(f"{basis}\0{counts[basis]}".encode()).hexdigest()
        yield replace(finding, fingerprint=digest[:FINGERPRINT_LENGTH])


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    where = finding.location
    first = -1 if where.paragraph is None else where.paragraph
    return first, where.start, finding.severity.rank, where.end, finding.rule


def _finding(draft: Draft, rule: Rule, hit: Hit, *, limited: bool) -> Finding:
    severity = rule.severity
    message = rule.message
    for name in placeholders(message):
        message = message.replace("{" + name + "}", hit.words.get(name, ""))
    message = message.removesuffix("：")
    if hit.unverified:
        message += ASK_TO_CHECK
        severity = max(severity, Severity.MAJOR, key=lambda s: s.rank)
    if limited:
        message += WITHIN_LIMITS
        severity = Severity.MINOR
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


def _told_most(placed: Sequence[tuple[int, int, int]]) -> int:
    """Of the cells of a row, the one with most of the matched words."""
    sizes: dict[int, int] = {}
    for paragraph, start, end in placed:
        sizes[paragraph] = sizes.get(paragraph, 0) + end - start
    return max(sizes, key=lambda paragraph: (sizes[paragraph], paragraph))


def _place(draft: Draft, hit: Hit) -> tuple[Location, str, tuple[tuple[int, int], ...]]:
    clause = hit.clause
    if clause is None:
        return Location(), "", ()
    placed = [spot for a, b in hit.spans if (spot := clause.locate(a, b))]
    number = _told_most(placed) if placed else clause.pieces[-1].paragraph
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
