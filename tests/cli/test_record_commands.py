"""The way of a draft on the command line: submit, accept, review, clear, review again, sign, pass the gate."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

import legalcheck

ROOT = Path(__file__).parents[2]
ROSTER = """
[[people]]
name = "李雷"
unit = "经济发展办公室"
roles = ["起草"]

[[people]]
name = "王敏"
unit = "司法所"
roles = ["审核"]

[[people]]
name = "赵正"
unit = "司法所"
roles = ["审核负责人"]

[[people]]
name = "周办"
unit = "党政办公室"
roles = ["办公机构"]
"""
LAWFUL = (
    "青石镇临时救助办法",
    "第一条 为了规范临时救助，根据《社会救助暂行办法》，制定本办法。",
    "第二条 镇人民政府对申请材料进行核对。",
    "第三条 本办法自2027年1月1日起施行，有效期5年。",
)
UNLAWFUL = (*LAWFUL[:2], "第二条 申请人应当提交村民委员会出具的无犯罪记录证明。", *LAWFUL[3:])


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "legalcheck.toml").write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEGALCHECK_LEDGER", raising=False)
    return tmp_path


@pytest.fixture
def accepted(office: Path, run: Any, make_draft: Any) -> Path:
    draft = make_draft(*UNLAWFUL, name="送审稿.docx")
    materials = [f"--evidence={name}=见附件" for name in ("起草说明", "制定依据", "征求意见材料")]
    assert run("record", "step", draft, "送审", "--by", "李雷", *materials).code == 0
    assert run("record", "step", draft, "受理", "--by", "王敏").code == 0
    return draft


@pytest.fixture
def reviewed(accepted: Path, run: Any) -> Path:
    assert run("review", accepted, "--record", "--by", "王敏").code == 1
    return accepted


def finding(run: Any, draft: Path) -> str:
    result = run("review", draft, "--format", "json")
    return str(json.loads(result.out)["results"][0]["findings"][0]["fingerprint"])[:8]


def test_a_draft_that_was_never_submitted_does_not_pass(office: Path, run: Any, make_draft: Any) -> None:
    draft = make_draft(*LAWFUL)
    result = run("gate", draft)
    assert result.code == 2
    assert "找不到台账" in result.out
    assert not (office / ".legalcheck").exists()


def test_the_whole_way_from_submission_to_the_meeting(office: Path, run: Any, reviewed: Path) -> None:
    assert run("gate", reviewed).code == 1
    first = run("opinion", reviewed, "-o", "意见书.docx", "--by", "赵正", "--number", "青司审〔2026〕5号")
    assert "结论：应当予以修改" in first.out
    text = "\n".join(paragraph.text for paragraph in docx.Document("意见书.docx").paragraphs)
    assert "村民委员会出具的无犯罪记录证明" in text
    assert "青司审〔2026〕5号" in text
    assert run("record", "step", reviewed, "修改", "--by", "李雷", "--note", "已删除").code == 0

    revised = office / "修改稿.docx"
    document = docx.Document(str(reviewed))
    document.paragraphs[2].text = "第二条 镇人民政府对申请材料进行核对。"
    document.save(str(revised))
    again = run("review", revised, "--continues", reviewed, "--by", "王敏")
    assert again.code == 0
    assert "已修改 1 处" in again.err
    assert run("gate", revised).code == 1, "reviewed, but nobody has signed"
    assert "结论：合法" in run("opinion", revised, "-o", "意见书2.docx", "--by", "赵正").out
    assert run("gate", revised).code == 0
    assert run("gate", reviewed).code == 1, "the older version"
    assert run("record", "diff", reviewed, revised).out.count("▌") == 1
    assert run("record", "step", revised, "审议通过", "--by", "周办", "--note", "第9次镇长办公会").code == 0
    assert "已审议" in run("status", "--all").out
    shown = run("record", "show", revised).out
    assert "出具意见" in shown
    assert "已修改" in shown
    assert run("record", "verify").code == 0


def test_a_finding_is_cleared_with_a_basis_and_the_clearing_can_be_undone(run: Any, reviewed: Path) -> None:
    reference = finding(run, reviewed)
    basis = ("--basis", "《社会救助暂行办法》第十条")
    clear = ("clear", reviewed, reference, "--as", "lawful", "--reason", "有依据")
    assert "需要写明依据" in run(*clear, "--by", "王敏").err
    assert "应当由" in run(*clear, "--by", "李雷", *basis).err
    assert "已于 2021-01-01 废止" in run(*clear, "--by", "王敏", "--basis", "《合同法》第三条").err
    assert run(*clear, "--by", "王敏", *basis).code == 0
    assert "要改变请先用 --undo 撤销" in run(*clear, "--by", "王敏", *basis).err
    run("opinion", reviewed, "-o", "a.docx", "--by", "赵正")
    assert run("gate", reviewed).code == 0
    assert run("clear", reviewed, reference, "--undo", "--by", "王敏", "--reason", "看错了").code == 0
    closed = run("gate", reviewed)
    assert closed.code == 1
    assert "没有处理" in closed.out


def test_many_findings_are_cleared_from_a_table_that_excel_saved(run: Any, reviewed: Path, office: Path) -> None:
    assert run("clear", reviewed, "--template", "表.csv").code == 0
    table = office / "表.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    rows[0] |= {"处理": "误报", "理由": "本条另有所指"}
    page = io.StringIO()
    writer = csv.DictWriter(page, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    table.write_bytes(page.getvalue().encode("gb18030"))
    result = run("clear", reviewed, "--from", table, "--by", "王敏")
    assert result.code == 0
    assert "误报" in result.out


@pytest.mark.parametrize(
    ("encoding", "between", "title"),
    [("gb18030", ",", ""), ("gb18030", ";", "处理意见表\r\n"), ("utf-16", "\t", "处理意见表\t\t\r\n")],
    ids=["csv", "semicolons under a title", "Unicode 文本"],
)
def test_a_table_is_read_in_whatever_way_excel_saved_it(
    run, reviewed: Path, office: Path, encoding: str, between: str, title: str
) -> None:
    table = office / "表.csv"
    assert run("clear", reviewed, "--template", table).code == 0
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    rows[0] = [f" {name} " for name in rows[0]]
    rows[1][1:3] = ["误报", "本条另有所指"]
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=between).writerows([*rows, [""] * len(rows[0])])
    table.write_bytes((title + page.getvalue()).encode(encoding))
    result = run("clear", reviewed, "--from", table, "--by", "王敏")
    assert (result.code, result.err) == (0, "")


def test_a_workbook_is_no_table_neither_to_write_nor_to_read(run, reviewed: Path, office: Path) -> None:
    result = run("clear", reviewed, "--template", "表.xlsx")
    assert result.code == 2
    assert ".csv" in result.err
    assert not (office / "表.xlsx").exists()
    shutil.copy(reviewed, office / "表.xlsx")
    assert "另存为“CSV（逗号分隔）”" in run("clear", reviewed, "--from", "表.xlsx", "--by", "王敏").err


def test_a_disposal_may_be_named_in_chinese(run, reviewed: Path) -> None:
    result = run("clear", reviewed, finding(run, reviewed), "--as", "误报", "--by", "王敏", "--reason", "另有所指")
    assert result.code == 0
    assert "误报（王敏：另有所指）" in result.out


def test_who_keeps_a_blocking_provision_is_told_at_once_that_the_gate_stays_shut(run, reviewed: Path) -> None:
    result = run("clear", reviewed, finding(run, reviewed), "--as", "未采纳", "--by", "李雷", "--reason", "确有需要")
    assert result.code == 0
    assert "不能以未采纳过关" in result.err


def test_the_number_of_a_rule_is_answered_with_the_numbers_of_its_findings(run, reviewed: Path) -> None:
    result = run("clear", reviewed, "CERT-001", "--as", "误报", "--by", "王敏", "--reason", "x")
    assert result.code == 2
    assert finding(run, reviewed) in result.err


@pytest.mark.parametrize(
    ("step", "hint"),
    [(("送审稿.docx", "审核"), "legalcheck review --record"), (("送审", "送审稿.docx"), "送审稿写在前面")],
)
def test_what_is_mistaken_for_a_step_is_put_right(run, accepted: Path, step: tuple[str, str], hint: str) -> None:
    result = run("record", "step", *step, "--by", "王敏")
    assert result.code == 2
    assert hint in result.err


def test_a_second_draft_of_the_same_title_is_no_new_case_unless_said_so(run, accepted: Path, make_draft) -> None:
    revised = make_draft(*LAWFUL, name="修改稿.docx")
    refused = run("record", "step", revised, "送审", "--by", "李雷")
    assert refused.code == 2
    assert "--continues 旧稿" in refused.err
    assert run("record", "step", revised, "送审", "--by", "李雷", "--note", "另一份").code == 0


def test_a_refused_submission_makes_no_ledger(run, office: Path, make_draft) -> None:
    draft = make_draft(*LAWFUL)
    assert run("record", "step", draft, "送审", "--by", "李蕾").code == 2
    assert not (office / ".legalcheck").exists()


def test_the_ledger_stands_beside_the_configuration_wherever_a_command_is_run(
    run, accepted: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = office / "2026" / "集贸市场"
    below.mkdir(parents=True)
    shutil.copy(accepted, below / "另存.docx")
    monkeypatch.chdir(below)
    assert "已受理" in run("status").out
    assert "已受理" in run("record", "show", "另存.docx").out
    assert not (below / ".legalcheck").exists()


def test_the_gate_takes_the_ledger_as_a_path(accepted: Path, office: Path) -> None:
    decision = legalcheck.gate(accepted, ledger=office / ".legalcheck" / "ledger.db")
    assert decision.verdict is legalcheck.Verdict.CLOSED


def test_an_opinion_is_not_signed_into_a_file_that_word_would_not_open(run, reviewed: Path, office: Path) -> None:
    result = run("opinion", reviewed, "-o", "意见书.doc", "--by", "赵正")
    assert result.code == 2
    assert ".docx" in result.err
    assert "审核中" in run("status").out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("编号,处理,理由\n1,误报,x\n", "缺少“依据”列"),
        ("编号,处理,理由,依据\n0000,随便,x,\n", "第 2 行：处理“随便”无效"),
        ("编号,处理,理由,依据\n0000,,,\n", "没有填写“处理”的行"),
        ("编号,处理,理由,依据\n00000000,误报,x,\n", "没有编号为“00000000”的问题"),
    ],
)
def test_a_table_that_cannot_be_used_changes_nothing(
    run: Any, reviewed: Path, office: Path, text: str, sentence: str
) -> None:
    (office / "表.csv").write_text(text, encoding="utf-8")
    before = run("record", "export").out
    result = run("clear", reviewed, "--from", "表.csv", "--by", "王敏")
    assert result.code == 2
    assert sentence in result.err
    assert run("record", "export").out == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--record",), "需要用 --by 写明审核人员"),
        (("--record", "--by", "王敏", "--ignore", "CERT"), "不能用 --ignore 改变范围"),
        (("--record", "--by", "钱某"), "人员名册中没有“钱某”"),
        (("--record", "--by", "李雷"), "应当由“审核”"),
    ],
)
def test_a_review_that_must_not_be_recorded_says_why(
    run: Any, accepted: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run("review", accepted, *arguments)
    assert result.code == 2
    assert sentence in result.err


def test_the_ledger_goes_to_another_place_and_back_by_export_and_import(run: Any, reviewed: Path, office: Path) -> None:
    assert run("record", "export", "-o", "台账.jsonl").code == 0
    assert "已导入 4 条记录" in run("record", "import", "台账.jsonl", "--ledger", "新.db").out
    assert run("record", "verify", "--ledger", "新.db").code == 0
    again = run("record", "import", "台账.jsonl", "--ledger", "新.db")
    assert again.code == 2
    assert "已有记录" in again.err
    lines = (office / "台账.jsonl").read_text("utf-8").replace("李雷", "李雪")
    (office / "改.jsonl").write_text(lines, encoding="utf-8")
    assert "与其摘要链不符" in run("record", "import", "改.jsonl", "--ledger", "三.db").err
    assert not (office / "三.db").exists()


def test_a_noted_digest_tells_a_ledger_that_was_rewritten(run: Any, reviewed: Path) -> None:
    noted = run("record", "verify").out.split("末条摘要 ")[1].split()[0]
    run("clear", reviewed, finding(run, reviewed), "--as", "mistaken", "--reason", "另有所指", "--by", "王敏")
    assert run("record", "verify", "--head", noted).code == 0
    told = run("record", "verify", "--head", "0" * 64)
    assert told.code == 1
    assert "被截去或者重写过" in told.out


def test_a_recorded_review_shows_the_numbers_by_which_findings_are_cleared(run: Any, accepted: Path) -> None:
    shown = run("review", accepted, "--record", "--by", "王敏").out
    assert f"编号 {finding(run, accepted)}，未处理" in shown


def test_a_pinned_ledger_cannot_be_swapped_for_another(run: Any, reviewed: Path, office: Path) -> None:
    (office / "legalcheck.toml").write_text('[record]\nledger_id = "0123456789abcdef"\n' + ROSTER, encoding="utf-8")
    result = run("gate", reviewed)
    assert result.code == 2
    assert "不是配置所指定的 0123456789abcdef" in result.out


def test_gate_and_status_also_speak_json(run: Any, reviewed: Path) -> None:
    gate = json.loads(run("gate", reviewed, "--format", "json").out)["results"][0]
    assert gate["verdict"] == "closed"
    status = json.loads(run("status", "--format", "json").out)
    assert status["drafts"][0]["waits_for"] == "处理问题，出具意见"
    assert status["drafts"][0]["blocking"] == 1


def test_a_mistake_in_the_roster_names_file_and_line(run: Any, office: Path, make_draft: Any) -> None:
    (office / "legalcheck.toml").write_text(ROSTER.replace('["审核"]', '["法官"]'), encoding="utf-8")
    result = run("gate", make_draft(*LAWFUL))
    assert result.code == 2
    assert "第 10 行" in result.err
    assert "可用的有 起草、办公机构、审核、审核负责人、法律顾问、签发" in result.err


@pytest.mark.skipif(shutil.which("git") is None, reason="服务器端钩子的测试需要 git")
def test_the_server_side_hook_lets_only_drafts_through_that_passed(run: Any, reviewed: Path, office: Path) -> None:
    reference = finding(run, reviewed)
    run("clear", reviewed, reference, "--as", "mistaken", "--reason", "另有所指", "--by", "王敏")
    run("opinion", reviewed, "-o", "a.docx", "--by", "赵正")
    assert run("gate", reviewed).code == 0

    server, desk = office / "server.git", office / "desk"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **{f"GIT_{who}_{what}": "nobody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LEGALCHECK_GATE_CONFIG": str(office / "legalcheck.toml"),
        "LEGALCHECK_LEDGER": str(office / ".legalcheck" / "ledger.db"),
        "LEGALCHECK_COMMAND": str(Path(sys.executable).with_name("legalcheck")),
    }

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments], cwd=desk, env=environment, capture_output=True, text=True, check=False
        )

    desk.mkdir()
    git("init", "-q", "--bare", str(server))
    hook = server / "hooks" / "pre-receive"
    shutil.copy(Path(__file__).parents[2] / "examples" / "gate" / "pre-receive", hook)
    git("init", "-q", "-b", "main")
    folder = desk / "提请审议"
    folder.mkdir()
    shutil.copy(reviewed, folder / "办法.docx")
    git("add", "-A")
    git("commit", "-qm", "one")
    first = git("push", str(server), "main")
    assert first.returncode == 0, first.stderr

    (folder / "办法.docx").write_bytes(reviewed.read_bytes() + b"\0")
    git("commit", "-qam", "changed by a byte")
    refused = git("push", str(server), "main")
    assert refused.returncode != 0
    assert "不得提请集体审议" in refused.stderr
    odd = folder / "a&b|c.docx"
    (folder / "办法.docx").rename(odd)
    git("add", "-A")
    git("commit", "-qm", "an odd name")
    assert "提请审议/a&b|c.docx" in git("push", str(server), "main").stderr
    git("reset", "-q", "--hard", "HEAD~1")
    git("reset", "-q", "--hard", "HEAD~1")
    (folder / "链接.docx").symlink_to(reviewed)
    git("add", "-A")
    git("commit", "-qm", "a link")
    assert "不是普通文件" in git("push", str(server), "main").stderr


def test_the_page_of_a_recorded_review_shows_what_became_of_each_finding(run: Any, reviewed: Path) -> None:
    reference = finding(run, reviewed)
    run("clear", reviewed, reference, "--as", "mistaken", "--reason", "另有所指", "--by", "王敏")
    assert run("review", reviewed, "--record", "--by", "王敏", "--format", "html=a.html").code == 1
    assert "误报" in Path("a.html").read_text("utf-8")


def test_what_is_missing_among_the_materials_is_not_mended_by_looking_away(
    run: Any, office: Path, make_draft: Any
) -> None:
    draft = office / "材料" / "送审稿.docx"
    draft.parent.mkdir()
    shutil.copy(ROOT / "examples" / "revised.docx", draft)
    for name in ("起草说明", "制定依据", "征求意见采纳情况"):
        make_draft(name, name=f"材料/{name}.docx")
    assert run("record", "step", "材料", "送审", "--by", "李雷").code == 0
    assert run("record", "step", "材料", "受理", "--by", "王敏").code == 0
    assert "PROC-117" in run("review", "材料", "--record", "--by", "王敏").out
    again = run("review", draft, "--record", "--by", "王敏")
    assert "PROC-117" in again.out
    assert "已修改 0 处" in again.err
    assert "应当予以修改" in run("opinion", draft, "-o", "a.docx", "--by", "赵正").out
    assert run("gate", draft).code == 1
    handed = make_draft("公平竞争审查结论", name="公平竞争审查结论.docx")
    assert run("record", "step", draft, "补充材料", "--by", "李雷", "--evidence", handed).code == 0
    assert "PROC-117" not in run("review", draft, "--record", "--by", "王敏").out


def test_after_an_unlawful_opinion_the_draft_can_only_be_withdrawn(run: Any, reviewed: Path) -> None:
    sign = ("opinion", reviewed, "-o", "a.docx", "--by", "赵正", "--conclusion", "不合法", "--reason", "没有制定权限")
    assert run(*sign).code == 0
    assert "只能撤回" in run("record", "step", reviewed, "修改", "--by", "李雷", "--note", "改了").err
    assert "只能撤回" in run("review", reviewed, "--record", "--by", "王敏").err
    assert run("record", "step", reviewed, "撤回", "--by", "李雷", "--note", "不再制定").code == 0


def test_a_statute_without_an_article_is_no_basis(run: Any, reviewed: Path) -> None:
    clear = ("clear", reviewed, finding(run, reviewed), "--as", "lawful", "--reason", "有依据", "--by", "王敏")
    assert "没有写明条款" in run(*clear, "--basis", "《社会救助暂行办法》").err


def test_a_review_that_cannot_be_recorded_is_refused_before_the_work(run: Any, accepted: Path) -> None:
    result = run("review", accepted, "--record", "--by", "李雷", "-o", "a.txt")
    assert result.code == 2
    assert not Path("a.txt").exists()
