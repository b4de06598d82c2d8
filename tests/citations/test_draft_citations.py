"""Citations of a draft: their place, abbreviations, titles broken over two paragraphs."""

from __future__ import annotations

from datetime import date

from legalcheck.citations import Status, citations
from legalcheck.document import from_text

TODAY = date(2026, 11, 23)


def test_each_citation_stands_at_its_paragraph_and_provision() -> None:
    draft = from_text(
        "某镇办法\n第一条　根据《行政许可法》第十七条和国办发〔2018〕37号，制定本办法。\n"
        "第二条　违反本办法第一条的，依照《行政处罚法》处理。\n"
    )
    found = citations(draft, TODAY)
    assert [one.citation.text for one in found] == [
        "《行政许可法》第十七条",
        "国办发〔2018〕37号",
        "本办法第一条",
        "《行政处罚法》",
    ]
    for one in found:
        text = draft.paragraphs[one.paragraph].text
        assert text[one.citation.start : one.citation.end] == one.citation.text
        for number in one.citation.numbers:
            assert text[number.start : number.end] == "国办发〔2018〕37号"
        for ref in one.citation.clauses:
            assert text[ref.start : ref.end] in ("第十七条", "第一条")
    assert [draft.path(one.provision) for one in found] == ["第一条", "第一条", "第二条", "第二条"]


def test_a_title_may_run_on_into_the_next_paragraph() -> None:
    draft = from_text("关于转发《某县农村集体\n资产管理办法》的通知\n根据《物权法》办理。")
    first, second = citations(draft, TODAY)
    assert first.citation.title == "某县农村集体资产管理办法"
    assert (first.paragraph, first.end_paragraph) == (0, 1)
    assert draft.paragraphs[1].text[: first.citation.end] == "资产管理办法》"
    assert second.resolution.status is Status.REPEALED


def test_an_abbreviation_declared_later_counts_for_the_whole_draft() -> None:
    draft = from_text(
        "一、执行《条例》。\n二、根据《中华人民共和国收养法》（以下简称《条例》），规定如下。\n三、按照《条例》办理。"
    )
    found = citations(draft, TODAY)
    assert [one.citation.alias_of for one in found] == ["中华人民共和国收养法", "", "中华人民共和国收养法"]
    assert {one.resolution.status for one in found} == {Status.REPEALED}


def test_two_runs_give_the_same_values() -> None:
    text = "根据《行政许可法》、《某法》第三条，制定本办法。"
    assert citations(text, TODAY) == citations(text, TODAY)
