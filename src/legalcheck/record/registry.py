"""What people do with a draft, each act checked against roster and state and recorded in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from ..config import Config, Person
from ..corpora.profile import Profile, national
from ..errors import LedgerError, NotEntitledError
from . import opinion, steps, workdays
from .account import account
from .basis import doubts
from .case import Case, Disposal, Item
from .events import Event, Kind, NewEvent
from .ledger import Ledger, Transaction
from .roster import Roster
from .steps import BEFORE_GATE, REVIEWERS, STEPS, Role, State, Step

if TYPE_CHECKING:
    from ..review.report import Report

SHORTEST_REFERENCE = 4


class Evidence(Struct, frozen=True):
    """A material handed in: its kind or name, the file's name and SHA-256 ("" where it is but told of)."""

    name: str
    file: str = ""
    sha256: str = ""


class Submission(Struct, frozen=True):
    """A draft as it is submitted: its SHA-256 and title."""

    draft: str
    title: str


class Decision(Struct, frozen=True):
    """A person's word on one finding: `reference` is the beginning of its fingerprint."""

    reference: str
    disposal: Disposal
    reason: str
    basis: tuple[str, ...] = ()


class Registry(Struct, frozen=True):
    """The office that keeps the ledger: its people and the figures of its place; `today` is its date."""

    ledger: Ledger
    config: Config
    today: date
    profile: Profile = field(default_factory=national)

    @property
    def roster(self) -> Roster:
        """The people of the configuration."""
        return Roster(self.config.people)

    def step(
        self,
        name: str,
        draft: str | Submission,
        by: str,
        *,
        note: str = "",
        evidence: Sequence[Evidence] = (),
        continues: str = "",
        days: int = 0,
    ) -> Case:
        """Take a step of `STEPS` with a draft, named by its digest; a `Submission` opens a case.

        `continues` is the digest of the version that a resubmitted one replaces; `days` lengthens the review (延期).
        """
        step, note = _step(name), note.strip()
        if step.note and not note:
            raise LedgerError(f"“{name}”需要用 --note 写明{step.note}。")
        with self.ledger.writing() as transaction:
            digest = draft.draft if isinstance(draft, Submission) else draft
            known = transaction.case_of(continues or digest)
            if known is None:
                return self._submit(transaction, step, draft, by, note, evidence)
            case = transaction.case(known)
            if continues and isinstance(draft, Submission):
                _own_version(transaction, draft.draft, known)
            elif not isinstance(draft, Submission):
                _newest(case, digest)
                digest = case.versions[-1]
            if case.state not in step.sources:
                raise LedgerError(_not_now(step, case))
            if step.target is State.REVISING:
                _not_unlawful(case)
            if name == "补充材料" and not evidence:
                raise LedgerError("“补充材料”需要用 --evidence 写明材料。")
            person, role = self._entitled(by, step.roles, case, step.own_unit)
            body = _act(person, role) | {"step": name, "note": note, "evidence": _listed(evidence)}
            if step.evidence:
                self._check_materials(case, evidence, step, note)
            if step.target is State.ACCEPTED:
                due = workdays.after(self.today, self.profile.review_max_days)
                body |= {"accepted": self.today.isoformat(), "due": due.isoformat()}
            elif name == "延期":
                if days < 1 or case.due is None:
                    raise LedgerError("“延期”需要用 --days 写明延长几个工作日。")
                body |= {"due": workdays.after(case.due, days).isoformat()}
            state = step.target or case.state
            transaction.append(known, NewEvent(Kind.STEP, digest, state.value, by, body))
            return transaction.case(known)

    def reviewed(self, report: Report, by: str, *, continues: str = "", options: dict[str, Any]) -> tuple[Case, Case]:
        """Record a report; returns the case before and after. `continues` is the digest of the version it replaces.

        `options` is what the review was narrowed to (`packs`, `select`, `ignore`, `level`), for the gate to compare.
        The report must have looked at the materials (`Report.package`): a second look without them would call what
        is missing mended.
        """
        if report.as_of != self.today:
            raise LedgerError(f"记入台账的审查应当按当日有效的法律，审查基准日 {report.as_of} 不是今天。")
        if report.package is None:
            raise LedgerError("记入台账的审查应当连同送审材料一并核对，请用 legalcheck review --record 审查。")
        with self.ledger.writing() as transaction:
            case, person, role = self._reviewable(transaction, report.draft_digest, by, continues)
            state = steps.reviewed(case.state)
            body = _act(person, role) | recorded(report) | {"options": options}
            transaction.append(case.id, NewEvent(Kind.REVIEWED, report.draft_digest, state.value, by, body))
            return case, transaction.case(case.id)

    def reviewable(self, draft: str, by: str, continues: str = "") -> Case:
        """The case that a review of this version by this person may be recorded in; else `LedgerError` says why not."""
        return self._reviewable(self.ledger, draft, by, continues)[0]

    def _reviewable(
        self, source: Ledger | Transaction, draft: str, by: str, continues: str
    ) -> tuple[Case, Person, Role]:
        known = source.case_of(continues or draft)
        if known is None:
            raise LedgerError(
                "台账中没有这份送审稿，请先登记：legalcheck record step 送审稿 送审 --by 起草人；"
                "是修改稿的，请写明 --continues 旧稿。"
            )
        _own_version(source, draft, known)
        case = source.case(known)
        try:
            steps.reviewed(case.state)
        except ValueError:
            raise LedgerError(f"这份送审稿现在是“{case.state.label}”，受理以后、审议以前才能记录审查。") from None
        if not continues and draft != case.versions[-1]:
            raise LedgerError("这是旧的版本，台账中已有更新的送审稿；请审查最新的版本。")
        _not_unlawful(case)
        return case, *self._entitled(by, REVIEWERS, case, False)

    def clear(self, draft: str, decisions: Iterable[Decision], by: str) -> list[Item]:
        """Dispose of findings, all of them or none."""
        with self.ledger.writing() as transaction:
            case = self._case(transaction, draft)
            self._changeable(case)
            made: list[NewEvent] = []
            chosen: list[str] = []
            for decision in decisions:
                item = find(case, decision.reference)
                if item.finding.fingerprint in chosen:
                    raise LedgerError(f"问题 {decision.reference} 写了两次，没有记入任何一项，请只留一次。")
                chosen.append(item.finding.fingerprint)
                made.append(self._cleared(case, item, decision, by))
            _something(made)
            transaction.append(case.id, *made)
            items = transaction.case(case.id).items
            return [items[fingerprint] for fingerprint in chosen]

    def undo(self, draft: str, references: Sequence[str], by: str, reason: str) -> list[Item]:
        """Take clearings back, by further events."""
        if not reason.strip():
            raise LedgerError("撤销处理需要用 --reason 说明理由。")
        with self.ledger.writing() as transaction:
            case = self._case(transaction, draft)
            self._changeable(case)
            made = []
            chosen = list(dict.fromkeys(find(case, reference).finding.fingerprint for reference in references))
            for fingerprint in chosen:
                clearance = case.items[fingerprint].clearance
                if clearance is None:
                    raise LedgerError(f"问题 {fingerprint[:8]} 还没有处理，不需要撤销。")
                drafter = clearance.disposal is Disposal.NOT_ADOPTED
                roles = (Role.DRAFTER,) if drafter else REVIEWERS
                person, role = self._entitled(by, roles, case, drafter)
                body = _act(person, role) | {"finding": fingerprint, "event": clearance.event, "reason": reason.strip()}
                made.append(NewEvent(Kind.UNDONE, case.versions[-1], steps.disposed(case.state).value, by, body))
            _something(made)
            transaction.append(case.id, *made)
            items = transaction.case(case.id).items
            return [items[fingerprint] for fingerprint in chosen]

    def sign(self, draft: str, by: str, *, number: str = "", asked: str | None = None, reason: str = "") -> Case:
        """Sign the opinion; its conclusion follows from the record, or is a graver one that `asked` names."""
        with self.ledger.writing() as transaction:
            case = self._case(transaction, draft)
            person, role = self._entitled(by, (Role.HEAD,), case, False)
            conclusion = self.ready(case, asked, reason)
            state = State.GATE_OPEN if conclusion.opens else State.OPINION_ISSUED
            body = _act(person, role) | {"conclusion": conclusion.value, "number": number, "reason": reason}
            transaction.append(case.id, NewEvent(Kind.OPINION, case.versions[-1], state.value, by, body))
            return transaction.case(case.id)

    def ready(self, case: Case, asked: str | None = None, reason: str = "") -> opinion.Conclusion:
        """The conclusion that may be signed now; `LedgerError` says what is missing."""
        conclusion = opinion.stated(case, asked, reason)
        if case.state not in (State.REVIEWING, State.RECHECK):
            again = _AGAIN if case.opinion else ""
            raise LedgerError(f"这份送审稿现在是“{case.state.label}”，审查或者复核以后才能出具意见。{again}")
        if case.review is None or case.review.draft != case.versions[-1]:
            raise LedgerError("最新的版本还没有审查，请先运行 legalcheck review --record。")
        if self.profile.counsel_required and not counsel_heard(case):
            raise LedgerError(
                "本地规定出具意见前应当有法律顾问的意见，"
                "请由法律顾问办理：legalcheck record step 送审稿 顾问意见 --by 姓名 --note 意见。"
            )
        return conclusion

    def _submit(
        self,
        transaction: Transaction,
        step: Step,
        draft: str | Submission,
        by: str,
        note: str,
        evidence: Sequence[Evidence],
    ) -> Case:
        if State.DRAFTING not in step.sources or not isinstance(draft, Submission):
            raise LedgerError("台账中没有这份送审稿，请先登记：legalcheck record step 送审稿 送审 --by 起草人。")
        person, role = self.roster.entitled(by, self.today, step.roles)
        _check_account(person)
        body = _act(person, role) | {
            "step": step.name,
            "note": note,
            "evidence": _listed(evidence),
            "title": draft.title,
        }
        transaction.append(draft.draft, NewEvent(Kind.STEP, draft.draft, State.SUBMITTED.value, by, body))
        return transaction.case(draft.draft)

    def _case(self, transaction: Transaction, draft: str) -> Case:
        known = transaction.case_of(draft)
        if known is None:
            raise LedgerError("台账中没有这份送审稿；内容改动过的，请用 legalcheck review 新稿 --continues 旧稿 登记。")
        case = transaction.case(known)
        _newest(case, draft)
        return case

    def _changeable(self, case: Case) -> None:
        _not_unlawful(case)
        if case.review is None or case.state not in BEFORE_GATE | {State.GATE_OPEN}:
            raise LedgerError(f"这份送审稿现在是“{case.state.label}”，审查以后、审议以前才能处理问题。")

    def _cleared(self, case: Case, item: Item, decision: Decision, by: str) -> NewEvent:
        reference = item.finding.fingerprint[:8]
        if decision.disposal in (Disposal.FIXED, Disposal.OPEN):
            raise LedgerError("是否已修改由复审认定，请运行 legalcheck review 新稿 --continues 旧稿。")
        if item.clearance is not None:
            done = f"{item.clearance.by}处理为“{item.disposal.label}”"
            raise LedgerError(f"问题 {reference} 已由{done}，要改变请先用 --undo 撤销。")
        if not decision.reason.strip():
            raise LedgerError(f"处理问题 {reference} 需要说明理由（--reason）。")
        if decision.disposal is Disposal.LAWFUL and not decision.basis:
            raise LedgerError(f"问题 {reference} 处理为“依据充分”需要写明依据（--basis 《…》第…条）。")
        overlays = [str(path) for path in self.config.corpora.statutes]
        for basis in decision.basis:
            for doubt in doubts(basis, self.today, overlays):
                raise LedgerError(f"问题 {reference}：{doubt}，没有记入。")
        drafter = decision.disposal is Disposal.NOT_ADOPTED
        person, role = self._entitled(by, (Role.DRAFTER,) if drafter else REVIEWERS, case, drafter)
        body = _act(person, role) | {
            "finding": item.finding.fingerprint,
            "as": decision.disposal.value,
            "severity": item.finding.severity.value,
            "reason": decision.reason.strip(),
            "basis": list(decision.basis),
        }
        return NewEvent(Kind.CLEARED, case.versions[-1], steps.disposed(case.state).value, by, body)

    def _entitled(self, by: str, roles: Sequence[Role], case: Case, own_unit: bool | None) -> tuple[Person, Role]:
        person, role = self.roster.entitled(by, self.today, roles, case.unit, own_unit)
        if own_unit is False and by in case.drafters:
            raise NotEntitledError(f"“{by}”参与了这份送审稿的起草，不能审核，请由其他人员办理。")
        _check_account(person)
        return person, role

    def _check_materials(self, case: Case, evidence: Sequence[Evidence], step: Step, note: str) -> None:
        have = {entry.name for entry in evidence} | {name for done in case.notes for name, _, _ in done.evidence}
        missing = [material.value for material in step.evidence if material.value not in have]
        if missing and not note:
            raise LedgerError(
                f"送审材料缺少{'、'.join(missing)}；请退回补正，或者补上（--evidence 文件），"
                "不需要的用 --note 说明理由。"
            )


def find(case: Case, reference: str) -> Item:
    """The finding of the newest review whose fingerprint begins like this."""
    wanted = reference.strip().lower()
    if len(wanted) < SHORTEST_REFERENCE:
        raise LedgerError(f"问题编号“{reference}”太短，请至少写 {SHORTEST_REFERENCE} 位。")
    current = [item for item in case.items.values() if item.disposal is not Disposal.FIXED]
    found = [item for item in current if item.finding.fingerprint.startswith(wanted)]
    if len(found) > 1:
        raise LedgerError(f"有 {len(found)} 个问题的编号以“{reference}”开头，请多写几位。")
    if not found:
        own = [item.finding.fingerprint[:8] for item in current if item.finding.rule.lower() == wanted]
        if own:
            raise LedgerError(f"“{reference}”是规则的编号，请写问题的编号：{'、'.join(own)}。")
        raise LedgerError(f"最近一次审查没有编号为“{reference}”的问题，运行 legalcheck record show 可以查看编号。")
    return found[0]


def counsel_heard(case: Case) -> bool:
    """Whether counsel gave an opinion on the draft since it was last changed."""
    note = case.note("顾问意见")
    first = next((review for review in case.reviews if review.draft == case.versions[-1]), None)
    return note is not None and (first is None or len(case.versions) == 1 or note.at >= first.at)


def recorded(report: Report) -> dict[str, Any]:
    """What is kept of a report: enough to write the opinion without running the review again."""
    return {
        "name": report.name,
        "title": report.metadata.title,
        "as_of": report.as_of.isoformat(),
        "version": report.version,
        "rules": report.rules_digest,
        "corpora": report.corpora_digest,
        "scope": report.scope.verdict.value,
        "scope_reasons": list(report.scope.reasons),
        "findings": [
            {
                "fingerprint": finding.fingerprint,
                "rule": finding.rule,
                "title": finding.title,
                "category": finding.category,
                "severity": finding.severity.value,
                "location": str(finding.location),
                "quote": finding.quote,
                "message": finding.message,
                "advice": finding.advice,
                "ground": [ground.text for ground in finding.ground],
            }
            for finding in report.findings
        ],
    }


# what people take for a step, and the command that does it
_COMMANDS = (
    ("审查", "legalcheck review --record"),
    ("审核", "legalcheck review --record"),
    ("复核", "legalcheck review 修改稿 --continues 旧稿"),
    ("意见", "legalcheck opinion"),
    ("处理", "legalcheck clear"),
)


def _step(name: str) -> Step:
    try:
        return STEPS[name]
    except KeyError:
        hint = next((f"{word}用 {command} 命令；" for word, command in _COMMANDS if word in name), "")
        raise LedgerError(f"没有“{name}”这一步，{hint}可用的有：{'、'.join(STEPS)}。") from None


_AGAIN = "要重新出具，请先重新审查（legalcheck review --record）；只是再打印一份的，不写 --by。"


def _act(person: Person, role: Role) -> dict[str, Any]:
    return {"unit": person.unit, "role": role.value, "account": account()}


def _check_account(person: Person) -> None:
    if person.account and person.account != account():
        raise NotEntitledError(f"“{person.name}”只能由系统账户 {person.account} 办理，当前账户是 {account()}。")


def _listed(evidence: Sequence[Evidence]) -> list[dict[str, str]]:
    return [{"name": entry.name, "file": entry.file, "sha256": entry.sha256} for entry in evidence]


def _not_unlawful(case: Case) -> None:
    """不合法 ends a case (review-process.md section 9): withdrawn, or drafted anew as another one."""
    signed = case.opinion
    if signed and signed.conclusion == opinion.Conclusion.UNLAWFUL and case.state is State.OPINION_ISSUED:
        raise LedgerError("合法性审核意见的结论是“不合法”，只能撤回；重新起草的，作为新的送审稿送审。")


def _own_version(transaction: Ledger | Transaction, draft: str, case: str) -> None:
    other = transaction.case_of(draft)
    if other not in (None, case):
        raise LedgerError("这份文件在台账中已登记为另一份送审稿，不能作为修改稿。")


def _something(made: Sequence[NewEvent]) -> None:
    if not made:
        raise LedgerError("没有写明是哪一个问题，没有记入任何一项；运行 legalcheck record show 可以查看编号。")


def _newest(case: Case, draft: str) -> None:
    """Refuse to act on an older version: who holds its file would act on words that they do not see."""
    if draft != case.versions[-1] and draft in case.versions:
        raise LedgerError("这是旧的版本，台账中已有更新的送审稿；请对最新的版本办理。")


def _not_now(step: Step, case: Case) -> str:
    possible = [entry.name for entry in STEPS.values() if case.state in entry.sources]
    can = f"现在可以：{'、'.join(possible)}" if possible else "已经没有后续步骤"
    return f"这份送审稿现在是“{case.state.label}”，不能“{step.name}”；{can}。"


def events_of(ledger: Ledger, draft: str) -> list[Event]:
    """The events of the case that a version belongs to."""
    known = ledger.case_of(draft)
    return ledger.events(known) if known else []
