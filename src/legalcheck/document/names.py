"""The XML names the reader looks for, in the Transitional and the Strict vocabulary (ISO/IEC 29500-4 and -1)."""

from __future__ import annotations

from functools import cache

W_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
M_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/math"
M_STRICT = "http://purl.oclc.org/ooxml/officeDocument/math"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
DRAWINGML = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
DIAGRAM_IDS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{http://purl.oclc.org/ooxml/drawingml/diagram}relIds",
)
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PACKAGE_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# Namespaces an mc:Choice may require and be chosen: those Word 2010 and later understands. The reader needs only the
# w: vocabulary inside them.
UNDERSTOOD = frozenset(
    {
        W_TRANSITIONAL,
        W_STRICT,
        M_TRANSITIONAL,
        M_STRICT,
        "urn:schemas-microsoft-com:vml",
        "urn:schemas-microsoft-com:office:office",
        "urn:schemas-microsoft-com:office:word",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }
)
UNDERSTOOD_PREFIX = "http://schemas.microsoft.com/office/"


class Names:
    """Clark names of one WordprocessingML vocabulary; `names(namespace)` makes each once."""

    def __init__(self, w: str) -> None:
        strict = w == W_STRICT
        r = R_STRICT if strict else R_TRANSITIONAL

        def n(local: str) -> str:
            return f"{{{w}}}{local}"

        self.namespace = w
        # blocks
        self.document, self.body = n("document"), n("body")
        self.p, self.ppr, self.r, self.rpr, self.t = n("p"), n("pPr"), n("r"), n("rPr"), n("t")
        self.tbl, self.tr, self.tc = n("tbl"), n("tr"), n("tc")
        self.tblpr, self.tblgrid, self.trpr, self.tcpr = n("tblPr"), n("tblGrid"), n("trPr"), n("tcPr")
        self.tblprex = n("tblPrEx")
        self.sdt, self.sdt_content, self.sdtpr, self.sdt_end = n("sdt"), n("sdtContent"), n("sdtPr"), n("sdtEndPr")
        self.alt_chunk, self.sect_pr, self.txbx = n("altChunk"), n("sectPr"), n("txbxContent")
        self.sub_doc = n("subDoc")
        # inline
        self.deleted, self.moved_from, self.inserted, self.moved_to = n("del"), n("moveFrom"), n("ins"), n("moveTo")
        self.tab, self.ptab, self.br, self.cr, self.sym = n("tab"), n("ptab"), n("br"), n("cr"), n("sym")
        self.no_break_hyphen, self.soft_hyphen = n("noBreakHyphen"), n("softHyphen")
        self.fld_char, self.fld_char_type, self.instr_text = n("fldChar"), n("fldCharType"), n("instrText")
        self.del_text, self.del_instr_text = n("delText"), n("delInstrText")
        self.ff_data, self.check_box, self.checked = n("ffData"), n("checkBox"), n("checked")
        self.dd_list, self.result, self.list_entry = n("ddList"), n("result"), n("listEntry")
        self.drawing, self.pict, self.object = n("drawing"), n("pict"), n("object")
        self.hyperlink = n("hyperlink")
        self.ruby, self.ruby_base = n("ruby"), n("rubyBase")
        self.footnote_reference, self.endnote_reference = n("footnoteReference"), n("endnoteReference")
        self.custom_xml_pr, self.smart_tag_pr = n("customXmlPr"), n("smartTagPr")
        self.custom_xml, self.smart_tag = n("customXml"), n("smartTag")
        self.fld_simple, self.dir, self.bdo = n("fldSimple"), n("dir"), n("bdo")
        # comments (17.13.4)
        self.comments, self.comment, self.annotation_ref = n("comments"), n("comment"), n("annotationRef")
        self.comment_start, self.comment_end = n("commentRangeStart"), n("commentRangeEnd")
        self.comment_reference = n("commentReference")
        self.sz, self.sz_cs, self.bold = n("sz"), n("szCs"), n("b")
        self.spacing, self.ind, self.jc = n("spacing"), n("ind"), n("jc")
        self.author, self.initials, self.date = n("author"), n("initials"), n("date")
        self.footnote, self.endnote = n("footnote"), n("endnote")
        self.document_protection, self.edit, self.enforcement = n("documentProtection"), n("edit"), n("enforcement")
        # properties
        self.val, self.type, self.id, self.char, self.font = n("val"), n("type"), n("id"), n("char"), n("font")
        self.pstyle, self.rstyle, self.num_pr, self.ilvl, self.num_id = (
            n("pStyle"), n("rStyle"), n("numPr"), n("ilvl"), n("numId"),
        )  # fmt: skip
        self.outline_lvl, self.vanish = n("outlineLvl"), n("vanish")
        self.grid_span, self.vmerge, self.hmerge, self.grid_before = (
            n("gridSpan"), n("vMerge"), n("hMerge"), n("gridBefore"),
        )  # fmt: skip
        self.cell_del = n("cellDel")
        self.header_reference, self.footer_reference = n("headerReference"), n("footerReference")
        self.title_pg, self.even_and_odd = n("titlePg"), n("evenAndOddHeaders")
        self.rid, self.rdm = f"{{{r}}}id", f"{{{r}}}dm"
        # styles and numbering parts
        self.style, self.style_id, self.default, self.name, self.based_on = (
            n("style"), n("styleId"), n("default"), n("name"), n("basedOn"),
        )  # fmt: skip
        self.doc_defaults = n("docDefaults")
        self.abstract_num, self.abstract_num_id, self.num, self.num_style_link = (
            n("abstractNum"), n("abstractNumId"), n("num"), n("numStyleLink"),
        )  # fmt: skip
        self.lvl, self.lvl_override, self.start_override, self.start = (
            n("lvl"), n("lvlOverride"), n("startOverride"), n("start"),
        )  # fmt: skip
        self.num_fmt, self.lvl_text, self.lvl_restart, self.is_lgl = (
            n("numFmt"), n("lvlText"), n("lvlRestart"), n("isLgl"),
        )  # fmt: skip
        self.format = n("format")
        self.rfonts, self.ascii, self.hansi = n("rFonts"), n("ascii"), n("hAnsi")


@cache
def names(namespace: str) -> Names:
    """The names of one WordprocessingML namespace."""
    return Names(namespace)


def names_of(tag: str) -> Names | None:
    """The vocabulary of a root element's Clark name; None when it is not WordprocessingML."""
    for namespace in (W_TRANSITIONAL, W_STRICT):
        if tag.startswith("{" + namespace + "}"):
            return names(namespace)
    return None


_FALSE = frozenset({"0", "false", "off", "no"})


def is_on(value: str | None) -> bool:
    """An on/off property that is present (ISO/IEC 29500-1 22.9.2.7): on unless its value says otherwise."""
    return value is None or value not in _FALSE


def integer(value: str | None, default: int) -> int:
    """A whole number in an attribute, or `default` where it is none (also beyond 18 digits)."""
    if value is None or len(value) > 18:
        return default
    try:
        return int(value)
    except ValueError:
        return default
