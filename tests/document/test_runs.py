"""Characters lead back to the runs they come from, in every story."""

from __future__ import annotations

from docx_build import NAMESPACES, docx, notes, p, r, tbl, tc, tr
from hypothesis import given, settings
from hypothesis import strategies as st

from legalcheck.document import read
from legalcheck.document.runs import RunMap, locate

BODY = (
    p("申请人应当提交", r("无犯罪", "<w:b/>"), "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", r("记录证明。"))
    + tbl(tr(tc(p("材料")), tc(p("村委会", "证明"))))
    + p(
        "框",
        "<w:r><w:pict><v:textbox><w:txbxContent>" + p("框内", "文字") + "</w:txbxContent></v:textbox></w:pict></w:r>",
    )
    + p("前半，", ppr="<w:rPr><w:del/></w:rPr>")
    + p("<w:r><w:t>后半</w:t><w:tab/><w:t>末</w:t></w:r>", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    + p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>")
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
)
FILE = docx(
    BODY,
    parts={
        "footnotes.xml": notes("footnote", {1: p("脚", "注")}),
        "header1.xml": f"<w:hdr {NAMESPACES}>{p('页', '眉')}</w:hdr>",
    },
)


def test_a_span_lies_in_the_runs_that_hold_it() -> None:
    pieces = RunMap(FILE).locate(0, 5, 12)
    assert [(x.node.text or "")[x.offset : x.offset + x.end - x.start] for x in pieces] == ["提交", "无犯罪", "记录"]
    assert [(x.start, x.end, x.offset) for x in pieces] == [(5, 7, 5), (7, 10, 0), (10, 12, 0)]
    assert all(x.run is not None and x.node.getparent() is x.run for x in pieces)


def test_every_story_has_runs() -> None:
    draft, runs = read(FILE), RunMap(FILE)
    assert [x.text for x in draft.paragraphs] == [
        "申请人应当提交无犯罪记录证明。", "材料", "村委会证明", "框", "框内文字", "前半，后半\t末", "a+b",
        "脚注", "页眉",
    ]  # fmt: skip
    for paragraph in draft.paragraphs:
        pieces = runs.locate(paragraph.origin, 0, len(paragraph.text))
        assert pieces[0].start == 0
        assert pieces[-1].end == len(paragraph.text)
        story = runs.roots[paragraph.origin.story]
        assert pieces[0].node.getroottree().getroot() is story
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        assert list(story.iter(w + "p"))[paragraph.origin.element] in list(pieces[0].node.iterancestors())


def test_parts_that_are_parsed_already_are_used() -> None:
    import io

    import docx as python_docx

    document = python_docx.Document(io.BytesIO(FILE))
    runs = RunMap(FILE, roots={"word/document.xml": document.element})
    run = runs.locate(0, 0, 3)[0].run
    assert run is document.paragraphs[0].runs[0]._r


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_located_text_is_the_text_asked_for(data: st.DataObject) -> None:
    runs = RunMap(FILE)
    paragraph = data.draw(st.sampled_from(runs.paragraphs))
    start = data.draw(st.integers(0, len(paragraph.text)))
    end = data.draw(st.integers(start, len(paragraph.text)))
    found = ""
    for piece in runs.locate(paragraph.index, start, end):
        inner = (piece.node.text or "")[piece.offset : piece.offset + piece.end - piece.start]
        found += inner or "\t"
    assert found == paragraph.text[start:end]


def test_one_span_can_be_asked_for_alone() -> None:
    origin = read(FILE).paragraphs[-1].origin
    assert [piece.node.text for piece in locate(FILE, origin, 0, 2)] == ["页", "眉"]
