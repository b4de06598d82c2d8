"""Disposing of findings: who, how, on what basis, and how it is taken back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from office import BASIS, ROSTER, Office, draft, finding, sha

from legalcheck.config import Config, Person
from legalcheck.errors import LedgerError, NotEntitledError
from legalcheck.record.account import account
from legalcheck.record.case import Disposal
from legalcheck.record.registry import Decision
from legalcheck.rules.finding import Severity

DRAFT = draft()
ONE = finding()
TWO = finding(Severity.MAJOR, "申请人应当提交无犯罪记录证明", "CERT-003", "第三条")


def disposals(office: Office) -> dict[str, Disposal]:
    return {name: item.disposal for name, item in office.case(DRAFT).items.items()}


@pytest.mark.parametrize(
    ("disposal", "basis", "by"),
    [(Disposal.MISTAKEN, (), "审核乙"), (Disposal.LAWFUL, (BASIS,), "负责丙"), (Disposal.NOT_ADOPTED, (), "起草甲")],
)
def test_a_finding_is_disposed_of_by_whom_it_may_be(
    office: Office, disposal: Disposal, basis: tuple[str, ...], by: str
) -> None:
    office.under_review(DRAFT, ONE)
    (item,) = office.clear(DRAFT, ONE, as_=disposal, by=by, basis=basis, reason=" 理由 ")
    assert item.disposal is disposal
    assert item.clearance is not None
    assert (item.clearance.by, item.clearance.reason, item.clearance.basis) == (by, "理由", basis)
    assert office.problems() == []


@pytest.mark.parametrize(
    ("disposal", "by"),
    [
        (Disposal.MISTAKEN, "起草甲"),
        (Disposal.MISTAKEN, "顾问丁"),
        (Disposal.MISTAKEN, "内审庚"),
        (Disposal.LAWFUL, "文书戊"),
        (Disposal.LAWFUL, "内审庚"),
        (Disposal.NOT_ADOPTED, "审核乙"),
        (Disposal.NOT_ADOPTED, "起草辛"),
        (Disposal.MISTAKEN, "无名氏"),
    ],
)
def test_a_finding_is_not_disposed_of_by_anyone_else(office: Office, disposal: Disposal, by: str) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(NotEntitledError):
        office.clear(DRAFT, ONE, as_=disposal, by=by, basis=[BASIS])
    assert disposals(office) == {ONE.fingerprint: Disposal.OPEN}


@pytest.mark.parametrize("disposal", [Disposal.FIXED, Disposal.OPEN])
def test_only_a_review_says_that_a_finding_is_fixed(office: Office, disposal: Disposal) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match="由复审认定"):
        office.clear(DRAFT, ONE, as_=disposal, by="审核乙")


def test_a_disposal_needs_a_reason(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match="理由"):
        office.clear(DRAFT, ONE, reason=" \t")


def test_lawful_needs_a_basis(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match="--basis"):
        office.clear(DRAFT, ONE, as_=Disposal.LAWFUL)


def test_a_wrong_basis_is_refused_whatever_the_disposal(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    for disposal in (Disposal.LAWFUL, Disposal.MISTAKEN, Disposal.NOT_ADOPTED):
        with pytest.raises(LedgerError, match="不在法规目录中"):
            office.clear(DRAFT, ONE, as_=disposal, basis=[BASIS, "《示例市养犬收费办法》第二条"])


def test_a_finding_is_not_disposed_of_twice(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    office.clear(DRAFT, ONE)
    with pytest.raises(LedgerError, match="已由审核乙处理为“误报”"):
        office.clear(DRAFT, ONE, by="负责丙")


def test_many_are_disposed_of_all_or_none(office: Office) -> None:
    office.under_review(DRAFT, ONE, TWO)
    good = Decision(ONE.fingerprint[:8], Disposal.MISTAKEN, "误报")
    with pytest.raises(LedgerError):
        office.registry.clear(sha(DRAFT), [good, Decision("ffffffff", Disposal.MISTAKEN, "误报")], "审核乙")
    assert set(disposals(office).values()) == {Disposal.OPEN}
    with pytest.raises(LedgerError, match="写了两次"):
        office.registry.clear(sha(DRAFT), [good, replace(good, reference=ONE.fingerprint)], "审核乙")
    assert len(office.clear(DRAFT, ONE, TWO)) == 2


def test_no_finding_named_is_an_error_and_no_event(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match="没有写明是哪一个问题"):
        office.clear(DRAFT)
    with pytest.raises(LedgerError, match="没有写明是哪一个问题"):
        office.registry.undo(sha(DRAFT), [], "审核乙", "误操作")
    assert office.problems() == []


@pytest.mark.parametrize(
    ("reference", "because"), [("abc", "太短"), ("", "太短"), ("0" * 12, "没有编号"), ("%%%%", "没有编号")]
)
def test_a_reference_that_names_no_finding(office: Office, reference: str, because: str) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match=because):
        office.registry.clear(sha(DRAFT), [Decision(reference, Disposal.MISTAKEN, "误报")], "审核乙")


def test_a_reference_that_names_two_findings(office: Office) -> None:
    office.under_review(
        DRAFT, replace(ONE, fingerprint="abcd1" + "0" * 59), replace(TWO, fingerprint="abcd2" + "0" * 59)
    )
    with pytest.raises(LedgerError, match="有 2 个问题"):
        office.registry.clear(sha(DRAFT), [Decision("abcd", Disposal.MISTAKEN, "误报")], "审核乙")
    office.registry.clear(sha(DRAFT), [Decision(" ABCD1 ", Disposal.MISTAKEN, "误报")], "审核乙")


def test_undo_is_a_further_event_and_leaves_the_finding_open(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    office.clear(DRAFT, ONE)
    before = office.ledger.events(sha(DRAFT))
    (item,) = office.undo(DRAFT, ONE)
    assert item.disposal is Disposal.OPEN
    assert office.ledger.events(sha(DRAFT))[:-1] == before
    office.clear(DRAFT, ONE, as_=Disposal.LAWFUL, basis=[BASIS])
    assert disposals(office) == {ONE.fingerprint: Disposal.LAWFUL}


def test_undo_needs_a_reason_and_something_to_undo(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    with pytest.raises(LedgerError, match="还没有处理"):
        office.undo(DRAFT, ONE)
    office.clear(DRAFT, ONE)
    with pytest.raises(LedgerError, match="理由"):
        office.undo(DRAFT, ONE, reason=" ")


def test_each_side_takes_back_its_own(office: Office) -> None:
    office.under_review(DRAFT, ONE, TWO)
    office.clear(DRAFT, ONE)
    office.clear(DRAFT, TWO, as_=Disposal.NOT_ADOPTED)
    with pytest.raises(NotEntitledError):
        office.undo(DRAFT, ONE, by="起草甲")
    with pytest.raises(NotEntitledError):
        office.undo(DRAFT, TWO, by="审核乙")
    office.undo(DRAFT, ONE, by="负责丙")
    office.undo(DRAFT, TWO, by="起草甲")
    assert set(disposals(office).values()) == {Disposal.OPEN}


def test_a_clearing_after_the_opinion_calls_for_another_opinion(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    assert office.sign(DRAFT).state.value == "opinion_issued"
    office.clear(DRAFT, ONE)
    assert office.case(DRAFT).state.value == "recheck"
    assert office.sign(DRAFT).state.value == "gate_open"


def test_nothing_is_cleared_before_a_review_or_after_the_meeting(office: Office) -> None:
    office.accept(DRAFT)
    with pytest.raises(LedgerError, match="审查以后、审议以前"):
        office.clear(DRAFT, ONE)
    office.review(DRAFT, ONE)
    office.clear(DRAFT, ONE)
    office.sign(DRAFT)
    office.step("审议通过", DRAFT, "文书戊", note="第3次常务会议")
    with pytest.raises(LedgerError, match="审查以后、审议以前"):
        office.undo(DRAFT, ONE)


def test_an_unknown_draft_has_no_findings_to_clear(office: Office) -> None:
    with pytest.raises(LedgerError, match="没有这份送审稿"):
        office.clear(DRAFT, ONE)


def test_a_person_bound_to_an_account_acts_from_that_account_only(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    for name, fits in (("somebody-else", False), (account(), True)):
        bound = Person("审核乙", "司法局", ("审核",), account=name)
        office.config = Config(people=(*(person for person in ROSTER if person.name != "审核乙"), bound))
        if fits:
            office.clear(DRAFT, ONE)
        else:
            with pytest.raises(NotEntitledError, match="只能由系统账户 somebody-else"):
                office.clear(DRAFT, ONE)
    assert disposals(office) == {ONE.fingerprint: Disposal.MISTAKEN}


def test_an_empty_roster_says_what_to_do(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    office.config = Config()
    with pytest.raises(NotEntitledError, match="legalcheck init"):
        office.clear(DRAFT, ONE)


def test_drafts_are_found_by_the_beginning_of_their_digest(office: Office) -> None:
    office.under_review(DRAFT, ONE)
    for length in (8, 12, 63):
        assert office.ledger.case_of(sha(DRAFT)[:length]) == sha(DRAFT)
    for wrong in ("", "abc", "g" * 8, sha(DRAFT)[:8].upper() + "X", "'; DROP"):
        with pytest.raises(LedgerError, match="不是送审稿的编号"):
            office.ledger.case_of(wrong)


@pytest.mark.parametrize("last", "0123456789abcdef")
def test_every_last_digit_of_a_beginning_finds_its_draft(office: Office, last: str) -> None:
    from legalcheck.record.registry import Submission

    name = "1234567" + last + "5" * 56
    office.registry.step("送审", Submission(name, "办法"), "起草甲")
    assert office.ledger.case_of(name[:8]) == name
    office.registry.step("送审", Submission(name[:-1] + "6", "办法"), "起草甲")
    with pytest.raises(LedgerError, match="请多写几位"):
        office.ledger.case_of(name[:8])
