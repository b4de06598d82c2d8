from __future__ import annotations


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


def test_every_rule_keeps_the_promises_of_its_examples(run) -> None:
    result = run("rules", "test")
    assert result.code == 0, result.out
    assert "0 个不符合" in result.out


def test_a_single_rule_can_be_tested(run) -> None:
    assert run("rules", "test", "CERT-001").out.startswith("1 条规则")
    assert run("rules", "test", "XYZ").code == 2
