"""Ways round the gate. Each test brings a draft to the open gate, or near it, tries one way, and finds it shut."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from office import BASIS, DRAFTER, ROSTER, Clock, Office, draft, finding, reported, sha
from sqlalchemy import select

from legalcheck import __version__
from legalcheck.config import Config, CorporaTable, PacksTable, Person, RecordTable, ReviewTable
from legalcheck.document.package import Package
from legalcheck.errors import LedgerError, NotEntitledError
from legalcheck.record.case import Disposal
from legalcheck.record.events import Event, Kind, NewEvent
from legalcheck.record.gate import GateDecision, Verdict, gate, options
from legalcheck.record.ledger import Ledger
from legalcheck.record.registry import recorded
from legalcheck.record.schema import events
from legalcheck.review import review
from legalcheck.rules.finding import Rank, Severity

DRAFT = draft()
OTHER = draft("市公安机关负责养犬管理工作。", "养犬人应当文明养犬。")
BLOCKING = finding()
MAJOR = finding(Severity.MAJOR, "申请人应当提交无犯罪记录证明", "CERT-003", "第三条")


def shut(decision: GateDecision, *because: str) -> None:
    assert not decision.open
    told = "".join(decision.reasons)
    for words in because:
        assert words in told


def without(name: str, *instead: Person) -> tuple[Person, ...]:
    return (*(person for person in ROSTER if person.name != name), *instead)


def forge(office: Office, kind: Kind, state: str, by: str, body: dict[str, object], unit: str = "司法局") -> None:
    """Append an event, properly chained, by a program of one's own."""
    with office.ledger.writing() as transaction:
        act = {"unit": unit, "role": "审核负责人", "account": "root"}
        transaction.append(sha(DRAFT), NewEvent(kind, sha(DRAFT), state, by, act | body))


HANDED_IN = Package("", ())


def test_a_second_review_that_does_not_look_at_the_materials(office: Office) -> None:
    office.accept(DRAFT)
    with pytest.raises(LedgerError, match="连同送审材料"):
        office.registry.reviewed(review(DRAFT, as_of=office.clock.today), "审核乙", options=options(office.config))


def test_the_straight_way_is_open(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING, MAJOR)
    told = ("审核用时 0 个工作日，一般不少于 5 个工作日。",)
    assert office.gate(DRAFT) == GateDecision(Verdict.OPEN, (), sha(DRAFT), office.case(DRAFT).title, told)


# The file


def test_edited_bytes(office: Office) -> None:
    office.pass_(DRAFT)
    shut(office.gate(DRAFT.replace(b"word/document.xml", b"word/documenu.xml")), "没有经过")


def test_a_byte_appended_to_the_package(office: Office) -> None:
    office.pass_(DRAFT)
    shut(office.gate(DRAFT + b"\0"), "没有经过")


def test_every_single_flipped_byte_of_the_file(office: Office) -> None:
    office.pass_(DRAFT)
    for place in range(0, len(DRAFT), 97):
        changed = bytearray(DRAFT)
        changed[place] ^= 1
        shut(office.gate(bytes(changed)), "没有经过")


def test_an_unreviewed_draft_under_a_reviewed_ones_name(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "养犬管理办法.docx"
    path.write_bytes(DRAFT)
    office.pass_(DRAFT)
    assert office.gate(path).open
    path.write_bytes(OTHER)
    shut(office.gate(path), "没有经过")


def test_a_symlink(office: Office, tmp_path: Path) -> None:
    office.pass_(DRAFT)
    (tmp_path / "reviewed.docx").write_bytes(DRAFT)
    link = tmp_path / "link.docx"
    link.symlink_to("reviewed.docx")
    decision = office.gate(link)
    assert decision.verdict is Verdict.UNKNOWN
    shut(decision, "符号链接")


def test_a_pipe_does_not_keep_the_gate_waiting(office: Office, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.docx")
    shut(office.gate(tmp_path / "pipe.docx"), "不是普通文件")


@pytest.mark.parametrize("name", [".", "missing.docx", "a\0b.docx", "x" * 300 + ".docx"])
def test_something_that_is_no_file(office: Office, tmp_path: Path, name: str) -> None:
    assert office.gate(tmp_path / name).verdict is Verdict.UNKNOWN


def test_an_empty_file(office: Office, tmp_path: Path) -> None:
    (tmp_path / "empty.docx").touch()
    shut(office.gate(tmp_path / "empty.docx"), "没有经过")


# The version


def test_a_draft_that_was_never_submitted(office: Office) -> None:
    office.pass_(OTHER)
    shut(office.gate(DRAFT), "没有经过")


def test_an_older_version_after_a_newer_one(office: Office) -> None:
    office.pass_(DRAFT)
    office.review(OTHER, continues=DRAFT)
    office.sign(OTHER)
    assert office.gate(OTHER).open
    shut(office.gate(DRAFT), "旧的版本")


def test_a_newer_version_that_is_reviewed_but_not_signed(office: Office) -> None:
    office.pass_(DRAFT)
    office.review(OTHER, continues=DRAFT)
    shut(office.gate(OTHER), "审核没有完成", "没有合法性审核意见")


def test_another_drafts_clearance_of_the_same_finding(office: Office) -> None:
    office.pass_(OTHER, BLOCKING)
    office.under_review(DRAFT, BLOCKING)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "没有处理")


def test_a_clearance_moved_into_the_case_by_hand(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.sign(DRAFT)
    office.pass_(OTHER, BLOCKING)
    office.tamper(
        "UPDATE events SET \"case\" = :case, number = 5, draft = :case WHERE kind = 'cleared'", case=sha(DRAFT)
    )
    shut(office.gate(DRAFT), "改动")


def test_a_withdrawn_draft(office: Office) -> None:
    office.pass_(DRAFT)
    office.step("撤回", DRAFT, "起草甲", note="不再制定")
    shut(office.gate(DRAFT), "已撤回")


def test_a_draft_that_the_meeting_rejected(office: Office) -> None:
    office.pass_(DRAFT)
    office.step("审议不通过", DRAFT, "文书戊", note="第3次常务会议")
    shut(office.gate(DRAFT), "审议未通过")


def test_a_draft_sent_back_by_the_meeting(office: Office) -> None:
    office.pass_(DRAFT)
    office.step("审议后修改", DRAFT, "文书戊", note="第3次常务会议")
    shut(office.gate(DRAFT), "修改中")


# The findings


def test_a_finding_left_open(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING, MAJOR)
    office.clear(DRAFT, MAJOR)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "FEE-001", "没有处理")


def test_not_adopting_a_blocking_finding(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.clear(DRAFT, BLOCKING, as_=Disposal.NOT_ADOPTED, basis=[BASIS])
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "不能以未采纳为由")


def test_not_adopting_a_major_finding_without_a_basis(office: Office) -> None:
    office.under_review(DRAFT, MAJOR)
    office.clear(DRAFT, MAJOR, as_=Disposal.NOT_ADOPTED)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "没有说明依据")


def test_not_adopting_a_major_finding_with_a_basis_is_told_to_the_meeting(office: Office) -> None:
    office.under_review(DRAFT, MAJOR)
    office.clear(DRAFT, MAJOR, as_=Disposal.NOT_ADOPTED, reason="确有必要", basis=[BASIS])
    office.sign(DRAFT)
    assert "第三条 CERT-003 未采纳：确有必要" in office.gate(DRAFT).notes
    assert office.gate(DRAFT).open


def test_a_finding_that_has_become_graver_since_it_was_cleared(office: Office) -> None:
    minor = finding(Severity.MINOR)
    office.pass_(DRAFT, minor)
    office.review(DRAFT, BLOCKING)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "没有处理")


def test_a_clause_that_changed_after_it_was_cleared(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    office.review(OTHER, finding(quote="申请人应当缴纳管理费和保证金"), continues=DRAFT)
    office.sign(OTHER)
    shut(office.gate(OTHER), "没有处理")


def test_a_clearing_that_was_taken_back(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    office.undo(DRAFT, BLOCKING)
    shut(office.gate(DRAFT), "复核", "没有处理")


def test_a_basis_that_was_repealed_since(place: str, clock: Clock) -> None:
    clock.moment = datetime(2019, 12, 31, 4, tzinfo=UTC)  # 外商投资法 repealed it the next day
    with Ledger(place, create=True, clock=clock) as ledger:
        office = Office(ledger, clock)
        office.under_review(DRAFT, BLOCKING)
        office.clear(DRAFT, BLOCKING, as_=Disposal.LAWFUL, basis=["《中华人民共和国外资企业法》第一条"])
        office.sign(DRAFT)
        assert office.gate(DRAFT).open
        clock.pass_days(1)
        shut(office.gate(DRAFT), "已于 2020-01-01 废止")


@pytest.mark.parametrize(
    ("basis", "because"),
    [
        ("《示例市养犬收费办法》第二条", "不在法规目录中"),
        ("《中华人民共和国动物防疫法》第九百条", "所引的条款不存在"),
        ("《中华人民共和国外资企业法》第一条", "废止"),
        ("上级要求", "没有写明法律文件"),
    ],
    ids=["unknown", "no such article", "repealed", "no statute"],
)
def test_a_basis_that_does_not_hold(office: Office, basis: str, because: str) -> None:
    office.under_review(DRAFT, BLOCKING)
    with pytest.raises(LedgerError, match=because):
        office.clear(DRAFT, BLOCKING, as_=Disposal.LAWFUL, basis=[basis])
    body = {"finding": BLOCKING.fingerprint, "as": "lawful", "severity": "blocking", "reason": "x", "basis": [basis]}
    forge(office, Kind.CLEARED, "reviewing", "审核乙", body)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), because)


# The people


def test_the_drafter_clears(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    with pytest.raises(NotEntitledError):
        office.clear(DRAFT, BLOCKING, by="起草甲")


def test_a_reviewer_of_the_drafting_unit_clears(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    with pytest.raises(NotEntitledError, match="起草单位"):
        office.clear(DRAFT, BLOCKING, by="内审庚")


def test_the_drafter_moves_to_the_reviewing_unit_and_clears(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.config = Config(people=without("起草甲", Person("起草甲", "司法局", ("审核", "审核负责人"))))
    with pytest.raises(NotEntitledError, match="参与了"):
        office.clear(DRAFT, BLOCKING, by="起草甲")
    with pytest.raises(NotEntitledError, match="参与了"):
        office.sign(DRAFT, by="起草甲")


def test_the_drafter_clears_with_a_roster_of_their_own(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    guards = office.config
    office.config = Config(people=without("起草甲", structs.replace(DRAFTER, name="起草壬", roles=("起草",))))
    office.config = Config(people=(*ROSTER, Person("影子", "司法局", ("审核", "审核负责人"))))
    office.clear(DRAFT, BLOCKING, by="影子")
    office.sign(DRAFT, by="影子")
    office.config = guards
    shut(office.gate(DRAFT), "名册中没有“影子”")


def test_the_drafter_calls_their_unit_by_another_name(office: Office) -> None:
    guards = office.config
    office.config = Config(people=without("起草甲", structs.replace(DRAFTER, unit="某单位")))
    office.submit(DRAFT)
    office.step("受理", DRAFT, "内审庚")
    office.review(DRAFT, BLOCKING, by="内审庚")
    office.clear(DRAFT, BLOCKING, by="内审庚")
    office.sign(DRAFT, by="内审庚")
    office.config = guards
    shut(office.gate(DRAFT), "送审无效")


def test_the_guards_roster_lacks_the_reviewer(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    shut(office.gate(DRAFT, people=without("审核乙")), "名册中没有“审核乙”")


def test_the_guards_roster_knows_no_one(office: Office) -> None:
    office.pass_(DRAFT)
    shut(office.gate(DRAFT, people=()), "没有人员名册")


def test_the_reviewers_term_had_ended(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    ended = Person("审核乙", "司法局", ("审核",), until=office.clock.today - timedelta(days=1))
    shut(office.gate(DRAFT, people=without("审核乙", ended)), "不在任")


def test_the_heads_term_had_not_begun(office: Office) -> None:
    office.pass_(DRAFT)
    later = Person("负责丙", "司法局", ("审核负责人",), since=office.clock.today + timedelta(days=1))
    shut(office.gate(DRAFT, people=without("负责丙", later)), "意见的签署无效")


def test_a_term_that_ended_after_the_act_does_not_undo_it(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    last = Person("审核乙", "司法局", ("审核",), until=office.clock.today)
    office.clock.pass_days(5)
    assert office.gate(DRAFT, people=without("审核乙", last)).open


def test_the_reviewer_belonged_to_the_drafting_unit_when_they_cleared(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    guards = office.config
    office.config = Config(people=without("起草甲", structs.replace(DRAFTER, unit="某单位")))
    office.config = guards
    with office.ledger.writing() as transaction:  # a client that does not ask for the unit
        body = {"unit": "农业农村局", "role": "审核", "account": "root", "finding": BLOCKING.fingerprint}
        body |= {"as": "mistaken", "severity": "blocking", "reason": "误报", "basis": []}
        transaction.append(sha(DRAFT), NewEvent(Kind.CLEARED, sha(DRAFT), "reviewing", "审核乙", body))
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "办理时“审核乙”属于“农业农村局”")


def test_a_mere_reviewer_signs(office: Office) -> None:
    office.under_review(DRAFT)
    with pytest.raises(NotEntitledError, match="审核负责人"):
        office.sign(DRAFT, by="审核乙")


def test_a_mere_reviewer_signs_by_a_roster_of_their_own(office: Office) -> None:
    office.under_review(DRAFT)
    guards = office.config
    office.config = Config(people=without("审核乙", Person("审核乙", "司法局", ("审核", "审核负责人"))))
    office.sign(DRAFT, by="审核乙")
    office.config = guards
    shut(office.gate(DRAFT), "意见的签署无效")


def test_the_drafting_units_own_reviewer_accepts_and_reviews_by_a_roster_of_their_own(office: Office) -> None:
    guards = office.config
    office.config = Config(people=without("内审庚", Person("内审庚", "司法局", ("审核", "审核负责人"))))
    office.accept(DRAFT, by="内审庚")
    office.review(DRAFT, by="内审庚")
    office.config = guards
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "受理无效", "审查无效")


def test_somebody_else_acts_in_the_heads_name(office: Office) -> None:
    office.pass_(DRAFT)
    bound = Person("负责丙", "司法局", ("审核负责人",), account="lijing")
    shut(office.gate(DRAFT, people=without("负责丙", bound)), "只能由系统账户 lijing")


def test_counsel_whom_only_the_recorders_roster_knows(office: Office, tmp_path: Path) -> None:
    profile = tmp_path / "place.toml"
    profile.write_text('name = "place"\ncounsel_required = true\n', encoding="utf-8")
    guards = office.config = structs.replace(office.config, corpora=CorporaTable(profile=profile))
    office.config = structs.replace(guards, people=without("顾问丁", Person("影子", "某所", ("法律顾问",))))
    office.under_review(DRAFT)
    office.step("顾问意见", DRAFT, "影子", note="合法")
    office.sign(DRAFT)
    office.config = guards
    shut(office.gate(DRAFT), "法律顾问的意见无效")


def test_no_counsel_where_the_guards_profile_requires_one(office: Office, tmp_path: Path) -> None:
    office.pass_(DRAFT)
    profile = tmp_path / "place.toml"
    profile.write_text('name = "place"\ncounsel_required = true\n', encoding="utf-8")
    shut(office.gate(DRAFT, corpora=CorporaTable(profile=profile)), "应当有法律顾问的意见")


# The opinion


def test_an_opinion_that_was_signed_before_a_further_review(office: Office) -> None:
    office.pass_(DRAFT)
    office.review(DRAFT)
    shut(office.gate(DRAFT), "复核")


def test_an_opinion_that_was_signed_before_the_last_clearing(office: Office) -> None:
    minor = finding(Severity.MINOR)
    office.under_review(DRAFT, minor)
    office.sign(DRAFT)
    office.clear(DRAFT, minor)
    shut(office.gate(DRAFT), "复核")


def test_an_opinion_that_asks_for_revision(office: Office) -> None:
    office.under_review(DRAFT)
    office.sign(DRAFT, asked="应当予以修改", reason="第三条表述不清")
    shut(office.gate(DRAFT), "结论是“应当予以修改”")


def test_an_opinion_that_finds_the_draft_unlawful(office: Office) -> None:
    vires = finding(rule="VIRES-001")
    office.under_review(DRAFT, vires)
    assert office.sign(DRAFT).opinion.conclusion == "不合法"  # type: ignore[union-attr]
    shut(office.gate(DRAFT), "结论是“不合法”")


def test_asking_for_a_milder_conclusion_than_the_record_allows(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    for asked in ("合法", "不属于审核范围"):
        with pytest.raises(LedgerError):
            office.sign(DRAFT, asked=asked, reason="急需")


# The review


@pytest.mark.parametrize(
    "table",
    [
        ReviewTable(ignore=("FEE",)),
        ReviewTable(select=("CERT",)),
        ReviewTable(packs=("certificates",)),
        ReviewTable(level=Rank.LOCAL_REGULATION),
    ],
    ids=["ignore", "select", "packs", "level"],
)
def test_a_review_narrowed_by_the_reviewers_configuration(office: Office, table: ReviewTable) -> None:
    office.config = structs.replace(office.config, review=table)
    office.pass_(DRAFT)
    assert office.gate(DRAFT).open
    shut(office.gate(DRAFT, review=ReviewTable()), "与本处配置不一致")


def test_a_review_with_a_catalogue_that_calls_a_repealed_law_current(office: Office, tmp_path: Path) -> None:
    overlay = tmp_path / "own.jsonl"
    overlay.write_text("", encoding="utf-8")
    office.config = structs.replace(office.config, corpora=CorporaTable(statutes=(overlay,)))
    office.pass_(DRAFT)
    assert office.gate(DRAFT).open
    shut(office.gate(DRAFT, corpora=CorporaTable()), "与本处配置不一致")
    overlay.write_text("\n", encoding="utf-8")
    shut(office.gate(DRAFT), "与本处配置不一致")


def test_a_review_by_a_laxer_profile(office: Office, tmp_path: Path) -> None:
    profile = tmp_path / "lax.toml"
    profile.write_text('name = "lax"\nvalidity_max_years = 99\n', encoding="utf-8")
    office.config = structs.replace(office.config, corpora=CorporaTable(profile=profile))
    office.pass_(DRAFT)
    shut(office.gate(DRAFT, corpora=CorporaTable()), "与本处配置不一致")


def test_a_review_that_had_a_further_pack_of_rules(office: Office, tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "rules" / "certificates", tmp_path / "own")
    pack = tmp_path / "own" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("name: certificates", "name: own"), encoding="utf-8")
    for rule in (tmp_path / "own").glob("CERT-*.yaml"):
        rule.unlink()
    office.pass_(DRAFT)
    shut(office.gate(DRAFT, packs=PacksTable((tmp_path / "own",))), "规则或者法规目录已经更新")


@pytest.mark.parametrize("changed", [{"rules_digest": "0" * 64}, {"version": "0.0.1"}, {"corpora_digest": "0" * 64}])
def test_a_review_with_other_rules(office: Office, changed: dict[str, str]) -> None:
    office.accept(DRAFT)
    report = structs.replace(reported(DRAFT, office.clock.today), **changed)
    office.registry.reviewed(report, "审核乙", options=options(office.config))
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "请重新审查")


def test_a_review_by_the_law_of_another_day(office: Office) -> None:
    office.accept(DRAFT)
    for days in (-400, -1, 1, 400):
        report = reported(DRAFT, office.clock.today + timedelta(days=days))
        with pytest.raises(LedgerError, match="不是今天"):
            office.registry.reviewed(report, "审核乙", options=options(office.config))


@pytest.mark.parametrize("days", [-30, 30])
def test_a_review_by_the_law_of_another_day_recorded_by_a_client_with_another_date(office: Office, days: int) -> None:
    office.accept(DRAFT)
    registry = structs.replace(office.registry, today=office.clock.today + timedelta(days=days))
    registry.reviewed(reported(DRAFT, registry.today), "审核乙", options=options(office.config))
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "不是审查当日")


def test_a_review_that_is_too_old(office: Office) -> None:
    office.pass_(DRAFT)
    office.clock.pass_days(90)
    assert office.gate(DRAFT).open
    office.clock.pass_days(1)
    shut(office.gate(DRAFT), "超过 90 日")


def test_a_catalogue_that_is_too_old(office: Office) -> None:
    office.profile = structs.replace(office.profile, review_valid_days=10_000)
    office.pass_(DRAFT)
    office.clock.pass_days(400)
    shut(office.gate(DRAFT), "法规目录截至")


def test_no_review_at_all(office: Office) -> None:
    office.accept(DRAFT)
    with pytest.raises(LedgerError):
        office.sign(DRAFT)
    shut(office.gate(DRAFT), "没有审查记录")


def test_a_review_of_another_draft_put_under_this_one(office: Office) -> None:
    office.accept(DRAFT)
    report = reported(OTHER, office.clock.today)
    with pytest.raises(LedgerError, match="没有这份送审稿"):
        office.registry.reviewed(report, "审核乙", options={})


def test_the_real_rules_find_what_the_gate_then_asks_for(office: Office) -> None:
    data = draft("申请人应当提交村民委员会出具的无犯罪记录证明。")
    office.accept(data)
    report = review(data, as_of=office.clock.today, package=HANDED_IN)
    office.registry.reviewed(report, "审核乙", options=options(office.config))
    assert office.sign(data).opinion.conclusion == "应当予以修改"  # type: ignore[union-attr]
    shut(office.gate(data), "CERT-", "没有处理")


# Acceptance and steps


def test_an_acceptance_without_materials(office: Office) -> None:
    office.submit(DRAFT, evidence=())
    with pytest.raises(LedgerError, match="缺少"):
        office.step("受理", DRAFT, "审核乙")
    forge(office, Kind.STEP, "accepted", "审核乙", {"step": "受理", "note": "", "evidence": []})
    office.review(DRAFT)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "送审材料缺少")


def test_an_acceptance_skipped(office: Office) -> None:
    office.submit(DRAFT)
    with pytest.raises(LedgerError, match="受理以后"):
        office.review(DRAFT)


@pytest.mark.parametrize(
    ("kind", "state", "body"),
    [
        (Kind.STEP, "gate_open", {"step": "征询回复", "note": "同意", "evidence": []}),
        (Kind.STEP, "gate_open", {"step": "直通", "note": "同意", "evidence": []}),
        (Kind.UNDONE, "gate_open", {"finding": BLOCKING.fingerprint, "event": "", "reason": "x"}),
        (Kind.LEDGER, "gate_open", {}),
        (Kind.OPINION, "filed", {"conclusion": "合法", "number": "", "reason": ""}),
    ],
)
def test_a_forged_state(office: Office, kind: Kind, state: str, body: dict[str, object]) -> None:
    office.under_review(DRAFT, BLOCKING)
    with pytest.raises(LedgerError, match="无法解读"):
        forge(office, kind, state, "负责丙", body)
    assert office.problems() == []


def test_a_forged_opinion_while_a_finding_stands(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    forge(office, Kind.OPINION, "gate_open", "负责丙", {"conclusion": "合法", "number": "", "reason": ""})
    shut(office.gate(DRAFT), "没有处理", "结论应当是“应当予以修改”")


def test_a_forged_clearance_that_calls_a_blocking_finding_lawful_without_a_basis(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    body = {"finding": BLOCKING.fingerprint, "as": "lawful", "severity": "blocking", "reason": "x", "basis": []}
    forge(office, Kind.CLEARED, "reviewing", "审核乙", body)
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "没有说明依据")


# The clock


def test_a_clock_set_back_at_the_gate(office: Office) -> None:
    office.pass_(DRAFT)
    office.clock.pass_days(-1)
    decision = office.gate(DRAFT)
    assert decision.verdict is Verdict.UNKNOWN
    shut(decision, "校正时钟")


def test_a_clock_set_back_by_the_writer(office: Office) -> None:
    office.under_review(DRAFT)
    office.clock.pass_days(-1)
    with pytest.raises(LedgerError, match="校正时钟"):
        office.sign(DRAFT)


def test_a_clock_a_little_slow_changes_nothing(office: Office) -> None:
    office.under_review(DRAFT)
    office.clock.moment -= timedelta(minutes=4)
    office.sign(DRAFT)
    assert office.gate(DRAFT).open
    assert office.problems() == []


# The ledger


def test_another_ledger(office: Office, tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "mine.db"), create=True, clock=office.clock) as mine:
        Office(mine, office.clock).pass_(DRAFT)
        decision = gate(
            DRAFT,
            ledger=mine,
            config=structs.replace(office.config, record=RecordTable(ledger_id=office.ledger.id)),
            clock=office.clock,
        )
    assert decision.verdict is Verdict.UNKNOWN
    shut(decision, "不是配置所指定的")


def test_the_pinned_ledger_itself_opens(office: Office) -> None:
    office.pass_(DRAFT)
    assert office.gate(DRAFT, record=RecordTable(ledger_id=office.ledger.id)).open


def test_an_empty_ledger(office: Office) -> None:
    shut(office.gate(DRAFT), "没有经过")


def test_a_ledger_emptied_by_hand(office: Office, place: str) -> None:
    office.pass_(DRAFT)
    pinned = office.ledger.id
    office.tamper("DELETE FROM events")
    with Ledger(place) as again:  # reading writes no new beginning
        assert list(again.all_events()) == []
    shut(office.gate(DRAFT), "没有经过")
    shut(office.gate(DRAFT, record=RecordTable(ledger_id=pinned)), "不是配置所指定的")


def test_no_ledger_where_it_should_be(office: Office, tmp_path: Path) -> None:
    decision = gate(DRAFT, ledger=str(tmp_path / "none.db"), config=office.config)
    assert decision.verdict is Verdict.UNKNOWN
    assert not (tmp_path / "none.db").exists()


def test_a_deleted_event(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    office.undo(DRAFT, BLOCKING)
    office.tamper("DELETE FROM events WHERE kind = 'undone'")
    shut(office.gate(DRAFT), "有记录被删除")
    assert office.problems()


def test_an_event_deleted_from_the_middle(office: Office) -> None:
    office.pass_(DRAFT, BLOCKING)
    office.pass_(OTHER)
    office.tamper('DELETE FROM events WHERE "case" = :case AND number = 3', case=sha(DRAFT))
    shut(office.gate(DRAFT), "缺少第 3 条")


def test_reordered_events(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.sign(DRAFT)
    office.clear(DRAFT, BLOCKING)
    for old, new in ((4, 104), (5, 4), (104, 5)):  # the clearing before the opinion
        office.tamper("UPDATE events SET seq = :new, number = :new WHERE seq = :old", old=old, new=new)
    shut(office.gate(DRAFT), "改动")


def test_events_swapped_between_two_drafts(office: Office) -> None:
    office.pass_(DRAFT)
    office.under_review(OTHER, BLOCKING)
    for old, new in ((sha(DRAFT), "x"), (sha(OTHER), sha(DRAFT)), ("x", sha(OTHER))):
        office.tamper('UPDATE events SET "case" = :new, draft = :new WHERE draft = :old', old=old, new=new)
    shut(office.gate(OTHER), "改动")


def test_an_edited_summary_row(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.tamper("UPDATE cases SET state = 'gate_open', blocking = 0")
    shut(office.gate(DRAFT), "没有处理")
    assert office.problems() == [f"送审稿 {sha(DRAFT)[:12]} 的汇总与记录不符，被改动过，或者有记录被删除。"]


def test_a_deleted_summary_row(office: Office) -> None:
    office.pass_(DRAFT)
    office.tamper("DELETE FROM cases")
    shut(office.gate(DRAFT), "汇总不符")


def test_a_finding_edited_out_of_the_stored_review(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    (body,) = [event.body for event in office.ledger.events(sha(DRAFT)) if event.kind == "reviewed"]
    office.tamper(
        "UPDATE events SET body = :body WHERE kind = 'reviewed'",
        body=json.dumps(json.loads(body) | {"findings": []}, sort_keys=True),
    )
    office.sign(DRAFT)
    shut(office.gate(DRAFT), "与其摘要不符")


def rewrite(office: Office, change: dict[int, dict[str, object]], upto: int | None = None) -> None:
    """Edit events by their seq and recompute the digests and links of this draft's case, as a forger would."""
    from legalcheck.record.events import canonical, digest

    own = office.ledger.events(sha(DRAFT))
    before: Event | None = None
    for event in own:
        fields = asdict(event) | change.get(event.seq, {})
        if isinstance(fields["body"], dict):
            fields["body"] = canonical(fields["body"])
        if before is not None:
            fields["case_prev"] = before.digest
            if before.seq == event.seq - 1:
                fields["prev"] = before.digest
        values = [value for name, value in fields.items() if name != "digest"]
        made = Event(*values, digest=digest(*values))
        assignments = ", ".join(f'"{name}" = :{name}' for name in asdict(made) if name != "seq")
        office.tamper(f"UPDATE events SET {assignments} WHERE seq = :seq", **asdict(made))
        before = made
    assert before is not None
    office.tamper('UPDATE cases SET digest = :digest WHERE "case" = :case', digest=before.digest, case=sha(DRAFT))


@pytest.mark.parametrize("whole", [2000, 2], ids=["small ledger", "large ledger"])
def test_a_forger_who_recomputes_one_drafts_chain(office: Office, monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    monkeypatch.setattr("legalcheck.record.verify.WHOLE", whole)
    office.pass_(DRAFT, BLOCKING)
    office.pass_(OTHER)
    assert office.gate(DRAFT).open
    reviewed = office.ledger.events(sha(DRAFT))[2]
    rewrite(office, {reviewed.seq: {"body": reviewed.data | {"findings": []}}})
    shut(office.gate(DRAFT), "接不上")
    assert office.problems()


def test_a_forger_who_mends_the_neighbours_link_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legalcheck.record.verify.WHOLE", 2)
    monkeypatch.setattr("legalcheck.record.verify.WINDOW", 2)
    office.pass_(DRAFT, BLOCKING)
    office.pass_(OTHER)
    own = office.ledger.events(sha(DRAFT))
    rewrite(office, {own[2].seq: {"body": own[2].data | {"findings": []}}})
    last = office.ledger.events(sha(DRAFT))[-1]
    office.tamper("UPDATE events SET prev = :prev WHERE seq = :seq", prev=last.digest, seq=last.seq + 1)
    shut(office.gate(DRAFT), "接不上")
    assert office.problems()


def test_an_event_put_far_ahead_to_make_the_ledger_look_large(office: Office) -> None:
    office.under_review(DRAFT, BLOCKING)
    office.sign(DRAFT)
    with office.ledger.reading() as connection:
        last = Event(*connection.execute(select(*events.columns).order_by(events.c.seq.desc()).limit(1)).one())
    values = asdict(last) | {"seq": 10**9, "number": 99, "case": "x"}
    names = ", ".join(f'"{name}"' for name in values)
    office.tamper(f"INSERT INTO events ({names}) VALUES ({', '.join(f':{name}' for name in values)})", **values)
    shut(office.gate(DRAFT), "缺少第")


def test_recorded_reports_name_what_the_gate_compares(office: Office) -> None:
    body = recorded(reported(DRAFT, date(2026, 11, 23)))
    assert (body["version"], len(body["rules"]), len(body["corpora"])) == (__version__, 64, 64)
