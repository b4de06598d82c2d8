"""Telling the materials of a package by name and first lines."""

import pytest

from legalcheck.document.package import Material, accounts, listed, recognise


@pytest.mark.parametrize(
    ("name", "material"),
    [
        ("1.县停车管理办法（送审稿）.docx", Material.DRAFT),
        ("公平竞争审查工作办法（送审稿）.docx", Material.DRAFT),
        ("县停车管理办法起草说明.docx", Material.EXPLANATION),
        ("办法公平竞争审查表.pdf", Material.FAIR_COMPETITION),
        ("公开征求意见情况及采纳情况说明.docx", Material.CONSULTATION),
        ("企业座谈会意见.doc", Material.OPERATORS),
        ("社会稳定风险评估报告.pdf", Material.RISK),
        ("部门会签意见.pdf", Material.COUNTERSIGN),
        ("条文对照表.xlsx", Material.BASIS),
        ("听证会笔录.pdf", Material.HEARING),
    ],
)
def test_a_file_is_known_by_its_name(name: str, material: Material) -> None:
    assert recognise(name) == {material}


def test_a_covering_letter_is_no_material() -> None:
    assert recognise("关于报送《县停车管理办法（送审稿）》的函.docx") == frozenset()


def test_first_lines_tell_where_the_name_does_not() -> None:
    assert recognise("附件2.docx", ["《县停车管理办法》", "起草说明"]) == {Material.EXPLANATION}


def test_a_draft_on_hearings_is_not_the_record_of_one() -> None:
    assert recognise("正文.docx", ["县价格听证办法", "第一条 为了规范价格听证，制定本办法。"]) == frozenset()


def test_an_explanation_accounts_for_the_consultation() -> None:
    assert Material.CONSULTATION in accounts("向社会公开征求意见三十日，共收到意见十二条，采纳八条。")
    assert accounts("本办法共十条。") == frozenset()


def test_a_line_may_list_what_was_submitted() -> None:
    package = listed("送审材料：送审稿、起草说明、制定依据。\n第一条 总则。")
    assert package is not None
    assert package.has(Material.EXPLANATION)
    assert not package.has(Material.RISK)
    assert listed("第一条 总则。") is None
