"""Checks that compare dates, versions and ranks."""

from __future__ import annotations

from datetime import date

import pytest

from legalcheck import check_passage

TODAY = date(2026, 11, 23)


def rules(text: str, level: str = "normative", as_of: date = TODAY) -> set[str]:
    return {finding.rule for finding in check_passage(text, level=level, as_of=as_of)}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("征求意见自2026年3月1日起至3月20日止。", True),
        ("征求意见自2026年3月1日起至3月30日止。", False),
        ("征求意见自12月20日起至次年的2027年1月25日止。", False),
        ("意见稿于5月6日挂网，5月12日下线。", True),
        ("意见稿于5月6日挂网，5月12日召开座谈会。", False),
        ("因突发疫情，征求意见自3月1日至3月5日。", False),
        ("征求意见自2月30日至3月5日。", False),
    ],
)
def test_a_consultation_is_as_long_as_its_dates_say(text: str, short: bool) -> None:
    assert ("PROC-001" in rules(text)) is short


def test_a_repealed_statute_bars_what_rests_on_it_and_only_dates_what_does_not() -> None:
    text = "根据《中华人民共和国合同法》，制定本条例。"
    severities = {
        level: {f.rule: f.severity for f in check_passage(text, level=level) if f.category == "repealed_basis"}
        for level in ("normative", "local_rule", "local_regulation", "admin_regulation")
    }
    assert severities == {
        "normative": {"BASIS-002": "blocking"},
        "local_rule": {"BASIS-002": "blocking"},
        "local_regulation": {"BASIS-102": "major"},
        "admin_regulation": {"BASIS-102": "major"},
    }


def test_an_old_article_number_is_told_from_the_day_on_which_the_revision_holds() -> None:
    text = "买卖、转让文物的，依照《中华人民共和国文物保护法》第七十一条的规定处罚。"
    assert "BASIS-003" in rules(text)
    assert "BASIS-003" not in rules(text, as_of=date(2025, 2, 1))


def test_a_number_that_fits_what_now_stands_there_is_left_alone() -> None:
    text = "对伪造、变造有关证件的，依照《中华人民共和国文物保护法》第七十一条颁发许可证。"
    assert "BASIS-003" not in rules(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("本办法自2025年3月1日起施行。（二〇二六年五月二十日印发）", "FORM-102"),
        ("本通告发布于2026年5月8日，自2026年1月1日起执行。本通告自2026年1月1日起施行。", "FORM-102"),
        ("收养登记依照原《中华人民共和国收养法》第十五条的规定办理。", "BASIS-002"),
    ],
)
def test_dates_in_words_and_former_statutes_applied(text: str, rule: str) -> None:
    assert rule in rules(text)


def test_a_line_that_ends_in_issued_lends_its_word_to_no_date_of_the_next() -> None:
    history = "2001年6月15日第306号令公布\n2002年12月28日第一次修订\n第一条 本办法自2001年7月1日起施行。"
    assert "FORM-102" not in rules(history)


def test_former_statute_told_as_history_stays() -> None:
    assert "BASIS-002" not in rules("施行前依照原《中华人民共和国收养法》成立的收养关系，继续有效。")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("当事人应当自收到决定书之日起十日内申请行政复议，逾期不再受理。", True),
        ("当事人可以自收到决定书之日起六十日内申请行政复议，逾期不再受理。", False),
        ("不得要求当事人在十日内申请行政复议。", False),
    ],
)
def test_what_follows_a_missed_period_does_not_undo_it(text: str, wrong: bool) -> None:
    assert ("BASIS-007" in rules(text)) is wrong


@pytest.mark.parametrize(
    ("text", "worse"),
    [
        ("职工本人应当在半年内（一百八十日内）提出工伤认定申请。", True),
        ("用人单位应当在三十日内提出工伤认定申请。", False),
        ("当事人于3月5日提出听证申请。", False),
        ("征收土地预公告时间为十个工作日。", False),
        ("征收土地预公告时间为五个工作日。", True),
        ("劳动合同期限一年的，试用期为四个月。", True),
        ("劳动合同期限三个月以上不满一年的，试用期为一个月。", False),
    ],
)
def test_a_statutory_period_is_compared_where_the_clause_speaks_of_it(text: str, worse: bool) -> None:
    assert ("BASIS-007" in rules(text)) is worse
