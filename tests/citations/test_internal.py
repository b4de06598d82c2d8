"""What a draft says of its own articles, paragraphs, items, attachments and abbreviations."""

from __future__ import annotations

import pytest

from legalcheck.citations import InternalKind, check_internal
from legalcheck.document import from_text

HEAD = "某镇环境卫生管理办法\n第一条　为加强管理，制定本办法。\n"
TAIL = (
    "\n第三条　有下列情形之一的，予以劝导：\n（一）乱倒垃圾；\n（二）乱贴广告。\n前款第（二）项所列行为从轻。\n"
    "第四条　本办法自印发之日起施行。\n"
)


def issues(second: str, tail: str = TAIL) -> list[tuple[InternalKind, str, int | None]]:
    draft = from_text(HEAD + "第二条　" + second + tail)
    found = check_internal(draft)
    for one in found:
        assert draft.paragraphs[one.paragraph].text[one.start : one.end] == one.text
    return [(one.kind, one.text, one.available) for one in found]


@pytest.mark.parametrize(
    ("text", "kind", "words", "available"),
    [
        ("违反第二十条规定的，予以约谈。", InternalKind.NO_SUCH_ARTICLE, "第二十条", 4),
        ("违反本办法第九条的，予以约谈。", InternalKind.NO_SUCH_ARTICLE, "本办法第九条", 4),
        ("符合第三条至第六条规定的，予以登记。", InternalKind.NO_SUCH_ARTICLE, "第六条", 4),
        ("违反第三条第四款的，予以约谈。", InternalKind.NO_SUCH_PARAGRAPH, "第三条第四款", 2),
        ("有第三条第一款第（五）项情形的，予以约谈。", InternalKind.NO_SUCH_ITEM, "第三条第一款第（五）项", 2),
        ("有第三条所列第（五）项行为的，予以约谈。", InternalKind.NO_SUCH_ITEM, "第三条所列第（五）项", 2),
        ("违反前款规定的，予以约谈。", InternalKind.NOTHING_BEFORE, "前款", 0),
        ("违反前两条规定的，予以约谈。", InternalKind.NOTHING_BEFORE, "前两条", 1),
        ("申请表见附件3。", InternalKind.NO_SUCH_ATTACHMENT, "附件3", 0),
    ],
)
def test_a_wrong_reference_is_found(text: str, kind: InternalKind, words: str, available: int) -> None:
    assert issues(text) == [(kind, words, available)]


@pytest.mark.parametrize(
    "text",
    [
        "违反第三条第一款第（二）项的，予以约谈。",
        "有本办法第三条所列第（一）至第（二）项行为的，予以约谈。",
        "违反前条规定的，予以约谈。",
        "依照《行政处罚法》第四十条处理。",
        "违反《某法》第三条规定的，依照第九十条处罚。",
        "将第二十条修改为第二十一条。",
        "参照“按照第八十八条办理”的说法。",
        "《某法》中前款规定另有要求。\n前款规定适用于全镇。",
    ],
)
def test_a_right_or_foreign_reference_is_left_alone(text: str) -> None:
    assert [one for one in issues(text) if one[0] is not InternalKind.NOTHING_BEFORE] == []


def test_attachments_in_the_note_exist() -> None:
    note = "\n附件：1.申请表\n　　　2.承诺书\n"
    assert issues("申请表见附件1，承诺书见附件2，清单见附件3。", TAIL + note) == [
        (InternalKind.NO_SUCH_ATTACHMENT, "附件3", 2)
    ]


def test_an_abbreviation_used_above_its_declaration_is_found() -> None:
    found = issues("执行《条例》规定。\n根据《某省市容条例》（以下简称《条例》），按照《条例》第三条办理。")
    assert found == [(InternalKind.ALIAS_BEFORE_DECLARATION, "《条例》", None)]


def test_a_draft_without_articles_is_not_held_against_articles() -> None:
    assert check_internal(from_text("关于某事项的通知\n一、按照第三条规定的程序办理。\n二、完成时限为三日。")) == []
