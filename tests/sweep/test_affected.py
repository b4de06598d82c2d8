"""Which documents a statute, a certificate or an approval touches, today and before the day."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from documents import Sweep, records, write

from legalcheck.corpora.statutes import catalogue
from legalcheck.corpora.statutes.store import write as write_catalogue
from legalcheck.errors import UsageError
from legalcheck.sweep.affected import Touched, affected, if_repealed
from legalcheck.sweep.store import open_run
from legalcheck.sweep.verdict import NAMES, Verdict


@pytest.fixture
def run(folder: Path, tmp_path: Path, run_sweep: Sweep) -> Path:
    write(
        folder,
        {
            "处罚裁量规定.txt": (
                "青石镇处罚裁量规定",
                "第一条 根据《中华人民共和国行政处罚法》（以下简称《处罚法》），制定本规定。",
                "第二条 违法行为轻微的，依照《处罚法》第三十二条至第三十四条的规定处理。",
                "第三条 户外广告应当经镇人民政府审批，申请人应当提交营业执照和家庭关系证明。",
                "第四条 《行政处罚法》施行前已经作出的决定继续有效。",
                "第五条 镇人民政府不得要求提交居住证明。",
            )
        },
    )
    run_sweep(folder, tmp_path / "run")
    return tmp_path / "run"


def ask(run: Path, name: str) -> list[Touched]:
    with closing(open_run(run)) as database:
        return affected(database, name, catalogue())


def places(found: list[Touched]) -> list[tuple[str, str, str]]:
    return [(one.document.path, one.place, one.how) for one in found]


def test_a_statute_is_found_under_any_of_its_names(run: Path) -> None:
    found = ask(run, "《行政处罚法》")
    assert places(found) == [
        ("处罚裁量规定.txt", "第一条", "依据"),
        ("处罚裁量规定.txt", "第二条", "依照"),
        ("处罚裁量规定.txt", "第四条", "提及"),
        ("救助/临时救助办法.docx", "第三条", "依照"),
    ]
    assert [one.rests for one in found] == [True, True, False, True]
    assert ask(run, "中华人民共和国行政处罚法") == found == ask(run, "行政处罚法")


def test_an_article_is_found_within_a_range(run: Path) -> None:
    assert places(ask(run, "《行政处罚法》第三十三条")) == [("处罚裁量规定.txt", "第二条", "依照")]
    assert places(ask(run, "行政处罚法第九条")) == [("救助/临时救助办法.docx", "第三条", "依照")]
    assert ask(run, "行政处罚法第八条") == []


def test_a_document_of_ones_own_is_found_by_its_title(run: Path) -> None:
    assert [(one.document.path, one.how) for one in ask(run, "青石镇市场管理规定")] == [("集市管理办法.txt", "废止")]


def test_a_certificate_is_found_under_the_names_of_the_corpus(run: Path) -> None:
    found = ask(run, "亲属关系证明")  # 便民服务办法 forbids to ask for it
    assert [(one.document.path, one.place, one.how, one.what) for one in found] == [
        ("处罚裁量规定.txt", "第三条", "要求提交", "亲属关系证明")
    ]
    assert [one.document.path for one in ask(run, "家庭关系证明")] == ["处罚裁量规定.txt"]
    assert [one.document.path for one in ask(run, "无犯罪记录证明")] == ["救助/临时救助办法.docx"]
    assert ask(run, "居住证明") == []


def test_an_approval_is_found(run: Path) -> None:
    assert [one.how for one in ask(run, "人民政府审批")] == ["要求办理"]


def test_a_repeal_to_come_tells_what_a_review_after_it_would(tmp_path: Path, run_sweep: Sweep) -> None:
    """The documents named before the day are those that a sweep with such a catalogue reports on the day."""
    folder, own, day = tmp_path / "文件", tmp_path / "own.jsonl", date(2027, 3, 1)
    write(
        folder,
        {
            "仅此依据.txt": ("青石镇集市办法", "第一条 根据《青石县集市条例》，制定本办法。", "第二条 集市应当整洁。"),
            "另有依据.txt": (
                "青石镇市场办法",
                "第一条 根据《青石县集市条例》《优化营商环境条例》，制定本办法。",
                "第二条 违反《青石县集市条例》第三条规定的，由县有关部门处理。",
            ),
            "历史.txt": ("青石镇摊位办法", "第一条 《青石县集市条例》施行前设立的摊位，可以保留。"),
            "无关.txt": ("青石镇街道办法", "第一条 根据《优化营商环境条例》，制定本办法。"),
        },
    )
    statute = {"id": "own-jishi", "title": "青石县集市条例", "level": "local_regulation", "effective": "2015-01-01"}
    write_catalogue(own, [statute])
    run_sweep(folder, tmp_path / "before", statutes=(own,))
    with closing(open_run(tmp_path / "before")) as database:
        foreseen = {
            one.document.path: (one.now, one.then)
            for one in if_repealed(database, "《青石县集市条例》", day, catalogue(own))
        }
    assert foreseen == {
        "仅此依据.txt": ("建议保留", "建议废止（失效）"),
        "另有依据.txt": ("建议保留", "建议修改"),
    }
    write_catalogue(own, [{**statute, "status": "repealed", "repealed_on": day.isoformat()}])
    catalogue.cache_clear()
    run_sweep(folder, tmp_path / "after", as_of=day, statutes=(own,))
    after = records(tmp_path / "after")
    hit = {path for path, record in after.items() if any(one["rule"] == "BASIS-002" for one in record["findings"])}
    assert hit == set(foreseen)
    assert {path: NAMES[Verdict(after[path]["verdict"])] for path in hit} == {
        path: then for path, (_, then) in foreseen.items()
    }


def test_what_ends_before_the_day_is_left_out(run: Path) -> None:
    with closing(open_run(run)) as database:
        assert if_repealed(database, "《优化营商环境条例》", date(2028, 1, 1), catalogue())
        later = if_repealed(database, "《优化营商环境条例》", date(2030, 1, 1), catalogue())
        assert "便民服务办法.docx" not in [one.document.path for one in later]
        with pytest.raises(UsageError, match="已于 2021-01-01 废止"):
            if_repealed(database, "合同法", date(2028, 1, 1), catalogue())


@pytest.fixture
def cli_run(run: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(run.parent)
    return run


def test_the_command_answers_as_text_csv_and_json_lines(cli_run: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from legalcheck.cli import run as command

    assert command(["affected", "《行政处罚法》第九条", "--run", "run"]) == 1
    said = capfd.readouterr().out
    assert said.startswith("《行政处罚法》第九条：1 份文件，1 处。")
    assert "第三条　依照《中华人民共和国行政处罚法》第九条" in said.replace("\n    ", "")
    assert command(["affected", "《行政处罚法》", "--run", "run", "--format", "jsonl"]) == 1
    first = json.loads(capfd.readouterr().out.splitlines()[0])
    assert (first["path"], first["place"], first["rests"]) == ("处罚裁量规定.txt", "第一条", True)
    assert (
        command(["affected", "--if-repealed", "行政处罚法", "--on", "2027-03-01", "--run", "run", "--format", "csv"])
        == 1
    )
    assert "建议废止（失效）" in capfd.readouterr().out
    assert command(["affected", "没有这件事", "--run", "run"]) == 0
    for wrong in (["affected"], ["affected", "甲", "--if-repealed", "乙"], ["affected", "甲", "--on", "2027-01-01"]):
        assert command(wrong) == 2
    assert command(["affected", "甲", "--run", "没有"]) == 2
    assert "没有清理结果" in capfd.readouterr().err
