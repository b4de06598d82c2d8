"""Resolution as of a date: what is in force, repealed, amended, misspelt or unknown, and why."""

from __future__ import annotations

from datetime import date

import pytest

from legalcheck.citations import ClauseStatus, Resolution, Status, basis_levels, citations, find, resolve
from legalcheck.corpora.statutes import Provenance, StatuteLevel

TODAY = date(2026, 11, 23)


def resolved(text: str, as_of: date = TODAY) -> Resolution:
    (one,) = find(text)
    return resolve(one, as_of)


def test_a_law_in_force_resolves_with_its_article() -> None:
    found = resolved("根据《行政许可法》第十七条")
    assert found.status is Status.IN_FORCE
    assert found.level is StatuteLevel.LAW
    assert found.alive
    assert [v.status for v in found.clauses] == [ClauseStatus.OK]


@pytest.mark.parametrize(
    ("text", "on", "successor"),
    [
        ("依据《中华人民共和国合同法》第五十二条", date(2021, 1, 1), "中华人民共和国民法典"),
        ("根据《物权法》", date(2021, 1, 1), "中华人民共和国民法典"),
        ("参照《城市房屋拆迁管理条例》执行", date(2011, 1, 21), "国有土地上房屋征收与补偿条例"),
        ("依照《婚姻登记管理条例》", date(2003, 10, 1), "婚姻登记条例"),
    ],
)
def test_a_repealed_statute_says_when_and_what_came_after(text: str, on: date, successor: str) -> None:
    found = resolved(text)
    assert found.status is Status.REPEALED
    assert not found.alive
    assert found.repealed_on == on
    assert found.successor == successor


def test_the_day_of_review_decides() -> None:
    assert resolved("《合同法》第五十二条", date(2020, 12, 31)).status is Status.IN_FORCE
    assert resolved("《合同法》第五十二条", date(2021, 1, 1)).status is Status.REPEALED
    assert resolved("《民法典》第五条", date(2020, 12, 31)).status is Status.NOT_YET_EFFECTIVE


def test_a_statute_promulgated_but_not_in_force_is_said_to_be_so() -> None:
    found = resolved("《耕地保护和质量提升法》第三条")
    assert found.status is Status.NOT_YET_EFFECTIVE
    assert found.effective == date(2027, 1, 1)


def test_a_pending_version_counts_from_its_first_day() -> None:
    article = "《农业法》第一百零一条"
    assert resolved(article).clauses[0].status is ClauseStatus.NO_SUCH_ARTICLE
    assert resolved(article, date(2027, 1, 1)).clauses[0].status is ClauseStatus.OK


def test_an_article_beyond_the_text_does_not_exist() -> None:
    verdict = resolved("依照《行政许可法》第九十条").clauses[0]
    assert verdict.status is ClauseStatus.NO_SUCH_ARTICLE
    assert verdict.articles == 83


def test_an_item_the_article_does_not_have_is_named() -> None:
    beyond = resolved("《公平竞争审查条例》第八条第七项").clauses[0]
    assert (beyond.status, beyond.items) == (ClauseStatus.NO_SUCH_ITEM, 5)
    assert resolved("《公平竞争审查条例》第八条第（五）项").clauses[0].status is ClauseStatus.OK
    assert resolved("《行政许可法》第八条第（七）项").clauses[0].status is ClauseStatus.NO_SUCH_ITEM
    paragraph = resolved("《行政许可法》第八条第三款").clauses[0]
    assert (paragraph.status, paragraph.paragraphs) == (ClauseStatus.NO_SUCH_PARAGRAPH, 2)


def test_articles_are_not_trusted_where_the_counted_text_is_older() -> None:
    found = resolved("《殡葬管理条例》第三十条")
    assert found.status is Status.AMENDED
    assert found.clauses[0].status is ClauseStatus.CANNOT_TELL
    assert found.caveats


def test_a_cited_edition_is_held_against_its_own_text() -> None:
    older = resolved("《保守国家秘密法》（2010年修订）第六十条")
    assert older.status is Status.AMENDED
    assert older.clauses[0].status is ClauseStatus.NO_SUCH_ARTICLE
    assert older.clauses[0].articles == 53
    unseen = resolved("《行政处罚法》（2017年修正）第八条")
    assert unseen.clauses[0].status is ClauseStatus.CANNOT_TELL
    assert resolved("《行政处罚法》（2021年修订）第八条").clauses[0].status is ClauseStatus.OK


def test_a_misspelt_title_gets_a_suggestion_with_its_score() -> None:
    found = resolved("根据《公平竞争审查条列》第八条")
    assert found.status is Status.UNKNOWN
    assert found.suggestion is not None
    assert found.suggestion.title == "公平竞争审查条例"
    assert found.suggestion.score >= 80


def test_the_wrong_kind_of_instrument_gets_a_suggestion() -> None:
    found = resolved("《行政处罚条例》")
    assert found.suggestion is not None
    assert found.suggestion.title == "中华人民共和国行政处罚法"


@pytest.mark.parametrize(
    "text", ["《管理办法》", "《某某镇环境卫生管理办法》", "《营业执照》", "《北京市某某事项若干规定》"]
)
def test_what_is_merely_unknown_gets_none(text: str) -> None:
    found = resolved(text)
    assert found.status is Status.UNKNOWN
    assert found.suggestion is None


def test_number_and_title_that_disagree_are_reported_with_the_right_number() -> None:
    assert resolved("《优化营商环境条例》（国务院令第713号）").number_mismatch == "国务院令第722号"
    assert resolved("《优化营商环境条例》（国务院令第722号）").number_mismatch == ""


def test_no_mismatch_is_claimed_where_numbers_are_incomplete_or_recalled() -> None:
    assert resolved("《殡葬管理条例》（国务院令第628号）").number_mismatch == ""
    assert resolved("《公平竞争审查条例》（国务院令第1号）").number_mismatch == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("国务院令第722号", "优化营商环境条例"),
        ("国发[2015]27号", "国务院关于取消非行政许可审批事项的决定"),
        ("公通字〔201621号", "关于改进和规范公安派出所出具证明工作的意见"),
        ("GB/T 9704-2012", "党政机关公文格式"),
    ],
)
def test_a_number_alone_resolves(text: str, title: str) -> None:
    found = resolved(text)
    assert found.statute is not None
    assert found.statute.title == title


def test_a_verdict_from_memory_says_so() -> None:
    found = resolved("《中华人民共和国农业税条例》")
    assert found.status is Status.REPEALED
    assert found.provenance is Provenance.MEMORY


def test_a_declared_abbreviation_resolves_to_its_title() -> None:
    found = citations("《合同法》（以下简称《本旧法》）已失效。根据《本旧法》第三条处理。", TODAY)
    assert [one.resolution.status for one in found] == [Status.REPEALED, Status.REPEALED]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("《某某市养犬管理条例》", StatuteLevel.LOCAL_REGULATION),
        ("《某省某事项办法》（某省人民政府令第12号）", StatuteLevel.LOCAL_RULE),
        ("某部令第3号", StatuteLevel.DEPT_RULE),
        ("国办发〔1999〕999号", StatuteLevel.STATE_COUNCIL_DOCUMENT),
        ("某镇府发〔2020〕3号", StatuteLevel.NORMATIVE),
        ("《某某事项的通知》", StatuteLevel.NORMATIVE),
    ],
)
def test_the_level_of_an_unknown_instrument_is_inferred_from_its_form(text: str, level: StatuteLevel) -> None:
    found = resolved(text)
    assert (found.status, found.level, found.level_inferred) == (Status.UNKNOWN, level, True)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("依照《食品安全法》第一百二十四条的规定处罚", {StatuteLevel.LAW}),
        (
            "按照《优化营商环境条例》和《某某市若干规定条例》办理",
            {StatuteLevel.ADMIN_REGULATION, StatuteLevel.LOCAL_REGULATION},
        ),
        ("符合《城乡规划法》要求的", {StatuteLevel.LAW}),
        ("《道路交通安全法》规定的情形", {StatuteLevel.LAW}),
        ("依照行政处罚法的规定处理", {StatuteLevel.LAW}),
        ("依据某镇府发〔2020〕3号收取", {StatuteLevel.NORMATIVE}),
        ("根据《合同法》处理", set()),
        ("贯彻《食品安全法》", set()),
        ("违反《食品安全法》的", set()),
        ("依法予以处罚", set()),
        ("违反本办法第三条的，处罚款", set()),
    ],
)
def test_the_levels_a_sentence_rests_on(text: str, levels: set[StatuteLevel]) -> None:
    assert basis_levels(text, TODAY) == levels
