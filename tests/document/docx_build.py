"""Small .docx packages made from scratch, for the reader's tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS = {
    "styles.xml": "styles",
    "numbering.xml": "numbering",
    "settings.xml": "settings",
    "footnotes.xml": "footnotes",
    "endnotes.xml": "endnotes",
}


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, ppr: str = "") -> str:
    """A paragraph: content that does not begin with < becomes a run; `num` is (w:numId, w:ilvl)."""
    inner = ""
    if style:
        inner += f'<w:pStyle w:val="{style}"/>'
    if num is not None:
        inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    inner += ppr
    runs = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{runs}</w:p>"


def r(text: str, rpr: str = "") -> str:
    """A run with one w:t."""
    properties = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(*content: str, tcpr: str = "") -> str:
    """A table cell."""
    return f"<w:tc>{f'<w:tcPr>{tcpr}</w:tcPr>' if tcpr else ''}{''.join(content)}</w:tc>"


def tr(*cells: str, trpr: str = "") -> str:
    """A table row."""
    return f"<w:tr>{f'<w:trPr>{trpr}</w:trPr>' if trpr else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(ilvl: int, fmt: str, text: str, extra: str = "", start: int = 1) -> str:
    """A w:lvl."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def numbering(abstracts: dict[int, str], nums: dict[int, tuple[int, str]]) -> str:
    """A numbering part: abstract lists by id, and lists by id as (abstract id, overrides)."""
    body = "".join(f'<w:abstractNum w:abstractNumId="{i}">{x}</w:abstractNum>' for i, x in abstracts.items())
    body += "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{a}"/>{x}</w:num>' for i, (a, x) in nums.items())
    return f"<w:numbering {NAMESPACES}>{body}</w:numbering>"


def styles(body: str) -> str:
    """A styles part."""
    return f"<w:styles {NAMESPACES}>{body}</w:styles>"


def notes(kind: str, bodies: dict[int, str]) -> str:
    """A footnotes or endnotes part (`kind` is footnote or endnote)."""
    inner = "".join(f'<w:{kind} w:id="{i}">{x}</w:{kind}>' for i, x in bodies.items())
    return f"<w:{kind}s {NAMESPACES}>{inner}</w:{kind}s>"


def docx(
    body: str,
    *,
    parts: dict[str, str | bytes] | None = None,
    relationships: str = "",
    strict: bool = False,
    members: dict[str, bytes] | None = None,
    content_type: str = _MAIN_TYPE,
    prolog: str = '<?xml version="1.0" encoding="UTF-8"?>',
    encoding: str = "utf-8",
) -> bytes:
    """A package with that body. `parts` lie in word/ (header1.xml gets the relationship id header1)."""
    everything: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
        ),
        "_rels/.rels": _rels(f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    links = relationships
    for name, text in (parts or {}).items():
        stem = name.removesuffix(".xml")
        kind = _KINDS.get(name) or stem.rstrip("0123456789")
        links += f'<Relationship Id="{stem}" Type="{R}/{kind}" Target="{name}"/>'
        everything[f"word/{name}"] = text
    everything["word/_rels/document.xml.rels"] = _rels(links)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            if isinstance(content, str):
                if strict:
                    for old, new in STRICT.items():
                        content = content.replace(old, new)
                content = (prolog + content).encode(encoding)
            archive.writestr(name, content)
        for name, raw in (members or {}).items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def _rels(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
