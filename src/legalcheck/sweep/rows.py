"""The rows that one document gives: plain tuples, in the order of the columns of `store`, cheap to send and to keep."""

from __future__ import annotations

import json
from collections import Counter
from typing import NamedTuple

from ..citations import Citation, Cited, ClauseStatus, Kind, Role, Status
from ..corpora.statutes.keys import title_key
from ..document.model import Draft, Level, Scope
from ..lazy import regex
from ..rules.checks.basis import rests_on
from ..rules.checks.subject import Subject
from ..rules.finding import Finding, Severity
from ..rules.model import Category
from .demands import demands
from .turning import lasting
from .validity import expiry, year_of

_MISSING = frozenset({ClauseStatus.NO_SUCH_ARTICLE, ClauseStatus.NO_SUCH_PARAGRAPH, ClauseStatus.NO_SUCH_ITEM})
_ENACTS = regex(
    "制定|制订|通知如下|公告如下|通告如下|规定如下|决定如下|现就|现将|现对|提出(?:以下|如下)|特(?:作|通|规)"
)
_CITED = frozenset({Kind.TITLED, Kind.NUMBERED, Kind.RELATIVE})
_INNER = regex("《([^《》]+)》")
_ON_BASIS = (Category.REPEALED_BASIS.value, Category.MISSING_BASIS.value)
QUOTE = 400  # characters of a clause that the index keeps

Row = tuple[object, ...]


class Rows(NamedTuple):
    """`document` is one row of documents (`store.RESULT`); the rest are rows of the tables of the same names."""

    document: Row
    findings: list[Row]
    citations: list[Row]
    instruments: list[Row]
    demands: list[Row]


def rows(subject: Subject, findings: tuple[Finding, ...]) -> Rows:
    """What the run keeps of a reviewed document."""
    draft = subject.draft
    cited = [one for one in subject.cited if one.citation.kind in _CITED and _key(one)]
    since, until = lasting(cited, subject.as_of, subject.statutes)
    units, blocked = _provisions(draft, findings)
    facts = draft.metadata
    expires = expiry(facts)
    counts = Counter(finding.severity for finding in findings)
    inner = _INNER.search(facts.title) if facts.carrier else None
    document = (
        facts.title,
        title_key(facts.title) if facts.title else "",
        title_key(inner[1]) if inner else "",
        facts.document_number,
        facts.kind,
        facts.issuer or facts.signatory,
        facts.issuer_level.value,
        year_of(facts),
        facts.document_date.isoformat() if facts.document_date else None,
        facts.effective_date.isoformat() if facts.effective_date else None,
        facts.validity,
        expires.isoformat() if expires else None,
        *_scope(draft.scope),
        "\n".join(draft.notes),
        units,
        blocked,
        *(counts[severity] for severity in Severity),
        since.isoformat() if since else None,
        until.isoformat() if until else None,
    )
    return Rows(
        document,
        [_finding(finding) for finding in findings],
        [_citation(subject, one) for one in cited],
        list({_key(one): _instrument(one) for one in cited}.values()),
        list(demands(subject)),
    )


def _scope(scope: Scope) -> tuple[str, str]:
    return scope.verdict.value, "\n".join(scope.reasons)


def _finding(finding: Finding) -> Row:
    place = finding.location
    return (
        finding.rule,
        finding.severity.value,
        finding.category,
        finding.message,
        finding.quote,
        json.dumps(finding.matched, ensure_ascii=False),
        json.dumps(finding.marks),
        str(place),
        place.provision,
        place.paragraph,
        place.start,
        place.end,
        place.cell,
        place.part,
        finding.fingerprint,
    )


def _citation(subject: Subject, cited: Cited) -> Row:
    one = cited.citation
    placed = subject.clause_at(cited.paragraph, one.start, one.start + 1)
    clause = placed[0].raw[placed[0].pieces[0].at :].strip() if placed else one.text
    enacting = one.role is Role.BASIS and placed is not None and bool(_ENACTS.search(placed[0].text))
    return (
        _key(cited),
        one.role.value,
        rests_on(subject, cited),
        enacting,
        "、".join(map(str, one.clauses)),
        any(clause.status in _MISSING for clause in cited.resolution.clauses),
        subject.draft.path(cited.provision) or f"第{cited.paragraph + 1}段",
        clause[:QUOTE],
    )


def _instrument(cited: Cited) -> Row:
    """What is cited, by its key: the statute, or the title or number that no catalogue knows."""
    found = cited.resolution
    statute = found.statute
    if statute is None:
        key = _key(cited)
        return key, key, _unknown(cited.citation), found.level.value, Status.UNKNOWN.value, None, "", ""
    repealed = found.status is Status.REPEALED
    return (
        statute.id,
        title_key(statute.title),
        statute.title,
        statute.level.value,
        # the edition that one citation names says nothing of the statute
        Status.IN_FORCE.value if found.status is Status.AMENDED else found.status.value,
        found.repealed_on.isoformat() if repealed and found.repealed_on else None,
        found.repealed_by if repealed else "",
        found.successor if repealed else "",
    )


def _key(cited: Cited) -> str:
    if cited.resolution.statute:
        return cited.resolution.statute.id
    one = cited.citation
    if one.kind is Kind.TITLED or one.key:
        return one.key if one.instrument or one.role is Role.REPEAL else ""  # a form, a book, a licence
    return one.number.key if one.number else ""


def _unknown(one: Citation) -> str:
    """A title made of the key alone, so that it does not depend on which document was read first."""
    if one.kind is Kind.TITLED or one.key:
        return one.key.replace("(", "（").replace(")", "）")
    return one.number.text if one.number else ""


def _provisions(draft: Draft, findings: tuple[Finding, ...]) -> tuple[int, int]:
    """How many provisions (条, else 一、) carry the substance, and in how many of them a blocking finding stands.

    Findings on what a provision rests on are left aside: another basis cures them.
    """
    level = Level.ARTICLE if any(unit.level is Level.ARTICLE for unit in draft.provisions) else Level.HEADING_1
    units = sum(unit.level is level for unit in draft.provisions)
    if level is Level.ARTICLE and units > 2:
        units -= 2  # purpose and commencement
    blocked = {
        unit.index
        for finding in findings
        if finding.severity is Severity.BLOCKING
        and finding.category not in _ON_BASIS
        and finding.location.paragraph is not None
        for unit in draft.ancestors(_standing_in(draft, finding.location.paragraph, finding.location.start))
        if unit.level is level
    }
    return units, len(blocked)


def _standing_in(draft: Draft, paragraph: int, at: int) -> int | None:
    found = [one for one in draft.segments if one.paragraph == paragraph and one.start <= at]
    return found[-1].provision if found else None
