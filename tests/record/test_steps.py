"""The state machine: who may take a draft where, on what evidence (review-process.md section 9)."""

from __future__ import annotations

import pytest
from office import MATERIALS, Office, draft, finding, sha

from legalcheck.errors import LedgerError, NotEntitledError
from legalcheck.record.steps import STEPS, Role, State

DRAFT = draft()
PEOPLE = {
    Role.DRAFTER: "起草甲",
    Role.OFFICE: "文书戊",
    Role.REVIEWER: "审核乙",
    Role.HEAD: "负责丙",
    Role.COUNSEL: "顾问丁",
    Role.SIGNER: "市长己",
}
ROUTES = {
    State.FORMAL_CHECK: (State.SUBMITTED, "形式审查"),
    State.RETURNED: (State.FORMAL_CHECK, "退回补正"),
    State.ACCEPTED: (State.SUBMITTED, "受理"),
    State.CONSULTING: (State.REVIEWING, "征询论证"),
    State.REVISING: (State.OPINION_ISSUED, "修改"),
    State.DELIBERATED: (State.GATE_OPEN, "审议通过"),
    State.REJECTED: (State.GATE_OPEN, "审议不通过"),
    State.SIGNED: (State.DELIBERATED, "签发"),
    State.REGISTERED: (State.SIGNED, "登记"),
    State.PUBLISHED: (State.REGISTERED, "公布"),
    State.FILED: (State.PUBLISHED, "备案"),
    State.IN_FORCE: (State.FILED, "施行"),
    State.EVALUATING: (State.IN_FORCE, "评估"),
    State.REPEALED: (State.EVALUATING, "废止"),
    State.EXPIRED: (State.EVALUATING, "失效"),
    State.WITHDRAWN: (State.SUBMITTED, "撤回"),
}


def take(office: Office, name: str, by: str = "", note: str = "有关情况") -> State:
    days = 5 if name == "延期" else 0
    by = by or PEOPLE[STEPS[name].roles[0]]
    return office.step(name, DRAFT, by, note=note, evidence=MATERIALS, days=days).state


def bring(office: Office, state: State) -> None:
    """Bring the draft to a state by lawful steps."""
    if state in ROUTES:
        before, name = ROUTES[state]
        bring(office, before)
        take(office, name)
    elif state is State.SUBMITTED:
        office.submit(DRAFT)
    elif state is State.REVIEWING:
        office.under_review(DRAFT)
    elif state is State.OPINION_ISSUED:
        office.under_review(DRAFT, finding())
        office.sign(DRAFT)
    elif state is State.GATE_OPEN:
        office.pass_(DRAFT)
    elif state is State.RECHECK:
        office.pass_(DRAFT)
        office.review(DRAFT)
    assert office.case(DRAFT).state is state


def source(name: str) -> State:
    return min(STEPS[name].sources - {State.DRAFTING}, key=list(State).index)


EVERY = pytest.mark.parametrize("name", STEPS)


@EVERY
def test_an_entitled_person_takes_each_step(office: Office, name: str) -> None:
    bring(office, source(name))
    assert take(office, name) is (STEPS[name].target or source(name))
    assert office.case(DRAFT).notes[-1].step == name
    assert office.problems() == []


@EVERY
def test_nobody_takes_a_step_in_a_role_that_it_does_not_name(office: Office, name: str) -> None:
    bring(office, source(name))
    before = len(office.ledger.events(sha(DRAFT)))
    for role, person in PEOPLE.items():
        if role not in STEPS[name].roles:
            with pytest.raises(NotEntitledError, match="应当由"):
                take(office, name, by=person)
    assert len(office.ledger.events(sha(DRAFT))) == before


@pytest.mark.parametrize("name", [step.name for step in STEPS.values() if step.own_unit is False])
def test_nobody_of_the_drafting_unit_takes_a_reviewers_step(office: Office, name: str) -> None:
    bring(office, source(name))
    by = "内审庚" if STEPS[name].roles[0] is not Role.COUNSEL else "内问壬"
    if by == "内问壬":
        from msgspec.structs import replace

        from legalcheck.config import Person

        office.config = replace(office.config, people=(*office.config.people, Person(by, "农业农村局", ("法律顾问",))))
    with pytest.raises(NotEntitledError, match="起草单位“农业农村局”"):
        take(office, name, by=by)


@pytest.mark.parametrize("name", [step.name for step in STEPS.values() if step.own_unit])
def test_no_other_unit_takes_a_drafters_step(office: Office, name: str) -> None:
    bring(office, source(name))
    with pytest.raises(NotEntitledError, match="不属于起草单位"):
        take(office, name, by="起草辛")


@EVERY
def test_no_step_is_taken_from_a_state_that_it_does_not_lead_on_from(office: Office, name: str) -> None:
    wrong = next(s for s in (State.SUBMITTED, State.GATE_OPEN, State.WITHDRAWN) if s not in STEPS[name].sources)
    bring(office, wrong)
    with pytest.raises(LedgerError, match=f"不能“{name}”"):
        take(office, name)
    assert office.case(DRAFT).state is wrong


@pytest.mark.parametrize("name", [step.name for step in STEPS.values() if step.note])
def test_a_step_that_needs_a_note_is_not_taken_without_one(office: Office, name: str) -> None:
    bring(office, source(name))
    for note in ("", "  \n"):
        with pytest.raises(LedgerError, match="--note"):
            take(office, name, note=note)


def test_a_draft_is_not_accepted_without_its_materials_unless_a_note_says_why(office: Office) -> None:
    office.submit(DRAFT, evidence=MATERIALS[:1])
    with pytest.raises(LedgerError, match="缺少制定依据、征求意见材料"):
        office.step("受理", DRAFT, "审核乙")
    with pytest.raises(LedgerError, match="缺少"):
        office.step("受理", DRAFT, "审核乙", note=" ")
    assert office.step("受理", DRAFT, "审核乙", note="上级来文，无需征求意见").state is State.ACCEPTED


def test_materials_count_whenever_they_were_handed_in(office: Office) -> None:
    office.submit(DRAFT, evidence=MATERIALS[:1])
    assert office.step("受理", DRAFT, "审核乙", evidence=MATERIALS[1:]).state is State.ACCEPTED


def test_an_unknown_draft_is_not_moved(office: Office) -> None:
    with pytest.raises(LedgerError, match="没有这份送审稿"):
        take(office, "受理")


def test_an_unknown_step_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(LedgerError, match="可用的有：送审"):
        office.step("通过", DRAFT, "审核乙")


def test_a_returned_draft_comes_back_as_a_new_version_of_the_same_case(office: Office) -> None:
    bring(office, State.RETURNED)
    again = draft("本市行政区域内的养犬活动适用本办法。", "区公安机关负责养犬管理工作。")
    case = office.submit(again, continues=sha(DRAFT))
    assert case.id == sha(DRAFT)
    assert case.versions == (sha(DRAFT), sha(again))


def test_a_step_with_an_older_version_is_refused(office: Office) -> None:
    bring(office, State.RETURNED)
    office.submit(draft("市公安机关负责养犬管理工作。"), continues=sha(DRAFT))
    with pytest.raises(LedgerError, match="旧的版本"):
        take(office, "受理")


def test_a_file_of_one_case_does_not_become_a_version_of_another(office: Office) -> None:
    other = draft("市公安机关负责养犬管理工作。")
    office.submit(other)
    bring(office, State.RETURNED)
    with pytest.raises(LedgerError, match="另一份送审稿"):
        office.submit(other, continues=sha(DRAFT))


def test_a_draft_is_not_submitted_twice(office: Office) -> None:
    office.submit(DRAFT)
    with pytest.raises(LedgerError, match="不能“送审”"):
        office.submit(DRAFT)


def test_an_extension_needs_days_and_moves_the_due_day_by_working_days(office: Office) -> None:
    bring(office, State.ACCEPTED)
    assert office.case(DRAFT).due is not None
    assert office.case(DRAFT).due.isoformat() == "2026-12-14"  # 15 working days after Monday 23 November
    for days in (0, -3):
        with pytest.raises(LedgerError, match="--days"):
            office.step("延期", DRAFT, "负责丙", note="情况复杂", days=days)
    case = office.step("延期", DRAFT, "负责丙", note="情况复杂", days=5)
    assert case.due is not None
    assert case.due.isoformat() == "2026-12-21"


def test_after_the_meeting_asks_for_changes_only_a_new_review_and_opinion_lead_back(office: Office) -> None:
    bring(office, State.GATE_OPEN)
    assert take(office, "审议后修改") is State.REVISING
    with pytest.raises(LedgerError, match="审查或者复核以后"):
        office.sign(DRAFT)
    new = draft("市公安机关负责养犬管理工作。")
    assert office.review(new, continues=DRAFT)[1].state is State.RECHECK
    assert office.sign(new).state is State.GATE_OPEN
