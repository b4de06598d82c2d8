"""Hostile and broken files are refused with one sentence, and nothing outside the package is ever read."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from docx_build import NAMESPACES, docx, level, numbering, p

from legalcheck.document import limits, read
from legalcheck.errors import DocumentError, UnsafeDocumentError, UnsupportedFormatError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def refusal(data: bytes, kind: type[DocumentError] = DocumentError, name: str = "") -> str:
    with pytest.raises(kind) as caught:
        read(data, name=name)
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def repack(data: bytes, change: dict[str, bytes | None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def main_part(inner: str, prolog: str = "") -> bytes:
    return repack(docx(p("甲")), {"word/document.xml": (prolog + inner).encode()})


DOCUMENT = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "密码"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.docx", ".doc 文件"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.wps", ".wps 文件"),
        (OLE + "Workbook".encode("utf-16-le"), "a.docx", "Excel"),
        (b"{\\rtf1 a}", "a.docx", "RTF"),
        (b"%PDF-1.7\n", "a.docx", "PDF"),
        (b"<!DOCTYPE html><html></html>", "a.docx", "HTML"),
        (b'<?xml version="1.0"?><pkg:package/>', "a.docx", "XML"),
        (b"\x89PNG\r\n\x1a\n", "a.docx", "图片"),
        ("某办法".encode(), "a.docx", "纯文本"),
    ],
)
def test_other_formats_are_told_apart(data: bytes, name: str, words: str) -> None:
    assert words in refusal(data, UnsupportedFormatError, name)


def test_other_packages_are_told_apart() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert "OpenDocument" in refusal(buffer.getvalue(), UnsupportedFormatError)
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert "Excel" in refusal(docx(p("甲"), content_type=sheet), UnsupportedFormatError)


@pytest.mark.parametrize("kind", ["template.main", "document.main"])
def test_templates_and_macro_documents_are_read(kind: str) -> None:
    office = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    for content_type in (office, macro):
        assert read(docx(p("甲"), content_type=content_type, members={"word/vbaProject.bin": OLE})).text == "甲"


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "无.docx", "找不到"), (tmp_path, "文件夹")):
        with pytest.raises(DocumentError, match=words):
            read(path)
    assert "空" in refusal(b"")


def test_a_file_opened_as_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("甲", encoding="utf-8")
    with path.open(encoding="utf-8") as stream, pytest.raises(DocumentError, match="二进制"):
        read(stream)  # type: ignore[arg-type]


def test_paths_bytes_and_files_give_the_same_draft(tmp_path: Path) -> None:
    data = docx(p("甲"))
    path = tmp_path / "草案.docx"
    path.write_bytes(data)
    with path.open("rb") as stream:
        drafts = [
            read(path),
            read(str(path)),
            read(stream),
            read(data, name="草案.docx"),
            read(io.BytesIO(data), name="草案.docx"),
        ]
    assert all(draft == drafts[0] for draft in drafts)
    assert drafts[0].name == "草案.docx"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!-- x --><!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/numbering.xml"])
def test_a_document_type_declaration_is_refused_in_every_part(declaration: str, part: str) -> None:
    data = docx(p("甲"), parts={"numbering.xml": numbering({0: level(0, "decimal", "%1")}, {1: (0, "")})})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read(part).decode()
    head, mark, rest = content.partition("?>")
    assert "DTD" in refusal(repack(data, {part: (head + mark + declaration + rest).encode()}), UnsafeDocumentError)


def test_external_relationships_are_not_followed() -> None:
    link = (
        '<Relationship Id="x" Type="{0}/header" Target="file:///etc/hostname" TargetMode="External"/>'
        '<Relationship Id="y" Type="{0}/footnotes" Target="../../../etc/hostname"/>'
        '<Relationship Id="z" Type="{0}/styles" Target="http://127.0.0.1/styles.xml"/>'
    ).format("http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    section = '<w:sectPr><w:headerReference w:type="default" r:id="x"/></w:sectPr>'
    body = p("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>') + section
    assert read(docx(body, relationships=link)).text == "甲"


def test_duplicate_and_traversing_members_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = docx(p("甲"), members={"word/document.xml": b"<x/>"})
    assert "重名" in refusal(twice, UnsafeDocumentError)
    assert "重名" in refusal(docx(p("甲"), members={"WORD/Document.xml": b"<x/>"}), UnsafeDocumentError)
    for name in ("../x", "/x", "word/../../x", "C:/x", "..\\x"):
        assert "外部" in refusal(docx(p("甲"), members={name: b""}), UnsafeDocumentError)


@pytest.mark.parametrize(
    "inner",
    ["", "<a/>", "<w:document/>", "<w:document", "\x00", DOCUMENT.format("<w:p>"), "<w:body xmlns:w='urn:x'/>"],
)
def test_a_broken_main_part_is_refused(inner: str) -> None:
    refusal(main_part(inner))


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_a_missing_part_is_refused(part: str) -> None:
    refusal(repack(docx(p("甲")), {part: None}))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = docx(p("甲"))
    refusal(data[: int(len(data) * share)])


def test_a_part_that_unpacks_too_large_is_refused() -> None:
    bomb = DOCUMENT.format(p("甲" * 10_000_000)).encode()
    assert "压缩炸弹" in refusal(repack(docx(p("甲")), {"word/document.xml": bomb}), UnsafeDocumentError)


def test_a_size_that_lies_is_refused() -> None:
    data = bytearray(repack(docx(p("甲")), {"word/document.xml": DOCUMENT.format(p("甲" * 100_000)).encode()}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("word/document.xml")
    real, small = info.file_size.to_bytes(4, "little"), (900).to_bytes(4, "little")
    refusal(bytes(data.replace(real, small)))


def test_tree_size_depth_and_text_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal(main_part(DOCUMENT.format("<w:sdt>" * 5000 + "</w:sdt>" * 5000)), UnsafeDocumentError)
    refusal(main_part(DOCUMENT.format("<w:tbl><w:tr><w:tc>" * 84 + "</w:tc></w:tr></w:tbl>" * 84)), UnsafeDocumentError)
    monkeypatch.setattr(limits, "MAX_TEXT_SIZE", 10)
    refusal(docx(p("甲" * 20)), UnsafeDocumentError)
    monkeypatch.setattr(limits, "MAX_TREE_SIZE", 100)
    refusal(docx(p("甲")), UnsafeDocumentError)
    monkeypatch.setattr(limits, "MAX_FILE_SIZE", 100)
    refusal(docx(p("甲")), UnsafeDocumentError)


def test_a_directory_of_very_many_entries_is_refused_unread() -> None:
    data = docx(p("甲"))
    end = data.rfind(b"PK\x05\x06")
    forged = data[: end + 12] + (limits.MAX_DIRECTORY_SIZE + 1).to_bytes(4, "little") + data[end + 16 :]
    assert "目录" in refusal(forged, UnsafeDocumentError)


def test_noise_behind_a_zip_signature_is_refused() -> None:
    refusal(b"PK\x03\x04" + zlib.compress(b"noise" * 100) * 20)


def test_a_note_that_refers_to_itself_ends() -> None:
    from docx_build import notes

    parts = {"footnotes.xml": notes("footnote", {1: p("注", '<w:r><w:footnoteReference w:id="1"/></w:r>')})}
    assert read(docx(p("甲", '<w:r><w:footnoteReference w:id="1"/></w:r>'), parts=parts)).text == "甲\n注"


def test_importing_the_reader_loads_neither_lxml_nor_python_docx() -> None:
    import subprocess
    import sys

    code = (
        "import sys, legalcheck.document as d; d.from_text('甲'); "
        "print([m for m in ('lxml', 'docx') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
    code = "import sys, legalcheck.document.reader; print('docx' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
