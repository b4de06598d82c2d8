"""Reviewing again: what carries over, what lapses, what the opinion then says, and what changed in the text."""

from __future__ import annotations

import pytest
from docx_build import docx, p
from msgspec.structs import replace
from office import BASIS, Office, draft, finding, reported, sha

import legalcheck
from legalcheck.document.model import Scope, ScopeVerdict
from legalcheck.document.package import Package
from legalcheck.errors import LedgerError
from legalcheck.record.case import Disposal
from legalcheck.record.changes import Edit, compare, diff
from legalcheck.record.gate import options
from legalcheck.record.opinion import Conclusion, conclusion, heads
from legalcheck.rules.finding import Severity

OLD = draft()
NEW = draft("市公安机关负责养犬管理工作。", "养犬人应当文明养犬。")
FEE = finding()
FEE_REWORDED = finding(quote="申请人应当按年缴纳管理费")
PROOF = finding(Severity.MAJOR, "申请人应当提交无犯罪记录证明", "CERT-003", "第三条")
LICENCE = finding(Severity.MAJOR, "养犬应当取得许可", "PERM-001", "第四条")


def test_a_rereview_says_what_is_fixed_new_carried_and_waiting(office: Office) -> None:
    office.under_review(OLD, FEE, PROOF)
    office.clear(OLD, PROOF)
    outcome = compare(*office.review(NEW, PROOF, LICENCE, continues=OLD))
    assert [item.finding.rule for item in outcome.fixed] == ["FEE-001"]
    assert [item.finding.rule for item in outcome.new] == ["PERM-001"]
    assert [(item.finding.rule, item.disposal) for item in outcome.carried] == [("CERT-003", Disposal.MISTAKEN)]
    assert (outcome.waiting, outcome.reopened, outcome.reworded) == ((), (), ())


def test_a_cleared_finding_whose_clause_changed_is_reopened(office: Office) -> None:
    office.under_review(OLD, FEE)
    office.clear(OLD, FEE)
    outcome = compare(*office.review(NEW, FEE_REWORDED, continues=OLD))
    ((before, after),) = outcome.reopened
    assert (before.disposal, after.disposal) == (Disposal.MISTAKEN, Disposal.OPEN)
    assert outcome.fixed == outcome.new == ()


def test_an_open_finding_whose_clause_changed_is_reworded(office: Office) -> None:
    office.under_review(OLD, FEE)
    outcome = compare(*office.review(NEW, FEE_REWORDED, continues=OLD))
    assert len(outcome.reworded) == 1
    assert outcome.reopened == outcome.fixed == outcome.new == ()


def test_one_forerunner_is_not_given_to_two(office: Office) -> None:
    office.under_review(OLD, FEE)
    other = finding(quote="申请人应当按月缴纳管理费")
    outcome = compare(*office.review(NEW, FEE_REWORDED, other, continues=OLD))
    assert len(outcome.reworded) == len(outcome.new) == 1


def test_what_was_not_touched_waits(office: Office) -> None:
    office.under_review(OLD, FEE)
    assert len(compare(*office.review(NEW, FEE, continues=OLD)).waiting) == 1


def test_a_clearing_lapses_when_the_finding_becomes_graver_and_holds_when_milder(office: Office) -> None:
    major = replace(FEE, severity=Severity.MAJOR)
    office.under_review(OLD, major)
    office.clear(OLD, major)
    milder = replace(FEE, severity=Severity.MINOR)
    assert office.review(OLD, milder)[1].items[FEE.fingerprint].disposal is Disposal.MISTAKEN
    assert office.review(OLD, FEE)[1].items[FEE.fingerprint].disposal is Disposal.OPEN


def test_a_finding_remembers_the_version_it_was_found_in_first(office: Office) -> None:
    office.under_review(OLD, FEE)
    case = office.review(NEW, FEE, PROOF, continues=OLD)[1]
    assert [item.first for item in case.items.values()] == [sha(OLD), sha(NEW)]


def test_a_clearing_is_made_on_the_newest_version_only(office: Office) -> None:
    office.under_review(OLD, FEE)
    office.review(NEW, FEE, continues=OLD)
    with pytest.raises(LedgerError, match="旧的版本"):
        office.clear(OLD, FEE)
    with pytest.raises(LedgerError, match="旧的版本"):
        office.review(OLD, FEE)


def test_an_older_version_taken_up_again_is_the_newest(office: Office) -> None:
    office.under_review(OLD, FEE)
    office.review(NEW, FEE, continues=OLD)
    case = office.review(OLD, FEE, continues=NEW)[1]
    assert case.versions == (sha(OLD), sha(NEW), sha(OLD))
    office.clear(OLD, FEE)


def test_only_a_reviewer_of_another_unit_records_a_review(office: Office) -> None:
    office.accept(OLD)
    for by in ("起草甲", "内审庚", "顾问丁", "文书戊"):
        with pytest.raises(LedgerError):
            office.review(OLD, by=by)


def test_clearings_carry_over_in_real_drafts_when_other_articles_change(office: Office) -> None:
    bad = "申请人应当提交村民委员会出具的无犯罪记录证明。"
    old, new = draft("市公安机关负责养犬管理工作。", bad), draft("养犬管理工作由市公安机关负责。", bad)
    changed = draft("市公安机关负责养犬管理工作。", "养犬人应当提交村民委员会出具的无犯罪记录证明。")
    office.accept(old)

    def record(data: bytes, continues: str = "") -> tuple[set[Disposal], int]:
        report = legalcheck.review(data, as_of=office.clock.today, package=Package("", ()))
        case = office.registry.reviewed(report, "审核乙", continues=continues, options=options(office.config))[1]
        now = [item.disposal for item in case.items.values() if item.disposal is not Disposal.FIXED]
        return set(now), len(now)

    _, found = record(old)
    assert found
    office.clear(old, *legalcheck.review(old, as_of=office.clock.today, package=Package("", ())).findings)
    assert record(new, sha(old)) == ({Disposal.MISTAKEN}, found)
    assert Disposal.OPEN in record(changed, sha(new))[0]


# Conclusions


@pytest.mark.parametrize(
    ("found", "cleared", "follows"),
    [
        ((), {}, Conclusion.LAWFUL),
        ((FEE,), {}, Conclusion.NEEDS_REVISION),
        ((FEE,), {FEE: Disposal.MISTAKEN}, Conclusion.LAWFUL),
        ((FEE,), {FEE: Disposal.NOT_ADOPTED}, Conclusion.NEEDS_REVISION),
        ((PROOF,), {}, Conclusion.NEEDS_REVISION),
        ((PROOF,), {PROOF: Disposal.NOT_ADOPTED}, Conclusion.LAWFUL),
        ((finding(Severity.MINOR),), {}, Conclusion.LAWFUL),
        ((finding(rule="VIRES-001"),), {}, Conclusion.UNLAWFUL),
        ((finding(rule="VIRES-001"), PROOF), {PROOF: Disposal.MISTAKEN}, Conclusion.UNLAWFUL),
        ((FEE, PROOF), {FEE: Disposal.LAWFUL}, Conclusion.NEEDS_REVISION),
    ],
)
def test_the_conclusion_follows_from_the_record(
    office: Office, found: tuple[object, ...], cleared: dict[object, Disposal], follows: Conclusion
) -> None:
    office.under_review(OLD, *found)  # type: ignore[arg-type]
    for one, disposal in cleared.items():
        office.clear(OLD, one, as_=disposal, basis=[BASIS])  # type: ignore[arg-type]
    assert conclusion(office.case(OLD)) is follows
    signed = office.sign(OLD)
    assert signed.opinion is not None
    assert signed.opinion.conclusion == follows
    assert (signed.state.value == "gate_open") is follows.opens


def test_a_major_finding_kept_without_a_basis_needs_revision(office: Office) -> None:
    office.under_review(OLD, PROOF)
    office.clear(OLD, PROOF, as_=Disposal.NOT_ADOPTED)
    assert conclusion(office.case(OLD)) is Conclusion.NEEDS_REVISION


def test_a_graver_conclusion_needs_a_reason(office: Office) -> None:
    office.under_review(OLD)
    with pytest.raises(LedgerError, match="--reason"):
        office.sign(OLD, asked="不合法", reason=" ")
    signed = office.sign(OLD, asked="不合法", reason="主要内容违法")
    assert signed.opinion is not None
    assert signed.opinion.conclusion == "不合法"


def scoped(office: Office, verdict: ScopeVerdict) -> None:
    office.accept(OLD)
    report = reported(OLD, office.clock.today)
    report = replace(report, draft=replace(report.draft, scope=Scope(verdict, ("理由",))))
    office.registry.reviewed(report, "审核乙", options=options(office.config))


def test_a_draft_out_of_scope_is_signed_as_such_and_the_gate_opens(office: Office) -> None:
    scoped(office, ScopeVerdict.OUT_OF_SCOPE)
    assert office.sign(OLD).opinion.conclusion == "不属于审核范围"  # type: ignore[union-attr]
    assert office.gate(OLD).open
    with pytest.raises(LedgerError):
        office.sign(OLD, asked="合法")


def test_whether_an_unclear_draft_is_in_scope_a_person_says_with_a_reason(office: Office) -> None:
    scoped(office, ScopeVerdict.UNCLEAR)
    with pytest.raises(LedgerError, match="--reason"):
        office.sign(OLD, asked="不属于审核范围")
    assert office.sign(OLD, asked="不属于审核范围", reason="内部管理").opinion.conclusion == "不属于审核范围"  # type: ignore[union-attr]
    assert office.gate(OLD).open


def test_counsel_is_heard_before_the_opinion_where_the_profile_says_so_and_again_after_a_change(office: Office) -> None:
    office.profile = replace(office.profile, counsel_required=True)
    office.under_review(OLD)
    with pytest.raises(LedgerError, match="顾问意见"):
        office.sign(OLD)
    office.step("顾问意见", OLD, "顾问丁", note="合法")
    office.sign(OLD)
    office.clock.pass_days(1)
    office.review(NEW, continues=OLD)
    with pytest.raises(LedgerError, match="顾问意见"):
        office.sign(NEW)
    office.step("顾问意见", NEW, "顾问丁", note="仍合法")
    assert office.sign(NEW).state.value == "gate_open"


def test_an_opinion_needs_a_review_of_the_newest_version(office: Office) -> None:
    office.pass_(OLD)
    with pytest.raises(LedgerError, match="待审议"):
        office.sign(OLD)


def test_every_finding_that_stands_has_one_head(office: Office) -> None:
    office.under_review(OLD, FEE, PROOF, finding(rule="VIRES-001"), finding(rule="RIGHT-003"))
    counts = [len(head.items) for head in heads(office.case(OLD))]
    assert sum(counts) == 4
    assert counts[0] == counts[5] == 1


# Changes


def changes(old: list[str], new: list[str]) -> list[tuple[Edit, str]]:
    title = p("示例市养犬管理办法")
    drafts = [legalcheck.read(docx(title + "".join(map(p, lines)))) for lines in (old, new)]
    return [(change.edit, change.provision) for change in diff(*drafts)]


BASE = [
    "第一条　本市行政区域内的养犬活动适用本办法。",
    "第二条　市公安机关负责养犬管理工作。",
    "第三条　本办法自2027年1月1日起施行。",
]


def test_equal_drafts_have_no_changes() -> None:
    assert changes(BASE, BASE) == []


def test_a_changed_article_is_one_change_in_its_place() -> None:
    new = [BASE[0], "第二条　区公安机关负责养犬管理工作。", BASE[2]]
    assert changes(BASE, new) == [(Edit.CHANGED, "第二条")]


def test_an_added_article_does_not_change_those_whose_numbers_move() -> None:
    new = [
        BASE[0],
        "第二条　养犬人应当文明养犬，自觉清理粪便。",
        BASE[1].replace("二", "三"),
        BASE[2].replace("三", "四"),
    ]
    assert changes(BASE, new) == [(Edit.ADDED, "第二条")]


def test_a_removed_article_is_named_as_in_the_old_version() -> None:
    assert changes(BASE, [BASE[0], BASE[2].replace("三", "二")]) == [(Edit.REMOVED, "第二条")]
