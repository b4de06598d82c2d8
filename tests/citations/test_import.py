"""Full texts of one's own in a local catalogue beside the shipped one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document

from legalcheck.citations import ClauseStatus, Status, find, resolve
from legalcheck.citations.local import import_texts
from legalcheck.corpora.statutes import Standing, StatuteLevel, Store, catalogue
from legalcheck.corpora.statutes.report import check, status
from legalcheck.errors import CorpusError

TODAY = date(2026, 11, 23)
TEXT = (
    "某某市甲乙丙管理条例\n（2020年3月1日某某市第十届人民代表大会常务委员会第三次会议通过）\n"
    "第一章　总则\n第一条　甲。\n第二条　乙：\n（一）子；\n（二）丑。\n"
    "第二章　附则\n第三条　本条例自2020年5月1日起施行。\n"
)


def test_txt_md_and_docx_are_read(tmp_path: Path) -> None:
    folder, overlay = tmp_path / "in", tmp_path / "own.jsonl"
    folder.mkdir()
    (folder / "甲.txt").write_text(TEXT, "utf-8")
    (folder / "乙.md").write_text("---\na: b\n---\n# 某某县丁戊办法\n\n**第一条**　甲。\n\n**第二条**　乙。\n", "utf-8")
    (folder / "gb.txt").write_bytes("某某县己庚办法\n第一条　甲。\n第二条　乙。\n".encode("gb18030"))
    document = Document()
    for line in ("某某区辛壬规定", "第一条　甲。", "第二条　乙。", "第三条　丙。"):
        document.add_paragraph(line)
    document.save(str(folder / "某某区辛壬规定_20210301.docx"))
    (folder / "坏.docx").write_bytes(b"PK no zip")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf")
    (folder / "空.txt").write_text("\n", "utf-8")
    (folder / "说明.txt").write_text("这是说明\n没有条文", "utf-8")

    done = import_texts(folder, overlay, TODAY)

    assert set(done.added) == {"某某市甲乙丙管理条例", "某某县丁戊办法", "某某县己庚办法", "某某区辛壬规定"}
    assert {path.name for path, _ in done.unreadable} == {"坏.docx", "旧.doc", "空.txt", "说明.txt"}
    assert all(reason for _, reason in done.unreadable)
    known = catalogue(overlay)
    first = known.find("某某市甲乙丙管理条例")
    assert first is not None
    assert (first.articles, first.level, first.effective) == (3, StatuteLevel.LOCAL_REGULATION, date(2020, 5, 1))
    assert [(head.title, head.first, head.last) for head in first.heads] == [
        ("第一章 总则", 1, 2),
        ("第二章 附则", 3, 3),
    ]
    assert first.layout((2, 0)) == (2,)
    third = known.find("某某区辛壬规定")
    assert third is not None
    assert third.version_date == date(2021, 3, 1)
    assert check(known) == ()
    assert status(TODAY, known).overlays == ((overlay, 4),)


def test_citations_resolve_against_the_overlay(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    overlay = tmp_path / "out" / "own.jsonl"
    import_texts(tmp_path, overlay, TODAY)
    known = catalogue(overlay)
    (one,) = find("根据《某某市甲乙丙管理条例》第四条", known=known)
    assert resolve(one, TODAY).status is Status.UNKNOWN
    found = resolve(one, TODAY, known=known)
    assert found.status is Status.IN_FORCE
    assert found.clauses[0].status is ClauseStatus.NO_SUCH_ARTICLE


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, "utf-8")
    overlay = tmp_path / "out" / "own.jsonl"
    import_texts(tmp_path, overlay, TODAY)
    before = overlay.read_bytes()
    again = import_texts(tmp_path, overlay, TODAY)
    assert (again.added, again.updated) == ((), ("某某市甲乙丙管理条例",))
    assert overlay.read_bytes() == before


def test_a_newer_text_keeps_the_older_one_as_a_previous_version(tmp_path: Path) -> None:
    (tmp_path / "a(2020-03-01).txt").write_text(TEXT, "utf-8")
    newer = TEXT.replace("2020年", "2024年").replace("第二章　附则\n第三条", "第二章　附则\n第三条　丙。\n第四条")
    (tmp_path / "b(2024-03-01).txt").write_text(newer, "utf-8")
    overlay = tmp_path / "out" / "own.jsonl"
    import_texts(tmp_path, overlay, TODAY)
    (found,) = Store(overlay)
    assert found.articles == 4
    assert [version.articles for version in found.previous] == [3]
    older = found.version(date(2022, 1, 1))
    assert older is not None
    assert older.articles == 3


def test_an_imported_text_does_not_bring_a_repealed_law_back_to_life(tmp_path: Path) -> None:
    lines = ["中华人民共和国合同法", "（1999年3月15日第九届全国人民代表大会第二次会议通过）"]
    lines += [f"第{n}条　甲。" for n in range(1, 429)]
    (tmp_path / "合同法.txt").write_text("\n".join(lines), "utf-8")
    overlay = tmp_path / "out" / "own.jsonl"
    import_texts(tmp_path, overlay, TODAY)
    found = catalogue(overlay).find("合同法")
    assert found is not None
    assert found.standing(TODAY) is Standing.REPEALED


def test_a_part_of_a_law_does_not_replace_the_whole(tmp_path: Path) -> None:
    (tmp_path / "民法典.txt").write_text("中华人民共和国民法典\n第一条　甲。\n第二条　乙。\n", "utf-8")
    done = import_texts(tmp_path, tmp_path / "out" / "own.jsonl", TODAY)
    assert done.added == done.updated == ()
    assert "可能不是全文" in done.unreadable[0][1]
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_none_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="不是文件夹"):
        import_texts(tmp_path / "none", tmp_path / "own.jsonl", TODAY)
    with pytest.raises(CorpusError, match="jsonl"):
        import_texts(tmp_path, tmp_path / "own.txt", TODAY)
