"""The rule by which a document is to be repealed, amended or kept."""

from __future__ import annotations

from datetime import date

import pytest

from legalcheck.document.model import Metadata
from legalcheck.sweep.validity import expiry, year_of
from legalcheck.sweep.verdict import Basis, Facts, Problem, Verdict, judge

DAY = date(2026, 11, 23)
ALIVE, HEIR, DEAD = (
    Basis("甲法", True),
    Basis("乙法", False, "2021-01-01", "丙法"),
    Basis("丁办法", False, "2021-01-01"),
)


@pytest.mark.parametrize(
    ("facts", "verdict", "said"),
    [
        (Facts(), Verdict.KEEP, ""),
        (Facts(state="unreadable", error="打不开"), Verdict.UNREAD, "打不开"),
        (Facts(scope="out_of_scope", scope_reasons="是报告"), Verdict.OUTSIDE, "是报告"),
        (Facts(scope="unclear"), Verdict.KEEP, ""),
        (Facts(expires=date(2026, 11, 23)), Verdict.REPEAL, "有效期已满，自2026-11-23起失效"),
        (Facts(expires=date(2026, 11, 24)), Verdict.KEEP, ""),
        (Facts(replaced_by="新办法"), Verdict.REPEAL, "已被《新办法》废止"),
        (Facts(bases=(DEAD,)), Verdict.REPEAL, "唯一的制定依据《丁办法》已废止，没有替代的规定"),
        (Facts(bases=(DEAD, DEAD)), Verdict.REPEAL, "制定依据《丁办法》《丁办法》均已废止，没有替代的规定"),
        (Facts(bases=(DEAD, ALIVE)), Verdict.KEEP, ""),
        (Facts(bases=(DEAD, HEIR)), Verdict.KEEP, ""),
        (Facts(bases=(HEIR,)), Verdict.KEEP, ""),
        (Facts(provisions=6, blocked=3), Verdict.REPEAL, "6条实质性规定中有3条存在必须改正的问题"),
        (Facts(provisions=7, blocked=3), Verdict.KEEP, ""),
        (Facts(provisions=2, blocked=2), Verdict.KEEP, ""),
        (
            Facts(problems=(Problem("blocking", "违法收费", 2), Problem("major", "免责条款", 1))),
            Verdict.AMEND,
            "必须改正2处（违法收费）；应当修改1处（免责条款）",
        ),
    ],
)
def test_the_rule(facts: Facts, verdict: Verdict, said: str) -> None:
    found, reasons = judge(facts, DAY)
    assert (found, "；".join(reasons)) == (verdict, said)


def test_what_is_to_be_repealed_tells_its_other_faults_too() -> None:
    facts = Facts(replaced_by="新办法", problems=(Problem("blocking", "违法收费", 1),))
    assert judge(facts, DAY) == (Verdict.REPEAL, ("已被《新办法》废止", "必须改正1处（违法收费）"))


@pytest.mark.parametrize(
    ("validity", "began", "ends"),
    [
        ("五年", date(2021, 3, 1), date(2026, 3, 1)),
        ("2年", date(2024, 2, 29), date(2026, 2, 28)),
        ("六个月", date(2026, 8, 31), date(2027, 2, 28)),
        ("2030年12月31日", None, date(2031, 1, 1)),
        ("五年", None, None),
        ("长期", date(2021, 3, 1), None),
        ("", date(2021, 3, 1), None),
    ],
)
def test_validity_ends_on_its_day(validity: str, began: date | None, ends: date | None) -> None:
    assert expiry(Metadata(validity=validity, effective_date=began)) == ends


def test_the_year_is_that_of_the_number_first() -> None:
    assert year_of(Metadata(document_number="青府发〔2019〕3号", document_date=date(2020, 1, 2))) == 2019
    assert year_of(Metadata(document_date=date(2020, 1, 2), effective_date=date(2021, 1, 1))) == 2020
    assert year_of(Metadata()) is None
