"""Styles told apart without parsing the part: the same as from the parsed part, whatever it looks like."""

from __future__ import annotations

import pytest

from legalcheck.document import xml
from legalcheck.document.stylesheet import StyleSheet
from legalcheck.errors import DocumentError, UnsafeDocumentError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
HIDDEN = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
TABLE = '<w:style w:type="table" w:styleId="t"><w:tblStylePr w:type="firstRow"><w:rPr/></w:tblStylePr></w:style>'


def part(*styles: str, before: str = "<w:docDefaults/>", attributes: str = W) -> bytes:
    return f'<?xml version="1.0"?>\n<w:styles {attributes}>{before}{"".join(styles)}</w:styles>'.encode()


PARTS = {
    "plain": part(NORMAL, HIDDEN, TABLE),
    "white space": part(NORMAL, "\n  ", HIDDEN, "\n", TABLE, "\n"),
    "a comment": part(NORMAL, "<!--" + HIDDEN + "-->", TABLE),
    "other quotes": part(NORMAL.replace('"', "'"), HIDDEN),
    "an entity in an id": part(NORMAL, HIDDEN.replace('"h"', '"h&amp;i"')),
    "a style without content": part(NORMAL, '<w:style w:type="character" w:styleId="e"/>', HIDDEN),
    "a style in a style": part(NORMAL.replace("<w:name", HIDDEN + "<w:name"), TABLE),
    "an element between": part(NORMAL, "<w:latentStyles/>", HIDDEN),
    "the prefix declared twice": part(NORMAL, HIDDEN.replace("<w:rPr>", f"<w:rPr {W}>")),
    "an id twice": part(NORMAL, HIDDEN, HIDDEN.replace("character", "paragraph")),
    "two defaults": part(NORMAL, NORMAL.replace('"a"', '"b"')),
    "UTF-16": part(NORMAL, HIDDEN).decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16"),
    "no style": part(),
}


@pytest.mark.parametrize("name", PARTS)
def test_styles_are_those_of_the_parsed_part(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = StyleSheet(PARTS[name], "styles")
    monkeypatch.setattr("legalcheck.document.stylesheet.children_apart", lambda *_: None)
    whole = StyleSheet(PARTS[name], "styles")
    assert (told.names, told.default) == (whole.names, whole.default)
    for style_id in ("a", "b", "h", "h&i", "t", "e", ""):
        assert (style_id in told) == (style_id in whole)
        if style_id in told:
            one, other = told[style_id], whole[style_id]
            assert (one.tag, dict(one.attrib)) == (other.tag, dict(other.attrib))
            assert [x.tag for x in one.iter()] == [x.tag for x in other.iter()]


def test_a_plain_part_is_told_apart() -> None:
    assert xml.children_apart(PARTS["plain"], "styles", b"w:style") is not None


def test_a_style_that_is_no_xml_is_refused_when_it_is_asked_for() -> None:
    sheet = StyleSheet(part(NORMAL, HIDDEN.replace("<w:vanish/>", "<w:vanish>")), "styles")
    with pytest.raises(DocumentError):
        sheet["h"]


def test_a_document_type_declaration_is_refused() -> None:
    with pytest.raises(UnsafeDocumentError):
        StyleSheet(b"<!DOCTYPE w:styles>" + PARTS["plain"].partition(b"?>\n")[2], "styles")
