"""All drafts at a glance, and the working days that their terms are counted in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import MATERIALS, Office, draft, finding, sha

from legalcheck.record.registry import Submission
from legalcheck.record.status import overview
from legalcheck.record.steps import State
from legalcheck.record.workdays import after, between, is_workday
from legalcheck.rules.finding import Severity

DRAFT = draft()
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # Saturday before 春节, made up
        (date(2026, 2, 16), False),  # 除夕
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday after 春节, made up
        (date(2026, 9, 20), True),  # Sunday before 国庆, made up
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday after 国庆, made up
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
    ],
)
def test_working_days_follow_the_state_councils_calendar(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_years_without_a_published_calendar_count_monday_to_friday() -> None:
    assert is_workday(date(2035, 10, 1)) is True
    assert is_workday(date(2035, 10, 6)) is False
    assert is_workday(date(1990, 1, 1)) is True


def test_a_term_over_the_spring_festival_skips_the_holiday() -> None:
    assert after(date(2026, 2, 13), 5) == date(2026, 2, 27)  # 14th, then 24th to 27th


def test_the_day_on_which_a_term_begins_does_not_count() -> None:
    assert after(date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert between(date(2026, 11, 23), date(2026, 11, 23)) == 0


@given(DAYS, st.integers(1, 60))
def test_counting_a_term_and_counting_its_days_agree(start: date, days: int) -> None:
    end = after(start, days)
    assert is_workday(end)
    assert between(start, end) == days
    assert between(end, start) == -days


def submitted(office: Office, number: int, title: str = "办法") -> str:
    name = f"{number:064x}"
    office.registry.step("送审", Submission(name, title), "起草甲", evidence=MATERIALS)
    return name


def test_drafts_are_listed_by_urgency_those_without_a_term_last(office: Office) -> None:
    late, soon, new = (submitted(office, number) for number in (3, 2, 1))
    office.registry.step("受理", late, "审核乙")
    office.clock.pass_days(7)
    office.registry.step("受理", soon, "审核乙")
    found = overview(office.ledger, office.clock.today)
    assert [row.case for row in found.rows] == [late, soon, new]
    assert [row.days for row in found.rows] == [10, 15, None]
    assert [row.waits_for for row in found.rows] == ["审核人员审查", "审核人员审查", "受理或者退回"]
    assert found.total == 3
    assert found.counts == ((State.SUBMITTED, 1), (State.ACCEPTED, 2))


def test_overdue_days_are_negative(office: Office) -> None:
    office.accept(DRAFT)
    (row,) = overview(office.ledger, date(2026, 12, 16)).rows
    assert (row.due, row.days) == (date(2026, 12, 14), -2)


def test_a_row_counts_what_still_stands(office: Office) -> None:
    major = finding(Severity.MAJOR, "其他", "CERT-003")
    office.under_review(DRAFT, finding(), major, finding(Severity.MINOR, "措辞", "FORM-001"))
    office.clear(DRAFT, major)
    (row,) = overview(office.ledger, office.clock.today).rows
    assert (row.blocking, row.major, row.title, row.unit) == (1, 0, "示例市养犬管理办法（送审稿）", "农业农村局")


def test_finished_drafts_are_left_out_unless_asked_for(office: Office) -> None:
    office.pass_(DRAFT)
    office.step("审议通过", DRAFT, "文书戊", note="第3次常务会议")
    submitted(office, 1)
    assert [row.state for row in overview(office.ledger, office.clock.today).rows] == [State.SUBMITTED]
    everything = overview(office.ledger, office.clock.today, finished=True)
    assert {row.case for row in everything.rows} == {sha(DRAFT), f"{1:064x}"}
    assert everything.total == 2


def test_the_limit_cuts_the_rows_and_not_the_total(office: Office) -> None:
    for number in range(5):
        submitted(office, number)
    found = overview(office.ledger, office.clock.today, limit=2)
    assert (len(found.rows), found.total) == (2, 5)


def test_an_empty_ledger_has_an_empty_overview(office: Office) -> None:
    found = overview(office.ledger, office.clock.today, finished=True)
    assert (found.rows, found.total, found.counts) == ((), 0, ())


def test_the_days_left_stop_counting_when_the_review_is_over(office: Office) -> None:
    office.pass_(DRAFT)
    (row,) = overview(office.ledger, office.clock.today + timedelta(days=60)).rows
    assert (row.state, row.due, row.days) == (State.GATE_OPEN, None, None)
