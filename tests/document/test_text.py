"""What text is read, in which order, and what is not."""

from __future__ import annotations

import pytest
from docx_build import docx, notes, p, r, styles, tbl, tc, tr

from legalcheck.document import read
from legalcheck.document.model import Part


def lines(body: str, **more: object) -> list[str]:
    return [paragraph.line for paragraph in read(docx(body, **more)).paragraphs]  # type: ignore[arg-type]


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    body = p(
        "<w:ins>" + r("新增") + "</w:ins>",
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>",
        "<w:moveTo>" + r("移来") + "</w:moveTo>",
        "<w:moveFrom>" + r("移走") + "</w:moveFrom>",
    )
    assert lines(body) == ["新增移来"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = p("当事人不服的，", ppr="<w:rPr><w:del/></w:rPr>") + p("可以申请复议。")
    assert lines(body) == ["当事人不服的，可以申请复议。"]


def test_hidden_text_is_not_read_directly_or_through_styles() -> None:
    hidden = styles(
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="derived"><w:basedOn w:val="base"/></w:style>'
    )
    body = (
        p("甲", r("乙", "<w:vanish/>"), r("丙", '<w:rStyle w:val="h"/>'), r("丁", '<w:vanish w:val="0"/>'))
        + p("整段隐藏", style="derived")
        + p("末段")
    )
    assert lines(body, parts={"styles.xml": hidden}) == ["甲丁", "末段"]


def test_one_branch_of_alternate_content_is_read() -> None:
    body = p(
        '<mc:AlternateContent><mc:Choice Requires="w14">'
        + r("新")
        + "</mc:Choice><mc:Fallback>"
        + r("旧")
        + "</mc:Fallback></mc:AlternateContent>",
        '<mc:AlternateContent xmlns:q="urn:unknown"><mc:Choice Requires="q">'
        + r("不懂")
        + "</mc:Choice><mc:Fallback>"
        + r("后备")
        + "</mc:Fallback></mc:AlternateContent>",
    )
    assert lines(body) == ["新后备"]


@pytest.mark.parametrize(
    "box",
    [
        "<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>",
        "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>",
    ],
)
def test_a_text_box_follows_the_line_it_is_anchored_in(box: str) -> None:
    body = p("前半", "<w:r>" + box.format(p("框内一") + p("框内二")) + "</w:r>", "后半") + p("下一段")
    draft = read(docx(body))
    assert [x.text for x in draft.paragraphs] == ["前半后半", "框内一", "框内二", "下一段"]
    assert [x.origin.part for x in draft.paragraphs] == [Part.BODY, Part.TEXTBOX, Part.TEXTBOX, Part.BODY]
    assert [x.origin.element for x in draft.paragraphs] == [0, 1, 2, 3]


def test_a_watermark_is_read() -> None:
    body = p("正文", '<w:r><w:pict><v:shape><v:textpath string="征求意见稿"/></v:shape></w:pict></w:r>')
    assert lines(body) == ["正文", "征求意见稿"]


def test_text_drawn_in_a_shape_is_read() -> None:
    shape = "<a:txBody><a:p><a:r><a:t>流程图</a:t></a:r></a:p></a:txBody>"
    assert lines(p("正文", f"<w:r><w:drawing>{shape}</w:drawing></w:r>")) == ["正文", "流程图"]


def test_wrappers_are_transparent() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + p("控件段") + "</w:sdtContent></w:sdt>"
        '<w:customXml w:element="x">' + p("自定义") + "</w:customXml>"
    ) + p(
        "<w:hyperlink>" + r("链接") + "</w:hyperlink>",
        "<w:smartTag><w:smartTagPr/>" + r("标记") + "</w:smartTag>",
        "<w:sdt><w:sdtContent>" + r("行内控件") + "</w:sdtContent></w:sdt>",
        '<w:bdo w:val="ltr">' + r("方向") + "</w:bdo>",
    )
    assert lines(body) == ["控件段", "自定义", "链接标记行内控件方向"]


def field(code: str, result: str | None) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = mark.format("separate") + r(result) if result is not None else ""
    return mark.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + shown + mark.format("end")


def test_a_field_shows_its_result_and_never_its_code() -> None:
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field("DOCPROPERTY x", "内层")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("外层")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        p("见", field(" REF _r \\h ", "第五条"), "。")
        + p("索引", field(' XE "隐藏" ', None))
        + p(nested)
        + p('<w:fldSimple w:instr="DATE">' + r("2026年3月1日") + "</w:fldSimple>")
    )
    assert lines(body) == ["见第五条。", "索引", "外层", "2026年3月1日"]


def test_equation_fields_show_the_character_under_the_phonetic_guide() -> None:
    body = p(field(r"EQ \* jc2 \o\ad(\s\up 9(hán),邯)", None), "郸", field(r"EQ \o\ac(○,21)", None))
    assert lines(body) == ["邯郸21"]


def test_form_fields_show_their_state() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    box = begin.format('<w:checkBox><w:checked w:val="1"/></w:checkBox>') + end
    choice = begin.format(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'
    )
    assert lines(p(box, "同意", choice + end)) == ["☒同意乙"]


def test_a_field_that_never_ends_hides_nothing_after_it() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert lines(p(begin) + p("其后的正文。")) == ["其后的正文。"]


def test_ruby_gives_its_base_text() -> None:
    ruby = "<w:r><w:ruby><w:rt>" + r("dān") + "</w:rt><w:rubyBase>" + r("郸") + "</w:rubyBase></w:ruby></w:r>"
    assert lines(p("邯", ruby, "市")) == ["邯郸市"]


def test_marks_and_symbols_are_characters() -> None:
    body = p(
        "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )
    assert lines(body) == ["甲\n乙\t丙\u2011丁☑"]


def test_white_space_is_trimmed_unless_preserved() -> None:
    body = "<w:p><w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space='preserve'> 乙 </w:t></w:r></w:p>"
    assert lines(body) == ["甲 乙 "]


def test_formulas_are_read() -> None:
    assert lines(p("罚款额=", "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")) == ["罚款额=a+b"]


def test_notes_are_read_where_visible_text_refers_to_them() -> None:
    parts = {
        "footnotes.xml": notes("footnote", {1: p("注一") + p("续一"), 2: p("注二"), 3: p("无人引用")}),
        "endnotes.xml": notes("endnote", {1: p("尾注")}),
    }
    body = p(
        "甲",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:r><w:endnoteReference w:id="1"/></w:r>',
        '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del>',
    )
    draft = read(docx(body, parts=parts))
    assert [x.text for x in draft.paragraphs] == ["甲", "注二", "注一", "续一", "尾注"]
    assert draft.paragraphs[2].origin.story == "word/footnotes.xml"
    assert draft.paragraphs[2].origin.element == 0


def header(name: str, text: str) -> str:
    from docx_build import NAMESPACES

    return f"<w:{name} {NAMESPACES}>{p(text)}</w:{name}>"


def test_headers_and_footers_are_read_once_and_only_where_shown() -> None:
    parts = {
        "header1.xml": header("hdr", "页眉"),
        "header2.xml": header("hdr", "首页页眉"),
        "header3.xml": header("hdr", "偶数页页眉"),
        "footer1.xml": header("ftr", "页脚"),
    }
    first = '<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/>'
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        + first
        + '<w:footerReference w:type="default" r:id="footer1"/>{}</w:sectPr>'
    )
    body = p("甲", ppr=section.format("<w:titlePg/>")) + p("乙") + section.format("")
    assert lines(body, parts=parts) == ["甲", "乙", "页眉", "首页页眉", "页脚"]
    assert lines(p("乙") + section.format(""), parts=parts) == ["乙", "页眉", "页脚"]


def test_strict_documents_and_utf_16_are_read() -> None:
    body = p("正文") + tbl(tr(tc(p("单元格"))))
    assert lines(body, strict=True) == ["正文", "单元格"]
    prolog = '<?xml version="1.0" encoding="UTF-16"?>'
    assert lines(body, prolog=prolog, encoding="utf-16") == ["正文", "单元格"]


def test_what_cannot_be_read_is_noted() -> None:
    assert read(docx(p("甲") + '<w:altChunk r:id="x"/>')).notes
    assert not read(docx(p("甲"))).notes


def test_a_long_body_is_read_in_parts_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    from legalcheck.document import limits

    body = "".join(p(f"第{i}段") + tbl(tr(tc(p("甲")), tc(p("乙")))) for i in range(3000)) + "<w:sectPr/>"
    whole = read(docx(body))
    monkeypatch.setattr(limits, "WHOLE_TREE_SIZE", 1000)
    assert read(docx(body)).paragraphs == whole.paragraphs
