from datetime import date
from pathlib import Path

import pytest

from legalcheck.errors import UsageError
from legalcheck.rules import load
from legalcheck.rules.evaluation import Case, evaluate, read_cases

DAY = date(2026, 11, 23)
CASES = [
    Case("a", "申请摊位应当提交村委会出具的婚姻状况证明。", ("revoked_certificate",)),
    Case("b", "本镇的天气以晴为主。", ("revoked_certificate",)),
    Case("c", "不得要求提供村委会出具的婚姻状况证明。", ()),
    Case("d", "根据《中华人民共和国合同法》，制定本办法。", ()),
]


def test_scores_count_what_is_found_missed_and_reported_wrongly() -> None:
    result = evaluate(load(["certificates", "basis"]), CASES, DAY)
    assert (result.unlawful, result.detected, result.lawful, result.false_alarms) == (2, 1, 2, 1)
    score = result.categories["revoked_certificate"]
    assert (score.cases, score.named, score.wrong, score.recall, score.precision) == (2, 1, 0, 0.5, 1.0)
    assert result.categories["repealed_basis"].false_alarms == 1
    assert result.rules["BASIS-002"].precision == 0.0
    assert [o.case.id for o in result.outcomes if o.missed] == ["b"]
    assert [o.case.id for o in result.outcomes if o.false_alarm] == ["d"]


def test_a_case_file_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "1", "text": "甲。", "label": []}\n\n{"id": "2"}\n', "utf-8")
    with pytest.raises(UsageError, match="第 3 行"):
        read_cases(path)
    path.write_text('{"id": "1", "text": "甲。", "label": ["form"], "level": "dept_rule"}\n', "utf-8")
    assert read_cases(path)[0].level == "dept_rule"
