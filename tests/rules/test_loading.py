"""Broken packs are told by file and line, in Chinese."""

import re
from pathlib import Path

import pytest

from legalcheck.errors import RuleError
from legalcheck.review import check_passage
from legalcheck.rules import builtin_packs, load
from legalcheck.rules.lexicons import lexicons
from legalcheck.rules.model import placeholders

PACK = "name: own\ntitle: 自有规则\nversion: 1.0.0\njurisdiction: 临江镇\nfooting: 内部要求\n"
RULE = """id: OWN-001
title: 使用“有关部门”
severity: minor
category: form
provenance: memory
when: "由有关部门"
ground:
  - {title: 立法法}
message: 没有写明部门名称
advice: 建议写明部门名称。
examples:
  violates: [由有关部门处理。, 由有关部门负责。, 其他由有关部门决定。]
  passes: [由财政部门处理。, 由民政部门负责。, 由镇人民政府决定。]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pack.yaml").write_text(PACK, "utf-8")
    (tmp_path / "OWN-001.yaml").write_text(RULE, "utf-8")
    return tmp_path


def test_a_pack_of_ones_own_is_loaded_beside_the_built_in_ones(folder: Path) -> None:
    rules = load(["basis"], [folder])
    assert [pack.name for pack in rules.packs] == ["basis", "own"]
    assert rules.pack(rules["OWN-001"]).path("OWN-001") == folder / "OWN-001.yaml"
    assert [f.rule for f in check_passage("由有关部门处理。", packs=[], extra_packs=[folder])] == ["OWN-001"]


@pytest.mark.parametrize(("own", "level"), [("", "normative"), ("ranks: [law]\n", "law")])
def test_the_ranks_of_a_pack_hold_for_rules_that_name_none(folder: Path, own: str, level: str) -> None:
    (folder / "pack.yaml").write_text(PACK + "ranks: [normative]\n", "utf-8")
    (folder / "OWN-001.yaml").write_text(own + RULE, "utf-8")
    for rank in ("normative", "law"):
        found = check_passage("由有关部门处理。", packs=[], extra_packs=[folder], level=rank)
        assert bool(found) is (rank == level)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity: minor", "severity: terrible", r"第 3 行.*severity"),
        ("category: form", "kategory: form", r"第 6 行|第 1 行|kategory"),
        ("severity: minor", "severity: blocking", "凭记忆"),
        ("由财政部门处理。, ", "", "examples"),
        ('由有关部门"', '{nowhere}"', "nowhere"),
        ('由有关部门"', '由["', "正则"),
        ("id: OWN-001", "id: OWN-002", "文件名"),
        ("title: 使用", "title: [使用", "YAML"),
    ],
)
def test_a_broken_rule_is_told_with_its_file(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "OWN-001.yaml"
    path.write_text(RULE.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=said) as caught:
        load([], [folder])
    assert "OWN-001.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_changed_rule_is_read_anew(folder: Path) -> None:
    assert load([], [folder])["OWN-001"].title == "使用“有关部门”"
    (folder / "OWN-001.yaml").write_text(RULE.replace("使用“有关部门”", "部门不明"), "utf-8")
    from legalcheck.rules import ruleset

    ruleset._load.cache_clear()
    assert load([], [folder])["OWN-001"].title == "部门不明"


def test_a_damaged_cache_is_made_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from legalcheck.rules import ruleset

    cache = tmp_path / "cache"
    monkeypatch.setenv("LEGALCHECK_CACHE", str(cache))
    ruleset._load.cache_clear()
    load([], [folder])
    for path in cache.iterdir():
        path.write_text("{", "utf-8")
    ruleset._load.cache_clear()
    assert load([], [folder])["OWN-001"].title
    ruleset._load.cache_clear()


def test_an_unknown_pack_names_the_known_ones() -> None:
    with pytest.raises(RuleError, match="certificates"):
        load(["certificate"])


def test_unknown_rule_prefixes_are_told() -> None:
    with pytest.raises(RuleError, match="CERT"):
        load().choose(select=["ZZZ"])
    assert {r.id[:4] for r in load().choose(select=["CERT"]).rules} == {"CERT"}
    assert "CERT-001" not in {r.id for r in load().choose(ignore=["CERT-001"]).rules}


def test_the_three_named_packs_are_built_in() -> None:
    assert {"certificates", "approvals", "basis"} <= set(builtin_packs())


def test_every_word_list_serves_a_rule() -> None:
    rules = load()
    named = {name for rule in rules.rules for name in (*rules.guards(rule), *placeholders(rule.message))}
    for patterns in rules.patterns.values():
        for pattern in patterns:
            named.update(re.findall(r"\{([a-z_][a-z_.0-9]*)\}", pattern.source))
    own = {name for name in lexicons() if "." not in name}  # certificates.village is a column of a corpus
    assert own - named == set()
