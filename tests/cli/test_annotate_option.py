"""``legalcheck review --annotate``."""

from __future__ import annotations

import hashlib
from pathlib import Path

import docx


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


def test_the_copy_has_the_findings_as_comments_and_the_draft_stays(run, unlawful: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(unlawful.read_bytes()).hexdigest()
    result = run("review", unlawful, "--annotate", tmp_path / "批注.docx")
    assert (result.code, result.err) == (1, "")
    assert "CERT-001" in result.out
    assert any("CERT-001" in text and "《优化营商环境条例》" in text for text in comments(tmp_path / "批注.docx"))
    assert hashlib.sha256(unlawful.read_bytes()).hexdigest() == before


def test_the_same_review_gives_the_same_bytes(run, unlawful: Path, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        run("review", unlawful, "--as-of", "2026-11-23", "--annotate", tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_several_drafts_go_into_a_folder_under_their_own_names(
    run, unlawful: Path, lawful: Path, tmp_path: Path
) -> None:
    result = run("review", unlawful, lawful, "--annotate", f"{tmp_path / '批注稿'}/")
    assert result.code == 1
    assert sorted(path.name for path in (tmp_path / "批注稿").iterdir()) == ["draft.docx", "lawful.docx"]
    assert "没有要批注的问题" in result.err
    assert (tmp_path / "批注稿" / "lawful.docx").read_bytes() == lawful.read_bytes()


def test_several_drafts_and_one_file_is_a_usage_error(run, unlawful: Path, lawful: Path, tmp_path: Path) -> None:
    result = run("review", unlawful, lawful, "--annotate", tmp_path / "out.docx")
    assert (result.code, result.out) == (2, "")
    assert "请写文件夹" in result.err
    assert not (tmp_path / "out.docx").exists()


def test_two_drafts_of_one_name_are_not_written_over_each_other(run, make_draft, tmp_path: Path) -> None:
    drafts = [make_draft("办法", f"第一条 {word}。", name=f"{word}/稿.docx") for word in ("甲", "乙")]
    result = run("review", *drafts, "--annotate", f"{tmp_path / 'out'}/")
    assert result.code == 2
    assert "同名" in result.err
    assert not list((tmp_path / "out").iterdir())


def test_the_draft_is_never_overwritten(run, unlawful: Path, tmp_path: Path) -> None:
    before = unlawful.read_bytes()
    for out in (unlawful, f"{unlawful.parent}/"):
        result = run("review", unlawful, "--annotate", out)
        assert result.code == 2
        assert "覆盖原稿" in result.err
    assert unlawful.read_bytes() == before


def test_the_draft_within_a_package_folder_is_annotated_and_kept(run, make_draft, tmp_path: Path) -> None:
    draft = make_draft(
        "青石镇临时救助办法",
        "第一条 申请人应当提交村民委员会出具的无犯罪记录证明。",
        name="材料/救助办法（送审稿）.docx",
    )
    make_draft("起草说明", "一、制定依据：《社会救助暂行办法》。", name="材料/起草说明.docx")
    result = run("review", tmp_path / "材料", "--annotate", f"{tmp_path / 'out'}/")
    assert result.code == 1
    assert any("CERT-001" in text for text in comments(tmp_path / "out" / "救助办法（送审稿）.docx"))
    again = run("review", tmp_path / "材料", "--annotate", draft)
    assert again.code == 2
    assert "覆盖原稿" in again.err


def test_other_file_types_and_missing_folders_are_refused_before_the_review(
    run, unlawful: Path, tmp_path: Path
) -> None:
    for out, reason in (("out.pdf", ".docx"), ("没有/out.docx", "文件夹不存在"), ("没有/这里/", "文件夹不存在")):
        result = run("review", unlawful, "--annotate", tmp_path / out if not out.endswith("/") else f"{tmp_path}/{out}")
        assert (result.code, result.out) == (2, "")
        assert reason in result.err


def test_a_copy_and_a_report_do_not_share_a_file(run, unlawful: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    result = run("review", unlawful, "--annotate", out, "--format", f"json={out}")
    assert (result.code, result.out) == (2, "")
    assert "同一个文件" in result.err


def test_a_draft_that_cannot_be_read_leaves_the_others_annotated(run, unlawful: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04")
    result = run("review", broken, unlawful, "--annotate", f"{tmp_path / 'out'}/")
    assert result.code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["draft.docx"]
