"""``legalcheck rules evaluate | new | explain --all``."""

import json
from pathlib import Path

CASES = [
    {"id": "a", "text": "申请摊位应当提交村委会出具的婚姻状况证明。", "label": ["revoked_certificate"]},
    {"id": "b", "text": "本镇天气晴好。", "label": ["revoked_certificate"]},
    {"id": "c", "text": "不得要求提供村委会出具的婚姻状况证明。", "label": []},
]


def cases(folder: Path) -> str:
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES), "utf-8")
    return str(path)


def test_evaluate_prints_figures_and_with_errors_every_miss(run, tmp_path: Path) -> None:
    result = run("rules", "evaluate", cases(tmp_path), "--errors", "--pack", "certificates")
    assert result.code == 0
    assert "漏报　b" in result.out
    assert "违法 2 段，发现 1 段（0.50）；合法 1 段，误报 0 段（0.00）。" in result.out


def test_evaluate_gives_json_to_programs(run, tmp_path: Path) -> None:
    value = json.loads(run("rules", "evaluate", cases(tmp_path), "--format", "json", "--pack", "certificates").out)
    assert value["missed"] == ["b"]
    assert value["rules"]["CERT-001"]["precision"] == 1.0


def test_evaluate_names_the_line_of_a_bad_case(run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n", "utf-8")
    result = run("rules", "evaluate", str(tmp_path / "bad.jsonl"))
    assert result.code == 2
    assert "第 1 行" in result.err


def test_a_new_rule_loads_and_its_examples_run(run, tmp_path: Path) -> None:
    result = run("rules", "new", "own-001", "--folder", str(tmp_path / "mine"))
    assert result.code == 0
    assert (tmp_path / "mine" / "pack.yaml").is_file()
    (tmp_path / "legalcheck.toml").write_text('[packs]\nfolders = ["mine"]\n', "utf-8")
    tested = run("rules", "test", "OWN-001", "--config", str(tmp_path / "legalcheck.toml"))
    assert "1 条规则，6 个例子，6 个符合" in tested.out
    again = run("rules", "new", "OWN-001", "--folder", str(tmp_path / "mine"))
    assert again.code == 2
    assert "已经存在" in again.err
    assert run("rules", "new", "own1").code == 2


def test_the_reference_has_every_rule(run) -> None:
    listed = run("rules", "list").out
    page = run("rules", "explain", "--all", "--format", "markdown").out
    ids = [word for word in listed.split() if "-" in word and word[-3:].isdigit()]
    assert len(ids) > 100
    assert all(f"### {name} " in page for name in ids)


def test_explain_wants_a_rule_or_all_of_them(run) -> None:
    assert run("rules", "explain").code == 2
    assert run("rules", "explain", "CERT-001", "--all").code == 2
