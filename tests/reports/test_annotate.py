"""Comments in the annotated copy: on the very words, in every kind of markup, and nothing else changed."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date

import pytest
from annotation import AUTHOR, Comment, canonical, check, comments, finding, parts, plant, report
from docx_build import NAMESPACES, docx, notes, p, r, styles, tbl, tc, tr
from docx_fuzz import package
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from legalcheck import Location
from legalcheck.document import read
from legalcheck.errors import DocumentError
from legalcheck.reports.annotate import annotate

BOX = "<w:txbxContent>" + p("框内", "文字") + "</w:txbxContent>"
DRAWING = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>' + BOX + "</wps:txbx></w:drawing>"
    "</mc:Choice><mc:Fallback><w:pict><v:textbox>"
    + BOX
    + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
RUBY = "<w:r><w:ruby><w:rt><w:r><w:t>cang</w:t></w:r></w:rt><w:rubyBase>" + r("苍") + "</w:rubyBase></w:ruby></w:r>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
DELETED = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
INSERTED = (
    '<w:ins w:id="1" w:author="甲">' + r("插入的文字") + '</w:ins><w:moveTo w:id="2">' + r("移来的") + "</w:moveTo>"
)
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>" + r("控件里的字") + "</w:sdtContent></w:sdt>"
BODY = (
    p("青石镇便民服务办法", style="Title")
    + p("第一条 申请人应当提交", r("无犯罪记录", "<w:b/>"), DELETED, r("证明。"))
    + p("<w:r><w:rPr><w:i/></w:rPr><w:t>  前后有 空格  </w:t><w:tab/><w:t>制表</w:t><w:br/><w:t>换行</w:t></w:r>")
    + p("新增", INSERTED)
    + p("见", '<w:hyperlink w:anchor="a">' + r("链接文字") + "</w:hyperlink>", FIELD.format(r("第三条")), "的规定")
    + p("甲", CONTROL, "<w:smartTag>" + r("标签") + "</w:smartTag>")
    + p('<w:fldSimple w:instr="TITLE">' + r("域的结果") + "</w:fldSimple>", "后文")
    + tbl(tr(tc(p("材料名称")), tc(p("村委会", "证明") + tbl(tr(tc(p("嵌套单元格")))))))
    + p("图前", DRAWING, "图后")
    + p("公式", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", RUBY, "石镇")
    + p("前半，", ppr="<w:rPr><w:del/></w:rPr>")
    + p("后半", '<w:r><w:footnoteReference w:id="1"/></w:r>', "末尾", '<w:r><w:endnoteReference w:id="1"/></w:r>')
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
)  # fmt: skip
STORIES = {
    "styles.xml": styles('<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'),
    "footnotes.xml": notes("footnote", {1: p("脚", "注文字")}),
    "endnotes.xml": notes("endnote", {1: p("尾注文字")}),
    "header1.xml": f"<w:hdr {NAMESPACES}>{p('页眉文字')}</w:hdr>",
    "footer1.xml": f"<w:ftr {NAMESPACES}>{p('页脚文字')}</w:ftr>",
}
FILE = docx(BODY, parts=dict(STORIES))


def on(words: str, data: bytes = FILE) -> Comment:
    """The comment on the first place where these words stand."""
    draft = read(data)
    index, start = next((q.index, q.text.index(words)) for q in draft.paragraphs if words in q.text)
    there = Location("", index, start, start + len(words), part=draft.paragraphs[index].origin.part)
    made = report(draft, finding(1, there, words))
    copy = annotate(made, data).data
    assert check(made, data, copy).wrong == []
    (comment,) = (c for c in comments(copy) if c.author == AUTHOR)
    return comment


@pytest.mark.parametrize(
    "words",
    [
        "申请人应当提交", "提交无犯罪记录证", "犯罪", "证明。", "前后", "后有 空", " 空格", "格\t制", "表\n换", "\t",
        "增插入的", "字移来", "链接", "见链接文字第", "三条的", "控件", "甲控件里", "标签", "域的结", "果后文",
        "材料名", "委会证", "嵌套", "图后", "石镇", "前半，后半", "后半末尾",
    ],
)  # fmt: skip
def test_a_comment_lies_on_exactly_its_words(words: str) -> None:
    comment = on(words)
    assert (comment.words, comment.quoted) == (words, None)


@pytest.mark.parametrize(
    ("words", "on_words", "after", "place"),
    [
        ("框内文", "", "图前", "文本框"),
        ("注文", "", "后半", "脚注"),
        ("尾注", "", "末尾", "尾注"),
        ("页眉", "青石镇便民服务办法", "", "页眉"),
        ("页脚文字", "青石镇便民服务办法", "", "页脚"),
    ],
)
def test_where_word_shows_no_comments_it_stands_nearby_and_quotes(
    words: str, on_words: str, after: str, place: str
) -> None:
    comment = on(words)
    assert comment.words == on_words
    assert comment.before.endswith(after)
    assert comment.lines[1] == f"原文（{place}）：“{words}”"


@pytest.mark.parametrize(("words", "whole"), [("+b", "a+b"), ("式a", "式a+b"), ("苍", "苍")])
def test_what_cannot_be_cut_is_taken_whole_and_the_words_quoted(words: str, whole: str) -> None:
    comment = on(words)
    assert comment.words == whole
    assert comment.lines[1] == f"原文：“{words}”"


def test_a_comment_says_rule_problem_ground_and_advice_in_short_paragraphs() -> None:
    assert on("申请人").lines == [
        "【建议完善】PLANT-001 植入的问题", "问题：第1处<问题>&", "依据：《行政许可法》第十四条", "建议：建议删去。",
    ]  # fmt: skip
    assert on("申请人").date == "2026-11-23T00:00:00Z"


def test_the_matched_words_are_marked_rather_than_the_whole_clause() -> None:
    draft = read(FILE)
    place = Location("第一条", 1, 4, len(draft.paragraphs[1].text))
    made = replace(finding(1, place, draft.paragraphs[1].text[4:]), marks=((7, 9), (10, 12)))
    (comment,) = comments(annotate(report(draft, made), FILE).data)
    assert comment.words == "无犯罪记录"


def test_a_finding_on_the_whole_draft_stands_on_the_title() -> None:
    data = docx(p("送审稿") + p("青石镇人民政府关于印发《便民服务办法》的通知") + p("各村：") + p("一、总则"))
    draft = read(data)
    (comment,) = comments(annotate(report(draft, finding(1, Location())), data).data)
    assert comment.words == draft.paragraphs[1].text


def test_a_draft_without_text_carries_it_on_an_empty_paragraph() -> None:
    data = docx(p(ppr='<w:jc w:val="center"/>'))
    copy = annotate(report(read(data), finding(1, Location())), data).data
    assert [c.marks for c in comments(copy)] == [["commentRangeStart", "commentRangeEnd", "commentReference"]]
    assert canonical(copy) == canonical(data)


def test_a_number_without_text_is_marked_with_its_paragraph() -> None:
    from docx_build import level, numbering

    numbers = numbering({0: level(0, "decimal", "第%1条")}, {1: (0, "")})
    data = docx(p("正文") + p(num=(1, 0)) + p("以下"), parts={"numbering.xml": numbers})
    draft = read(data)
    assert draft.paragraphs[1].line == "第1条"
    (comment,) = comments(annotate(report(draft, finding(1, Location("", 1))), data).data)
    assert (comment.before, comment.words, comment.quoted) == ("正文", "", "第1条")


def test_comments_that_overlap_keep_their_own_words_and_their_order() -> None:
    draft = read(FILE)
    spans = [(0, 5), (0, 9), (3, 12), (4, 6), (4, 6), (11, 18)]
    made = report(draft, *(finding(n, Location("", 1, *span)) for n, span in enumerate(spans)))
    copy = annotate(made, FILE).data
    assert check(made, FILE, copy).wrong == []
    text = draft.paragraphs[1].text
    assert [c.words for c in comments(copy)] == [text[start:end] for start, end in spans]


def test_comments_that_are_there_stay_and_ids_do_not_clash() -> None:
    old = (
        f'<w:comments {NAMESPACES}><w:comment w:id="7" w:author="甲">{p("旧批注")}</w:comment>'
        f'<w:comment w:id="2" w:author="乙">{p("又一条")}</w:comment></w:comments>'
    )
    marked = (
        '<w:commentRangeStart w:id="7"/>'
        + r("申请人")
        + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    )
    data = docx(p(marked, "应当提交"), parts={"comments.xml": old})
    made = report(read(data), finding(1, Location("", 0, 1, 5)))
    copy = annotate(made, data).data
    assert check(made, data, copy).wrong == []
    assert [(c.author, c.words) for c in comments(copy)] == [("甲", "申请人"), ("乙", ""), (AUTHOR, "请人应当")]
    assert parts(copy)["word/comments.xml"].count(b'w:id="8"') == 1


def test_a_strict_file_gets_strict_names() -> None:
    data = docx(BODY, parts=dict(STORIES), strict=True)
    comment = on("申请人", data)
    assert comment.words == "申请人"
    draft = read(data)
    copy = parts(annotate(report(draft, finding(1, Location("", 1, 0, 3))), data).data)
    assert b"schemas.openxmlformats.org/wordprocessingml" not in copy["word/comments.xml"] + copy["word/document.xml"]
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in copy["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    ("content_type", "suffix"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ".docx"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", ".dotx"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", ".dotm"),
    ],
)
def test_macros_and_templates_keep_their_kind(content_type: str, suffix: str) -> None:
    data = docx(p("正文文字"), content_type=content_type, members={"word/vbaProject.bin": b"macro"})
    made = annotate(report(read(data), finding(1, Location("", 0, 0, 2))), data)
    assert made.suffix == suffix
    assert content_type.encode() in parts(made.data)["[Content_Types].xml"]
    assert parts(made.data)["word/vbaProject.bin"] == b"macro"


def test_the_same_draft_and_findings_give_the_same_bytes() -> None:
    made = plant(read(FILE), "bytes")
    assert annotate(made, FILE).data == annotate(made, FILE).data


def test_without_findings_the_copy_is_the_draft() -> None:
    assert annotate(report(read(FILE)), FILE).data == FILE


def test_a_signed_draft_is_refused_with_a_sentence() -> None:
    data = docx(p("正文"), members={"_xmlsignatures/origin.sigs": b""})
    with pytest.raises(DocumentError, match="电子签名"):
        annotate(report(read(data), finding(1, Location())), data)


def test_a_protected_draft_stays_protected_and_a_note_says_so() -> None:
    protection = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    data = docx(p("正文"), parts={"settings.xml": f"<w:settings {NAMESPACES}>{protection}</w:settings>"})
    made = annotate(report(read(data), finding(1, Location("", 0, 0, 1))), data)
    assert "停止保护" in made.notes[0]
    assert parts(made.data)["word/settings.xml"] == parts(data)["word/settings.xml"]


def test_a_draft_that_changed_since_the_review_is_refused() -> None:
    made = plant(read(FILE), "changed")
    with pytest.raises(DocumentError, match="有改动"):
        annotate(made, docx(BODY.replace("申请人", "行政相对人"), parts=dict(STORIES)))


def test_an_unreachable_part_is_copied_without_being_unpacked() -> None:
    import io
    import zipfile

    buffer = io.BytesIO(docx(p("正文")))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/media/图像.bin", bytes(1 << 20))
    data = buffer.getvalue()
    copy = annotate(report(read(data), finding(1, Location("", 0, 0, 1), "")), data).data
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        info = archive.getinfo("word/media/图像.bin")
        assert (info.compress_type, archive.read(info)) == (zipfile.ZIP_BZIP2, bytes(1 << 20))
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_a_comment_can_be_dated_by_another_day() -> None:
    made = replace(report(read(FILE), finding(1, Location())), as_of=date(2020, 2, 29))
    assert comments(annotate(made, FILE).data)[0].date == "2020-02-29T00:00:00Z"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 32))
def test_planted_findings_are_found_where_they_were_planted(seed: int) -> None:
    made = plant(read(FILE), seed)
    copy = annotate(made, FILE).data
    verdict = check(made, FILE, copy)
    assert verdict.wrong == []
    assert verdict.exact + verdict.widened + verdict.elsewhere == len(made.findings) - 1


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 4000))
def test_no_markup_makes_it_fail_or_changes_the_text(seed: int) -> None:
    data = package(random.Random(seed))
    draft = read(data)
    with suppress(DocumentError):  # no paragraph in the body
        assert read(annotate(plant(draft, seed, 4), data).data).text == draft.text
