"""The review as a whole: scope, order, fingerprints, determinism."""

from datetime import date, datetime
from pathlib import Path

import pytest

import legalcheck
from legalcheck.document import from_text
from legalcheck.errors import UsageError
from legalcheck.review import examine_all

DAY = date(2026, 11, 23)
DRAFT = """临江镇集贸市场管理办法
第一条 为加强集贸市场管理，根据《中华人民共和国合同法》，制定本办法。
第二条 经营户申请摊位，应当提交下列材料：
（一）居民身份证；
（二）村委会出具的婚姻状况证明。
第三条 未经镇人民政府批准，任何人不得在市场内摆摊经营。
第四条 本办法自2026年12月1日起施行，有效期5年。
"""
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def findings(text: str, **options: object) -> list[legalcheck.Finding]:
    return list(legalcheck.review(from_text(text), as_of=DAY, **options).findings)  # type: ignore[arg-type]


def by_rule(text: str) -> dict[str, legalcheck.Finding]:
    return {finding.rule: finding for finding in findings(text)}


def test_findings_say_where_what_and_why() -> None:
    found = by_rule(DRAFT)
    certificate = found["CERT-001"]
    assert str(certificate.location) == "第二条第（二）项"
    assert certificate.quote == "村委会出具的婚姻状况证明。"
    assert "婚姻状况证明" in certificate.matched
    assert [certificate.quote[a:b] for a, b in certificate.marks][-1] == "婚姻状况证明"
    assert "婚姻状况证明" in certificate.message
    assert certificate.severity is legalcheck.Severity.BLOCKING
    assert [ground.text for ground in certificate.ground][1] == "《优化营商环境条例》第四十四条"
    assert str(found["PERM-001"].location) == "第三条"
    assert str(found["BASIS-002"].location) == "第一条"


def test_findings_stand_in_reading_order_and_are_the_same_every_time() -> None:
    first, second = findings(DRAFT), findings(DRAFT)
    assert first == second
    places = [(f.location.paragraph if f.location.paragraph is not None else -1, f.location.start) for f in first]
    assert places == sorted(places)


def test_fingerprints_survive_edits_elsewhere_and_lapse_when_the_clause_changes() -> None:
    before = by_rule(DRAFT)["CERT-001"].fingerprint
    elsewhere = DRAFT.replace("临江镇集贸市场管理办法\n", "临江镇集贸市场管理办法\n（征求意见稿）\n")
    assert by_rule(elsewhere)["CERT-001"].fingerprint == before
    changed = DRAFT.replace("村委会出具的婚姻状况证明", "村委会出具的单身证明")
    assert by_rule(changed)["CERT-001"].fingerprint != before


def test_every_finding_of_a_draft_has_a_fingerprint_of_its_own() -> None:
    twice = DRAFT.replace("（一）居民身份证；", "（一）村委会出具的婚姻状况证明。")
    prints = [f.fingerprint for f in findings(twice)]
    assert len(prints) == len(set(prints))


def test_a_statute_repealed_later_is_no_finding_as_of_an_earlier_day() -> None:
    report = legalcheck.review(from_text(DRAFT), as_of=date(2019, 5, 1))
    assert "BASIS-002" not in {finding.rule for finding in report.findings}


def test_packs_and_rules_can_be_chosen() -> None:
    assert {f.rule for f in findings(DRAFT, packs=["basis"])} >= {"BASIS-002"}
    assert all(f.rule.startswith("BASIS") for f in findings(DRAFT, packs=["basis"]))
    assert [f.rule for f in findings(DRAFT, select=["CERT-001"])] == ["CERT-001"]
    assert "CERT-001" not in {f.rule for f in findings(DRAFT, ignore=["CERT"])}


def test_a_rank_that_holds_the_power_is_not_reported_for_using_it() -> None:
    passage = "未经镇人民政府批准，任何单位和个人不得在集镇范围内摆摊设点。"
    assert any(f.rule == "PERM-001" for f in legalcheck.check_passage(passage))
    assert not any(f.rule == "PERM-001" for f in legalcheck.check_passage(passage, level="local_regulation"))
    with pytest.raises(UsageError, match="normative"):
        legalcheck.check_passage(passage, level="village")


def test_a_rank_that_holds_the_power_within_limits_is_asked_to_check_them() -> None:
    passage = "未经镇人民政府批准，任何单位和个人不得在集镇范围内摆摊设点。"
    (found,) = [f for f in legalcheck.check_passage(passage, level="local_rule") if f.rule == "PERM-001"]
    assert found.severity is legalcheck.Severity.MINOR
    assert "请核对" in found.message


def test_a_yearly_report_is_out_of_scope_and_yields_no_finding() -> None:
    text = "\n".join(
        [
            "临江镇人民政府关于2025年法治政府建设情况的报告",
            "县人民政府：",
            "现将有关情况报告如下：",
            "一、工作推进情况",
            "（一）深化改革。清理奇葩证明，非行政许可审批事项全部取消。",
            "二、下一步打算",
            "继续加强学习。",
            "特此报告。",
        ]
    )
    report = legalcheck.review(from_text(text), as_of=DAY)
    assert report.scope.verdict is legalcheck.ScopeVerdict.OUT_OF_SCOPE
    assert report.scope.reasons
    assert report.findings == ()
    assert legalcheck.check_passage("清理“奇葩证明”，非行政许可审批事项全部取消。") == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data beside the repository")
def test_the_seed_report_made_into_a_docx_is_a_report_out_of_scope(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in (SHARED / "cases" / "seed_report.txt").read_text("utf-8").splitlines():
        document.add_paragraph(line)
    path = tmp_path / "report.docx"
    document.save(str(path))
    report = legalcheck.review(path, as_of=DAY)
    assert report.metadata.kind == "报告"
    assert report.scope.verdict is legalcheck.ScopeVerdict.OUT_OF_SCOPE
    assert report.findings == ()


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data beside the repository")
def test_the_three_named_packs_reach_their_goals_on_the_labelled_cases() -> None:
    from legalcheck.rules import load
    from legalcheck.rules.evaluation import evaluate, read_cases

    result = evaluate(load(["certificates", "approvals", "basis"]), read_cases(SHARED / "cases" / "dev.jsonl"), DAY)
    wanted = ("revoked_certificate", "non_permit_approval", "unlawful_permit", "repealed_basis")
    scores = [result.categories[name] for name in wanted]
    assert sum(s.named for s in scores) / sum(s.cases for s in scores) >= 0.85
    assert result.false_alarms / result.lawful <= 0.08


def test_the_day_may_be_a_moment_and_must_be_a_day() -> None:
    assert legalcheck.review(from_text(DRAFT), as_of=datetime(2026, 11, 23, 9, 30)).as_of == DAY
    assert legalcheck.check_passage("本办法自公布之日起施行。", as_of=datetime(2026, 11, 23)) == []
    for review in (legalcheck.review, legalcheck.check_passage):
        with pytest.raises(UsageError, match="as_of 应当是日期"):
            review("x.docx" if review is legalcheck.check_passage else from_text(DRAFT), as_of="2026-11-23")  # type: ignore


def test_drafts_looked_through_together_are_reviewed_as_each_alone() -> None:
    silent = DRAFT.replace("未经镇人民政府批准，任何人不得在市场内摆摊经营", "经营户自主决定营业时间")
    drafts = [from_text(text) for text in (DRAFT, "请示\n妥否，请批示。", silent, DRAFT)]
    together = examine_all(drafts, as_of=DAY)
    reports = [report for report, _ in together]
    assert reports == [legalcheck.review(draft, as_of=DAY) for draft in drafts]
    assert len(reports[0].findings) > len(reports[2].findings) > 0
