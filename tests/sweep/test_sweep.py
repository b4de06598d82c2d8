"""A sweep of a folder: every document has its row, nothing is done twice, and the order of work leaves no trace."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from documents import DAY, DOCUMENTS, Sweep, dump, records, reports, write

import legalcheck
from legalcheck.document import from_text
from legalcheck.errors import SweepError, UsageError
from legalcheck.reports.outcome import Outcome
from legalcheck.sweep.store import Run


def test_the_findings_are_those_of_a_review(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run_sweep(folder, tmp_path / "run")
    found = records(tmp_path / "run")
    for name in DOCUMENTS:
        path = folder / name
        source = from_text(path.read_text("utf-8")) if path.suffix == ".txt" else path
        report = legalcheck.review(source, as_of=DAY)
        assert [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "category": one.category,
                "message": one.message,
                "quote": one.quote,
                "matched": list(one.matched),
                "marks": [list(mark) for mark in one.marks],
                "place": str(one.location),
                "provision": one.location.provision,
                "paragraph": one.location.paragraph,
                "start": one.location.start,
                "end": one.location.end,
                "cell": one.location.cell,
                "part": one.location.part,
                "fingerprint": one.fingerprint,
            }
            for one in report.findings
        ] == found[name]["findings"]
        assert Outcome(name, report).at_least("minor") == len(found[name]["findings"])


def test_every_document_gets_a_verdict_with_reasons(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run_sweep(folder, tmp_path / "run")
    found = {
        path: (record["verdict"], "；".join(record["reasons"])) for path, record in records(tmp_path / "run").items()
    }
    assert found["救助/临时救助办法.docx"][0] == "amend"
    assert "村（居）委会" in found["救助/临时救助办法.docx"][1]
    assert found["便民服务办法.docx"] == ("keep", "")
    assert found["合同管理规定.txt"][0] == "amend"  # 合同法 has a successor
    assert found["租赁管理办法.txt"][0] == "repeal"
    assert "有效期已满，自2009-05-01起失效" in found["租赁管理办法.txt"][1]
    assert found["市场管理规定.txt"] == ("repeal", "已被《青石镇集市管理办法》废止")
    assert found["工作报告.txt"][0] == "outside"
    assert found["broken.docx"][0] == found["旧版.doc"][0] == "unread"
    assert set(found) == {*DOCUMENTS, "broken.docx", "旧版.doc"}


def test_a_second_sweep_reviews_only_what_has_changed(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    assert len(run_sweep(folder, run)) == len(DOCUMENTS) + 2
    before = reports(run)
    assert run_sweep(folder, run) == []
    assert reports(run) == before
    os.utime(folder / "broken.docx", (0, 0))  # the bytes count, not the time
    write(folder, {"集市管理办法.txt": ("青石镇集市管理办法", "第一条 摊位由镇人民政府指定的公司统一经营。")})
    (folder / "工作报告.txt").unlink()
    write(folder, {"新/通告.txt": ("关于禁止焚烧秸秆的通告", "即日起禁止露天焚烧秸秆。")})
    assert sorted(run_sweep(folder, run)) == ["新/通告.txt", "集市管理办法.txt"]
    assert "工作报告.txt" not in records(run)
    assert records(run)["市场管理规定.txt"]["verdict"] == "keep"  # nothing repeals it any longer
    fresh = tmp_path / "fresh"
    run_sweep(folder, fresh)
    assert reports(run) == reports(fresh)


def test_other_rules_review_everything_anew(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    run_sweep(folder, run)
    assert len(run_sweep(folder, run, ignore=("CERT",))) == len(DOCUMENTS) + 2
    rules = {finding["rule"] for record in records(run).values() for finding in record["findings"]}
    assert rules
    assert not any(rule.startswith("CERT") for rule in rules)


def test_a_later_day_reviews_only_what_it_concerns(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    run_sweep(folder, run, as_of=date(2020, 12, 1))
    assert records(run)["合同管理规定.txt"]["verdict"] == "keep"
    again = run_sweep(folder, run, as_of=date(2021, 1, 2))  # 合同法 was repealed on 2021-01-01
    assert "合同管理规定.txt" in again
    assert "便民服务办法.docx" not in again
    fresh = tmp_path / "fresh"
    run_sweep(folder, fresh, as_of=date(2021, 1, 2))
    assert reports(run) == reports(fresh)


def test_validity_that_runs_out_needs_no_new_review(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    run_sweep(folder, run)
    assert "便民服务办法.docx" not in run_sweep(folder, run, as_of=date(2029, 1, 1))
    assert records(run)["便民服务办法.docx"]["verdict"] == "repeal"


def test_the_order_of_the_work_leaves_no_trace(
    folder: Path, tmp_path: Path, run_sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legalcheck.sweep.run.BATCH", 1)
    run_sweep(folder, tmp_path / "one")
    run_sweep(folder, tmp_path / "two", backwards=True)
    assert reports(tmp_path / "one") == reports(tmp_path / "two")
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


def test_text_in_gb18030_and_utf16_is_read(tmp_path: Path, run_sweep: Sweep) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    text = "\n".join(DOCUMENTS["合同管理规定.txt"])
    (folder / "a.txt").write_bytes(text.encode("gb18030"))
    (folder / "b.txt").write_bytes(text.encode("utf-16"))
    (folder / "c.txt").write_bytes(text.encode("utf-8-sig"))
    (folder / "d.txt").write_bytes(b"\x00\x01\x02")
    run_sweep(folder, tmp_path / "run")
    found = records(tmp_path / "run")
    assert [found[name]["verdict"] for name in ("a.txt", "b.txt", "c.txt", "d.txt")] == ["amend"] * 3 + ["unread"]


def test_a_name_that_is_no_text_is_swept(tmp_path: Path, run_sweep: Sweep) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    try:
        (folder / os.fsdecode("镇规.txt".encode("gb18030"))).write_text("关于禁止焚烧秸秆的通告")
    except OSError:
        pytest.skip("the file system takes names in UTF-8 only")
    run_sweep(folder, tmp_path / "run")
    assert [record["state"] for record in records(tmp_path / "run").values()] == ["reviewed"]


def test_an_empty_folder_leaves_no_run_behind(tmp_path: Path, run_sweep: Sweep) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="没有可以审查的文件"):
        run_sweep(tmp_path / "empty", tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_run_belongs_to_one_source_and_one_sweep_at_a_time(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    run_sweep(folder, run)
    with pytest.raises(SweepError, match="另指定一个目录"):
        run_sweep(folder / "救助", run)
    held = Run(run, str(folder))
    try:
        with pytest.raises(SweepError, match="正在使用"):
            run_sweep(folder, run)
    finally:
        held.close()


def test_a_damaged_run_is_told(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "sweep.sqlite").write_bytes(b"no database at all, but long enough to look like one" * 100)
    with pytest.raises(SweepError, match="不是 legalcheck 的数据文件"):
        run_sweep(folder, run)


def test_a_failed_put_leaves_whole_documents_only(folder: Path, tmp_path: Path, run_sweep: Sweep) -> None:
    run = tmp_path / "run"
    with pytest.MonkeyPatch.context() as patch:
        put = Run.put

        def break_off(self: Run, *arguments: object) -> None:
            put(self, *arguments)  # type: ignore[arg-type]
            raise KeyboardInterrupt

        patch.setattr(Run, "put", break_off)
        with pytest.raises(KeyboardInterrupt):
            run_sweep(folder, run)
    database = sqlite3.connect(run / "sweep.sqlite")
    reviewed = {row[0] for row in database.execute("SELECT id FROM documents WHERE state <> ''")}
    assert {row[0] for row in database.execute("SELECT document FROM findings")} <= reviewed
    database.close()
    run_sweep(folder, run)
    fresh = tmp_path / "fresh"
    run_sweep(folder, fresh)
    assert dump(run) == dump(fresh)
