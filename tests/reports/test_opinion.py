"""The opinion as a Word document."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime

import docx
import pytest
from msgspec.structs import replace

from legalcheck.corpora.profile import national
from legalcheck.record.case import Case, fold
from legalcheck.record.events import Event, Kind, NewEvent, chained
from legalcheck.reports.opinion import render

DRAFT = "ab" * 32
FINDING = {
    "fingerprint": "0123456789abcdef",
    "rule": "CERT-001",
    "title": "索要村（居）委会负面清单证明",
    "category": "revoked_certificate",
    "severity": "blocking",
    "location": "第二条",
    "quote": "村民委员会出具的无犯罪记录证明",
    "message": "要求提供村（居）民委员会不应出具的证明",
    "advice": "建议删除。",
    "ground": ["《优化营商环境条例》第四十四条"],
}
REVIEW = {
    "name": "送审稿.docx",
    "title": "青石镇临时救助办法",
    "as_of": "2026-11-23",
    "version": "0.1.0",
    "rules": "r",
    "corpora": "c",
    "scope": "in_scope",
    "scope_reasons": ["文种为办法。"],
    "options": {},
}
PERSON = {"unit": "镇司法所", "role": "审核", "account": "root"}


def case(*findings: dict[str, object], signed: str = "", cleared: dict[str, object] | None = None) -> Case:
    drafter = {"unit": "镇民政办", "role": "起草", "account": "root"}
    new = [
        NewEvent(
            Kind.STEP,
            DRAFT,
            "submitted",
            "李雷",
            drafter | {"step": "送审", "note": "", "evidence": [], "title": "青石镇临时救助办法"},
        ),
        NewEvent(
            Kind.STEP,
            DRAFT,
            "accepted",
            "王敏",
            PERSON | {"step": "受理", "note": "", "evidence": [], "accepted": "2026-11-23", "due": "2026-12-14"},
        ),
        NewEvent(Kind.REVIEWED, DRAFT, "reviewing", "王敏", PERSON | REVIEW | {"findings": list(findings)}),
    ]
    if cleared:
        new.append(NewEvent(Kind.CLEARED, DRAFT, "reviewing", "王敏", PERSON | cleared))
    if signed:
        body = PERSON | {"conclusion": signed, "number": "青司审〔2026〕5号", "reason": ""}
        new.append(NewEvent(Kind.OPINION, DRAFT, "gate_open", "赵正", body))
    events: list[Event] = []
    for entry in new:
        last = events[-1] if events else None
        events.append(chained(entry, DRAFT, datetime(2026, 11, 23, tzinfo=UTC), last, last))
    return fold(events)


def text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def opinion(one: Case) -> bytes:
    return render(one, profile=national(), ledger_id="f" * 16, today=date(2026, 11, 23))


def test_an_opinion_names_the_very_bytes_and_every_problem_with_its_ground_and_advice() -> None:
    shown = text(opinion(case(FINDING, signed="应当予以修改")))
    assert DRAFT in shown
    for words in ("青司审〔2026〕5号", "第二条", FINDING["quote"], "《优化营商环境条例》第四十四条", "建议删除。"):
        assert str(words) in shown
    assert "意见采纳情况反馈表" in shown


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("青石镇养犬管理办法", "《青石镇养犬管理办法（送审稿）》"),
        ("青石镇养犬管理办法（送审稿）", "《青石镇养犬管理办法（送审稿）》"),
        ("青石镇养犬管理办法(修改稿)", "《青石镇养犬管理办法(修改稿)》"),
    ],
)
def test_the_stage_of_a_draft_is_named_once(title: str, named: str) -> None:
    assert f"关于{named}的合法性审核意见" in text(opinion(replace(case(FINDING), title=title)))


def test_an_opinion_that_nobody_signed_says_so() -> None:
    shown = text(opinion(case(FINDING)))
    assert "未经签署，不得作为审核意见使用" in shown
    assert "待签署" in shown


def test_what_a_person_disposed_of_stands_with_reason_and_basis() -> None:
    cleared = {
        "finding": FINDING["fingerprint"],
        "as": "lawful",
        "severity": "blocking",
        "reason": "另有依据",
        "basis": ["《社会救助暂行办法》第十条"],
    }
    shown = text(opinion(case(FINDING, cleared=cleared, signed="合法")))
    assert "没有需要修改的问题" in shown
    assert "应当根据本意见修改" not in shown
    assert "另有依据。依据：《社会救助暂行办法》第十条" in shown


@pytest.mark.parametrize("quote", ["<w:p>&amp;", "甲\x0b乙\x00丙", "\ud800", "“引号”", "=1+1"])
def test_whatever_stands_in_a_draft_makes_a_readable_document(quote: str) -> None:
    shown = text(opinion(case(FINDING | {"quote": quote})))
    assert all(part in shown for part in re.findall(r"[^\x00-\x1f\ud800]+", quote))


def test_the_same_record_gives_the_same_bytes() -> None:
    one = case(FINDING, signed="应当予以修改")
    assert opinion(one) == opinion(one)


def test_the_page_is_that_of_gb_t_9704() -> None:
    section = docx.Document(io.BytesIO(opinion(case(FINDING)))).sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]
