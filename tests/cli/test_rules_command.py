from __future__ import annotations

from pathlib import Path


def test_list_names_every_rule_of_the_three_packs(run) -> None:
    result = run("rules", "list")
    assert result.code == 0
    for rule in ("CERT-001", "CERT-010", "PERM-001", "PERM-012", "BASIS-001", "BASIS-008"):
        assert rule in result.out


def test_list_can_be_limited_to_a_pack(run) -> None:
    out = run("rules", "list", "--pack", "approvals").out
    assert "PERM-001" in out
    assert "CERT-001" not in out


def test_explain_shows_what_a_lawyer_asks_for(run) -> None:
    result = run("rules", "explain", "cert-001")
    assert result.code == 0
    for word in ("CERT-001", "必须改正", "《优化营商环境条例》第四十四条", "依据", "建议", "违反规则的例子"):
        assert word in result.out


def test_explain_of_an_unknown_rule_suggests_one(run) -> None:
    result = run("rules", "explain", "CERT-01")
    assert (result.code, result.out) == (2, "")
    assert "没有规则 CERT-01" in result.err


def test_the_rules_of_a_pack_keep_the_promises_of_their_examples(run) -> None:
    result = run("rules", "test", "--pack", "certificates")
    assert result.code == 0, result.out
    assert "0 个不符合" in result.out


def test_a_single_rule_can_be_tested(run) -> None:
    assert run("rules", "test", "CERT-001").out.startswith("1 条规则")
    assert run("rules", "test", "XYZ").code == 2


def test_an_example_that_does_not_hold_is_named_and_gives_exit_code_1(run, tmp_path: Path) -> None:
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "name: own\ntitle: 本县规则\nversion: '1.0'\njurisdiction: 本县\nfooting: 本县规定\n", "utf-8"
    )
    (pack / "OWN-001.yaml").write_text(RULE, "utf-8")
    (tmp_path / "legalcheck.toml").write_text('[review]\npacks = []\n[packs]\nfolders = ["own"]\n', "utf-8")
    result = run("rules", "test", "own")
    assert result.code == 1
    assert result.out == (
        "OWN-001　应当报告而没有报告：自带帐篷的不得入内。\n1 条规则，6 个例子，5 个符合，1 个不符合。\n"
    )
    assert "村口须登记" in run("rules", "explain", "OWN-001").out


RULE = """\
id: OWN-001
title: 要求登记雨伞
severity: minor
category: form
provenance: verified
when: 雨伞
ground: [{title: 本县雨伞管理规定, article: 第一条}]
message: 要求登记雨伞
advice: 建议删除。
examples:
  violates: [进村带雨伞的村口须登记。, 雨伞应当登记。, 自带帐篷的不得入内。]
  passes: [进村不登记。, 欢迎光临。, 可以带伞。]
"""
