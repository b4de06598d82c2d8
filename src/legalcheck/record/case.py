"""One draft's case: what its events add up to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..errors import LedgerError
from ..rules.finding import Severity
from .events import Event, Kind
from .steps import Role, State, disposed, reviewed, stepped


class Disposal(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    FIXED = "fixed"  # gone from the newest version: only a review says so
    LAWFUL = "lawful"  # a basis is named
    MISTAKEN = "mistaken"  # the rule does not apply here
    NOT_ADOPTED = "not_adopted"  # the drafter keeps it and says why; printed for the meeting

    @property
    def label(self) -> str:
        """The disposal in Chinese."""
        return {
            "open": "未处理",
            "fixed": "已修改",
            "lawful": "依据充分",
            "mistaken": "误报",
            "not_adopted": "未采纳",
        }[self.value]


BY_PEOPLE = (Disposal.LAWFUL, Disposal.MISTAKEN, Disposal.NOT_ADOPTED)


class Recorded(Struct, frozen=True):
    """A finding as it was recorded. `reference` is what people type: the first characters of its fingerprint."""

    fingerprint: str
    rule: str
    title: str
    category: str
    severity: Severity
    location: str
    quote: str
    message: str
    advice: str
    ground: tuple[str, ...]

    @classmethod
    def parse(cls, data: dict[str, Any]) -> Recorded:
        """From the body of an event; a value of another type raises `TypeError` or `ValueError`."""
        for name, value in data.items():
            if not isinstance(value, list if name == "ground" else str):
                raise TypeError(f"{name} {value!r}")
        return cls(**{**data, "severity": Severity(data["severity"]), "ground": tuple(data["ground"])})


class Act(Struct, frozen=True, kw_only=True):
    """What a person did: who, in which role, for which unit, under which system account, and when (UTC, ISO 8601).

    `event` is the digest of the event that tells of it.
    """

    by: str
    role: str
    unit: str
    account: str
    at: str
    event: str


class Clearance(Act, frozen=True, kw_only=True):
    """A disposal of a finding, with the reason and, where given, the basis as cited."""

    disposal: Disposal
    severity: Severity
    reason: str
    basis: tuple[str, ...]


class Item(Struct, frozen=True):
    """A finding and what became of it; `first` is the digest of the version in which it was found first."""

    finding: Recorded
    disposal: Disposal
    clearance: Clearance | None
    first: str

    @property
    def standing(self) -> bool:
        """Whether it still asks for something: it is neither fixed nor held lawful or mistaken."""
        return self.disposal in (Disposal.OPEN, Disposal.NOT_ADOPTED)


class Review(Act, frozen=True, kw_only=True):
    """A recorded run of the machine over one version of the draft."""

    draft: str
    name: str
    as_of: date
    version: str
    rules: str
    corpora: str
    options: dict[str, Any]
    scope: str
    scope_reasons: tuple[str, ...]
    findings: tuple[Recorded, ...]


class Opinion(Act, frozen=True, kw_only=True):
    """The signed opinion on one version."""

    draft: str
    conclusion: str
    number: str
    reason: str


class Note(Act, frozen=True, kw_only=True):
    """A step that was taken: which, and what was said or handed in."""

    step: str
    text: str
    evidence: tuple[tuple[str, str, str], ...]  # material or name, file name, SHA-256


class Case(Struct, frozen=True):
    """A draft on its way, from its events.

    `versions` are the digests in order; the last is the one under review. `items` holds every finding there has been,
    by fingerprint, in the order of the newest review, gone ones last. `accepted` and `due` bound the review time.
    """

    id: str
    title: str
    unit: str
    state: State
    versions: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    reviews: tuple[Review, ...] = ()
    clearances: dict[str, Clearance] = field(default_factory=dict)
    opinion: Opinion | None = None
    accepted: date | None = None
    due: date | None = None
    emergency: str = ""
    last: Event | None = None

    @property
    def review(self) -> Review | None:
        """The newest review."""
        return self.reviews[-1] if self.reviews else None

    @property
    def items(self) -> dict[str, Item]:
        """Every finding there has been and what became of it."""
        if not self.reviews:
            return {}
        first: dict[str, str] = {}
        known: dict[str, Recorded] = {}
        for review in self.reviews:
            for finding in review.findings:
                first.setdefault(finding.fingerprint, review.draft)
                known[finding.fingerprint] = finding
        current = {finding.fingerprint for finding in self.reviews[-1].findings}
        order = [finding.fingerprint for finding in self.reviews[-1].findings]
        order += [fingerprint for fingerprint in known if fingerprint not in current]
        items = {}
        for fingerprint in order:
            finding, clearance = known[fingerprint], self.clearances.get(fingerprint)
            if fingerprint not in current:
                items[fingerprint] = Item(finding, Disposal.FIXED, None, first[fingerprint])
                continue
            # what was cleared as minor is not cleared when a rule has become graver
            if clearance and clearance.severity.rank > finding.severity.rank:
                clearance = None
            disposal = clearance.disposal if clearance else Disposal.OPEN
            items[fingerprint] = Item(finding, disposal, clearance, first[fingerprint])
        return items

    def standing(self, *severities: Severity) -> list[Item]:
        """The findings of these severities that still ask for something."""
        return [item for item in self.items.values() if item.standing and item.finding.severity in severities]

    @property
    def drafters(self) -> frozenset[str]:
        """Who submitted, revised or withdrew it: none of them may review it, whatever unit they belong to now."""
        return frozenset(note.by for note in self.notes if note.role == Role.DRAFTER)

    def note(self, step: str) -> Note | None:
        """The last time this step was taken."""
        return next((note for note in reversed(self.notes) if note.step == step), None)


def fold(events: Iterable[Event]) -> Case:
    """The case that a case's events, in order, add up to.

    Raises `LedgerError` where they make none, or where a state does not follow from the one before.
    """
    case: Case | None = None
    try:
        for event in events:
            case = _advance(case, event, event.data)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise LedgerError(f"台账中有一条记录无法解读（{error}），请运行 legalcheck record verify 检查。") from error
    if case is None:
        raise LedgerError("台账中没有这份送审稿。")
    return case


def _advance(case: Case | None, event: Event, body: dict[str, Any]) -> Case:
    if case is None:
        case = Case(event.case, body["title"], body["unit"], State.DRAFTING, (event.draft,))
    if event.state not in _leads_to(case.state, event, body):
        raise ValueError(f"{case.state} -> {event.state}")
    versions = case.versions if event.draft == case.versions[-1] else (*case.versions, event.draft)
    case = replace(case, state=State(event.state), versions=versions, last=event)
    if event.kind == Kind.STEP:
        return _stepped(case, event, body)
    if event.kind == Kind.REVIEWED:
        return replace(case, reviews=(*case.reviews, _review(event, body)), title=body["title"] or case.title)
    if event.kind == Kind.CLEARED:
        return replace(case, clearances={**case.clearances, body["finding"]: _clearance(event, body)})
    if event.kind == Kind.UNDONE:
        kept = {name: clearance for name, clearance in case.clearances.items() if name != body["finding"]}
        return replace(case, clearances=kept)
    if event.kind == Kind.OPINION:
        return replace(case, opinion=_opinion(event, body))
    raise ValueError(f"kind {event.kind}")


def _leads_to(state: State, event: Event, body: dict[str, Any]) -> tuple[State, ...]:
    """Where an event may lead from a state."""
    if event.kind == Kind.STEP:
        return (stepped(body["step"], state),)
    if event.kind == Kind.REVIEWED:
        return (reviewed(state),)
    if event.kind == Kind.OPINION and state in (State.REVIEWING, State.RECHECK):
        return (State.GATE_OPEN, State.OPINION_ISSUED)
    if event.kind in (Kind.CLEARED, Kind.UNDONE):
        return (disposed(state),)
    return ()


def _who(event: Event, body: dict[str, Any]) -> dict[str, str]:
    """The fields of `Act`."""
    told = {name: body[name] for name in ("role", "unit", "account")}
    return told | {"by": event.by, "at": event.at, "event": event.digest}


def _stepped(case: Case, event: Event, body: dict[str, Any]) -> Case:
    evidence = tuple((entry["name"], entry["file"], entry["sha256"]) for entry in body["evidence"])
    note = Note(step=body["step"], text=body["note"], evidence=evidence, **_who(event, body))
    case = replace(case, notes=(*case.notes, note))
    if body["step"] == "紧急":
        case = replace(case, emergency=body["note"])
    if "accepted" in body:
        case = replace(case, accepted=date.fromisoformat(body["accepted"]))
    if "due" in body:
        case = replace(case, due=date.fromisoformat(body["due"]))
    return case


def _review(event: Event, body: dict[str, Any]) -> Review:
    return Review(
        draft=event.draft,
        name=body["name"],
        **_who(event, body),
        as_of=date.fromisoformat(body["as_of"]),
        version=body["version"],
        rules=body["rules"],
        corpora=body["corpora"],
        options=body["options"],
        scope=body["scope"],
        scope_reasons=tuple(body["scope_reasons"]),
        findings=tuple(Recorded.parse(finding) for finding in body["findings"]),
    )


def _clearance(event: Event, body: dict[str, Any]) -> Clearance:
    return Clearance(
        disposal=Disposal(body["as"]),
        severity=Severity(body["severity"]),
        **_who(event, body),
        reason=body["reason"],
        basis=tuple(body["basis"]),
    )


def _opinion(event: Event, body: dict[str, Any]) -> Opinion:
    return Opinion(
        draft=event.draft,
        conclusion=body["conclusion"],
        number=body["number"],
        **_who(event, body),
        reason=body["reason"],
    )
