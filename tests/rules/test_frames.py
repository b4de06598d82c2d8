"""Sentence frames: one `when` that stands for every wording of a kind of provision."""

from pathlib import Path

import pytest

from legalcheck.corpora.lexicon import lexicon_file
from legalcheck.errors import RuleError
from legalcheck.review import check_passage
from legalcheck.rules import load
from legalcheck.rules.frames import expand, reading

PACK = "name: own\ntitle: 自有规则\nversion: 1.0.0\njurisdiction: 临江镇\nfooting: 内部要求\n"
RULE = """id: OWN-001
title: 以投票为前提
severity: minor
category: form
provenance: memory
when: "{when}"
ground:
  - {{title: 立法法}}
message: 以投票作为从事活动的前提
advice: 建议删除。
examples:
  violates: [未经投票的不得营业。, 店铺投票未通过的，不得营业。, 商户经投票后方可营业。]
  passes: [商户可以投票。, 投票结果公示三日。, 由村民投票。]
"""


def own_pack(folder: Path, when: str) -> Path:
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    (folder / "OWN-001.yaml").write_text(RULE.format(when=when), "utf-8")
    return folder


def test_a_frame_stands_for_all_its_patterns_with_what_the_rule_puts_in() -> None:
    patterns = list(expand("gate of {file}"))
    assert len(patterns) == len(lexicon_file("frames")["gate"]["when"])
    assert all("{file}" in pattern and "{it}" not in pattern for pattern in patterns)


def test_alternatives_put_in_are_bracketed() -> None:
    assert all("(投票|表决)" in pattern for pattern in expand("gate of 投票|表决"))


def test_a_pattern_without_a_frame_stands_for_itself() -> None:
    assert list(expand("{must}…{file}")) == ["{must}…{file}"]


def test_a_frame_is_shown_in_words() -> None:
    assert reading("gate of {file}") == "先过“{file}”这一关才能从事活动"


def test_an_unknown_frame_is_told_with_those_there_are() -> None:
    with pytest.raises(RuleError, match=r"没有名为“door”的句式.*gate"):
        list(expand("door of {file}"))


@pytest.mark.parametrize(
    "text", ["未经投票的不得营业。", "店铺投票未通过的，不得营业。", "商户经投票后方可营业。", "开业前应当投票。"]
)
def test_a_rule_of_ones_own_says_a_frame_once_and_finds_every_wording(text: str, tmp_path: Path) -> None:
    folder = own_pack(tmp_path, "gate of 投票")
    assert [f.rule for f in check_passage(text, packs=[], extra_packs=[folder])] == ["OWN-001"]


def test_a_rule_file_with_an_unknown_frame_is_told_by_its_path(tmp_path: Path) -> None:
    folder = own_pack(tmp_path, "door of 投票")
    with pytest.raises(RuleError, match=r"OWN-001\.yaml"):
        load([], [folder])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("村民不听劝告的，一律劝离会场。", "RIGHT-101"),
        ("果园换种品种，须由镇水果办过目。", "PERM-101"),
    ],
)
def test_the_rules_for_what_no_other_rule_names_give_way_to_those_that_do(text: str, rule: str) -> None:
    assert [f.rule for f in check_passage(text)] == [rule]
    named = check_passage("未经镇人民政府批准不得摆摊；商户违规经营的，吊销营业执照。")
    assert {"PERM-001", "PEN-004"} <= {f.rule for f in named}
    assert not {"RIGHT-101", "PERM-101"} & {f.rule for f in named}
