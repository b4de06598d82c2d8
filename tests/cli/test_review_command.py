from __future__ import annotations

import hashlib
import json
from importlib import import_module
from pathlib import Path

import pytest

from legalcheck.document.convert import program


def test_findings_at_the_threshold_give_exit_code_1(run, unlawful: Path) -> None:
    result = run("review", unlawful)
    assert result.code == 1
    assert "CERT-001" in result.out
    assert "▌第二条" in result.out
    assert result.err == ""


def test_a_lawful_draft_gives_exit_code_0(run, lawful: Path) -> None:
    result = run("review", lawful)
    assert (result.code, result.err) == (0, "")
    assert "未发现问题" in result.out


@pytest.mark.parametrize(("threshold", "code"), [("blocking", 1), ("major", 1), ("minor", 1), ("never", 0)])
def test_the_threshold_decides_the_exit_code_not_what_is_shown(run, unlawful: Path, threshold: str, code: int) -> None:
    result = run("review", unlawful, "--fail-on", threshold)
    assert result.code == code
    assert "CERT-001" in result.out


def test_output_to_a_pipe_has_no_colour_and_marks_words_with_brackets(run, unlawful: Path) -> None:
    out = run("review", unlawful).out
    assert "\x1b" not in out
    assert "【" in out


def test_colour_can_be_forced(run, unlawful: Path) -> None:
    out = run("review", unlawful, "--color", "always").out
    assert "\x1b[1;31" in out
    assert "【" not in out


def test_json_is_the_same_byte_for_byte_every_time(run, unlawful: Path) -> None:
    first, second = (run("review", unlawful, "--format", "json", "--as-of", "2026-11-23") for _ in range(2))
    assert first == second
    assert json.loads(first.out)["results"][0]["review"]["as_of"] == "2026-11-23"


def test_output_goes_to_a_file_and_nothing_to_the_screen(run, unlawful: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    result = run("review", unlawful, "--format", "json", "-o", target)
    assert (result.code, result.out) == (1, "")
    assert json.loads(target.read_text("utf-8"))["results"][0]["status"] == "reviewed"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.docx", "report.json"]


def test_select_and_ignore_narrow_the_review_and_the_report_says_so(run, unlawful: Path) -> None:
    ignored = run("review", unlawful, "--ignore", "CERT")
    assert "CERT-001" not in ignored.out
    assert "未用规则 CERT" in ignored.out
    selected = run("review", unlawful, "--select", "perm")
    assert "只用规则 PERM" in selected.out


def test_a_pack_limits_the_rules(run, unlawful: Path) -> None:
    document = json.loads(run("review", unlawful, "--pack", "approvals", "--format", "json").out)
    assert list(document["results"][0]["review"]["packs"]) == ["approvals"]


def test_the_configuration_above_the_draft_applies(run, make_draft, tmp_path: Path) -> None:
    draft = make_draft("第一条 申请人应当提交村民委员会出具的无犯罪记录证明。", name="送审/草案.docx")
    (tmp_path / "legalcheck.toml").write_text('[review]\nignore = ["CERT"]\nfail_on = "never"\n', "utf-8")
    result = run("review", draft)
    assert result.code == 0
    assert "未用规则 CERT" in result.out


def test_the_command_line_overrides_the_configuration(run, unlawful: Path, tmp_path: Path) -> None:
    (tmp_path / "legalcheck.toml").write_text('[review]\nfail_on = "never"\n', "utf-8")
    assert run("review", unlawful).code == 0
    assert run("review", unlawful, "--fail-on", "major").code == 1


def test_a_profile_is_named_on_the_command_line_or_in_the_configuration(run, make_draft, tmp_path: Path) -> None:
    draft = make_draft(
        "青石镇便民服务办法",
        "第一条 为了方便群众办事，根据《优化营商环境条例》，制定本办法。",
        "第二条 本办法自2027年1月1日起施行，有效期五年。",
    )
    (tmp_path / "local.toml").write_text('name = "local"\ntitle = "某省"\nvalidity_max_years = 3\n', "utf-8")
    national = run("review", draft, "--format", "json")
    local = run("review", draft, "--format", "json", "--profile", "local.toml")
    assert [_profile(result) for result in (national, local)] == ["national", "local"]
    assert _rules(local) - _rules(national)
    assert "档案  local" in run("review", draft, "--profile", "local.toml").out

    (tmp_path / "legalcheck.toml").write_text('[corpora]\nprofile = "local.toml"\n', "utf-8")
    assert run("review", draft, "--format", "json") == local
    assert run("review", draft, "--format", "json", "--profile", "national") == national
    (tmp_path / "legalcheck.toml").write_text('[corpora]\nprofile = "national"\n', "utf-8")
    assert run("review", draft, "--format", "json") == national


def test_a_profile_that_is_not_there_is_named_with_its_place(run, unlawful: Path, tmp_path: Path) -> None:
    result = run("review", unlawful, "--profile", "nowhere")
    assert (result.code, result.out) == (2, "")
    assert "没有地方档案“nowhere”" in result.err
    assert "national" in result.err
    (tmp_path / "legalcheck.toml").write_text('[corpora]\nprofile = "nowhere.toml"\n', "utf-8")
    result = run("review", unlawful)
    assert result.code == 2
    assert "第 2 行：没有地方档案“nowhere.toml”" in result.err


def _profile(result) -> str:
    return json.loads(result.out)["results"][0]["review"]["profile"]


def _rules(result) -> set[str]:
    return {finding["rule"] for finding in json.loads(result.out)["results"][0]["findings"]}


def test_several_drafts_are_reviewed_in_the_order_given(run, unlawful: Path, lawful: Path) -> None:
    document = json.loads(run("review", lawful, unlawful, "--format", "json").out)
    assert [result["path"] for result in document["results"]] == [str(lawful), str(unlawful)]
    text = run("review", lawful, unlawful)
    assert text.code == 1
    assert "2 份文件，已审查 2 份" in text.out


def test_one_unreadable_draft_does_not_keep_the_others_from_review(run, unlawful: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    result = run("review", broken, unlawful)
    assert result.code == 2
    assert "CERT-001" in result.out
    assert "1 份未能审查" in result.out
    assert result.err.startswith("错误：")
    assert "坏.docx" in result.err


def test_a_report_out_of_scope_says_why_and_has_no_findings(run, make_draft) -> None:
    draft = make_draft(
        "青石镇人民政府关于清理证明事项情况的报告",
        "县人民政府：",
        "我镇清理“奇葩证明”十二项，非行政许可审批事项全部取消。现将有关情况报告如下。",
        "一、取消村民委员会出具的无犯罪记录证明。",
        "青石镇人民政府",
        "2026年11月20日",
        name="报告.docx",
    )
    result = run("review", draft)
    assert result.code == 0
    assert "不属于合法性审核范围：" in result.out


def test_the_schema_can_be_printed(run) -> None:
    assert json.loads(run("review", "--schema").out)["title"] == "legalcheck report"


def test_a_defect_of_legalcheck_is_a_sentence_and_the_other_drafts_are_reviewed(
    run, unlawful: Path, lawful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = import_module("legalcheck.document")
    read = document.read

    def fail_on_lawful(source: str) -> object:
        if "lawful.docx" in str(source):
            raise KeyError("defect")
        return read(source)

    monkeypatch.setattr(document, "read", fail_on_lawful)
    result = run("review", lawful, unlawful)
    assert result.code == 2
    assert "CERT-001" in result.out
    assert "Traceback" not in result.err
    assert "LEGALCHECK_DEBUG=1" in result.err
    monkeypatch.setenv("LEGALCHECK_DEBUG", "1")
    assert "Traceback" in run("review", lawful).err


@pytest.mark.skipif(program() is None, reason="没有安装 LibreOffice")
def test_an_old_format_is_converted_on_request_and_keeps_its_own_digest(run, tmp_path: Path) -> None:
    path = tmp_path / "旧稿.rtf"
    words = "".join(f"\\u{ord(char)}?" for char in "申请人应当提交村民委员会出具的无犯罪记录证明。")
    path.write_bytes(b"{\\rtf1\\ansi " + words.encode("ascii") + b"\\par}")
    assert run("review", path).code == 2
    (result,) = json.loads(run("review", path, "--convert", "--format", "json").out)["results"]
    assert "CERT-001" in [finding["rule"] for finding in result["findings"]]
    assert result["draft"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "LibreOffice" in result["notes"][0]
    assert "无犯罪记录证明" in run("text", path, "--convert").out
