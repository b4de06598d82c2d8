"""Seeded hostile inputs for the reader: packages of random markup, and mutations of whole files."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

from docx_build import NAMESPACES, docx

_TAG_NAMES = """
w:p w:r w:t w:tbl w:tr w:tc w:pPr w:rPr w:tcPr w:trPr w:numPr w:ilvl w:numId w:pStyle w:rStyle w:sdt w:sdtContent
w:sdtPr w:hyperlink w:ins w:del w:moveFrom w:moveTo w:delText w:fldChar w:instrText w:fldSimple w:ruby w:rubyBase
w:rt w:sym w:tab w:br w:cr w:noBreakHyphen w:footnoteReference w:endnoteReference w:vanish w:gridSpan w:vMerge
w:hMerge w:gridBefore w:sectPr w:headerReference w:footerReference w:titlePg w:txbxContent w:drawing w:pict
w:object w:altChunk w:subDoc w:bookmarkStart w:smartTag w:customXml w:outlineLvl w:cellDel w:ffData w:checkBox
w:ddList w:listEntry w:result w:body mc:AlternateContent mc:Choice mc:Fallback m:oMath m:r m:t v:textpath a:txBody
a:p a:r a:t w:abstractNum w:num w:lvl w:lvlText w:numFmt w:start w:lvlRestart w:isLgl w:lvlOverride
w:startOverride w:numStyleLink w:abstractNumId w:style w:basedOn w:name w:footnote w:endnote x
"""
_ATTRIBUTE_NAMES = """
w:val w:type w:fldCharType w:id w:char w:font w:styleId w:default w:numId w:ilvl w:abstractNumId r:id Requires
xml:space string
"""
_VALUE_WORDS = """
0 1 2 3 8 9 -1 99 2147483648 99999999999999999999 abc begin separate end default first even paragraph character
numbering restart continue chineseCounting decimal bullet none upperRoman lowerLetter ordinalText %1 第%1条
（%1） %1.%2.%9 a b c header1 footer1 footnotes wps w14 zz preserve F0FE FFFFFFFF D800 true off Wingdings
"""
_TAGS, _ATTRIBUTES = _TAG_NAMES.split(), _ATTRIBUTE_NAMES.split()
_VALUES = [*_VALUE_WORDS.split(), ""]
_TEXTS = (
    "第三条 申请人应当提交下列材料：（一）身份证；（二）户口簿。",
    "附件1",
    "附件：1.甲 2.乙",
    "一、总则",
    "（二）其他",
    "1.1.1 a",
    "2026年13月41日",
    "关于印发《办法》的通知：",
    "目录",
    "①②③；②；（一）（一）（三）1.2.3、",
    "《“（一）”",
    " \n\t ",
    "\u3000\u200b\ufeff",
    "EQ \\o\\ac(○,21)",
    "MACROBUTTON x y",
    "有效期五年，自2026年1月1日起施行。",
    "X",
)
_PARTS = ("styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", "header1.xml", "footer1.xml", "settings.xml")
_ROOTS = ("w:styles", "w:numbering", "w:footnotes", "w:endnotes", "w:hdr", "w:ftr", "w:settings")


def package(rng: random.Random) -> bytes:
    """A well-formed package whose markup means little."""
    parts = {
        name: f"<{root} {NAMESPACES}>{_markup(rng, 2, 12)}</{root}>"
        for name, root in zip(_PARTS, _ROOTS, strict=True)
        if rng.random() < 0.6
    }
    return docx(_markup(rng, 0, 30), parts=parts, strict=rng.random() < 0.1)


def _markup(rng: random.Random, depth: int, most: int) -> str:
    pieces = []
    for _ in range(rng.randint(0, most)):
        tag = rng.choice(_TAGS if depth else ("w:p", "w:p", "w:tbl", "w:sdt", "w:sectPr", *_TAGS))
        names = rng.sample(_ATTRIBUTES, rng.randint(0, 3))
        attributes = "".join(f' {name}="{rng.choice(_VALUES)}"' for name in names)
        if rng.random() < 0.35:
            inner = rng.choice(_TEXTS)
        elif depth < 9:
            inner = _markup(rng, depth + 1, 5)
        else:
            inner = ""
        pieces.append(f"<{tag}{attributes}>{inner}</{tag}>")
    return "".join(pieces)


def mutate(data: bytes, rng: random.Random) -> bytes:
    """A file with damage: to the archive's bytes, or to the bytes of one of its parts."""
    if rng.random() < 0.3:
        return _damage(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist() if info.file_size < 1 << 20]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        return _damage(data, rng)
    chosen = [i for i, (name, _) in enumerate(members) if name.endswith((".xml", ".rels"))]
    if not chosen:
        return _damage(data, rng)
    for index in rng.sample(chosen, min(len(chosen), rng.randint(1, 2))):
        name, content = members[index]
        change = rng.choice((_damage, _swap_tags, _swap_values))
        members[index] = (name, change(content, rng))
    if rng.random() < 0.1:
        members.pop(rng.randrange(len(members)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def _damage(data: bytes, rng: random.Random) -> bytes:
    raw = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        if not raw:
            break
        at = rng.randrange(len(raw))
        match rng.randrange(5):
            case 0:
                raw[at] = rng.randrange(256)
            case 1:
                del raw[at : at + rng.randint(1, 40)]
            case 2:
                raw[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
            case 3:
                raw[at:at] = raw[at : at + rng.randint(1, 200)]
            case _:
                del raw[at + (len(raw) - at) // rng.randint(1, 50) :]
    return bytes(raw)


def _swap_tags(data: bytes, rng: random.Random) -> bytes:
    """Make one element name another, everywhere: the part stays well-formed."""
    old, new = (name.encode() for name in rng.sample(_TAGS, 2))
    for mark in (b" ", b">", b"/"):
        data = data.replace(b"<" + old + mark, b"<" + new + mark).replace(b"</" + old + mark, b"</" + new + mark)
    return data


def _swap_values(data: bytes, rng: random.Random) -> bytes:
    pieces = data.split(b'w:val="')
    for _ in range(rng.randint(1, 10)):
        at = rng.randrange(len(pieces))
        end = pieces[at].find(b'"')
        if at and end >= 0:
            pieces[at] = rng.choice(_VALUES).encode() + pieces[at][end:]
    return b'w:val="'.join(pieces)
