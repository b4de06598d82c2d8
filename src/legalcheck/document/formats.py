"""What a file is when it is not a .docx, and what its owner should do about it."""

from __future__ import annotations

from ..errors import DocumentError, UnsupportedFormatError

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_RESAVE = "请用 Word 或 WPS 打开后另存为 .docx 再提交"
_CONVERT = f"{_RESAVE}，或者安装 LibreOffice 后使用 --convert"


def _name(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def refuse(data: bytes, name: str) -> DocumentError:
    """The error for bytes that are no zip package; `name` is the file's name, for .wps and .wpt."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head[:512].lower()
    if not data:
        return DocumentError("文件是空的（0 字节）；请重新取得送审文件后再试。")
    if data.startswith(OLE):
        return _ole(data, name)
    if head.startswith(b"{\\rtf"):
        return UnsupportedFormatError(f"这是 RTF 文件，不能直接审查；{_CONVERT}。")
    if b"%PDF-" in data[:1024]:
        return UnsupportedFormatError("这是 PDF 文件，不能直接审查；请提交起草时的 Word 文件（.docx）。")
    if b"pkg:package" in data[:4096] or b"Word.Document" in data[:1024]:
        return UnsupportedFormatError(f"这是 Word 的 XML 文件（不是 .docx 压缩包）；{_RESAVE}。")
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        return UnsupportedFormatError(f"这是网页（HTML）文件，只是扩展名像 Word 文件；{_RESAVE}。")
    if lower.startswith(b"mime-version:"):
        return UnsupportedFormatError(f"这是单个网页（MHT）文件；{_RESAVE}。")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        return UnsupportedFormatError("这是图片文件，没有可审查的文字；请提交起草时的 Word 文件（.docx）。")
    if b"PK\x05\x06" in data[:64] or data.startswith(b"PK"):
        return DocumentError("文件已损坏（压缩包不完整）；请重新取得文件，或用 Word 打开并修复后另存为 .docx 再试。")
    if b"\x00" not in data[:4096]:
        return UnsupportedFormatError("这不是 Word 文件，看起来是纯文本；请把内容粘贴到 Word 后另存为 .docx 再提交。")
    return UnsupportedFormatError(f"不认识的文件格式，不是 .docx；{_RESAVE}。")


def _ole(data: bytes, name: str) -> DocumentError:
    if _name("EncryptedPackage") in data or _name("EncryptionInfo") in data:
        return UnsupportedFormatError(
            "文件设有打开密码（已加密），无法读取；请在 Word 中取消密码后另存为 .docx 再提交。"
        )
    if _name("Workbook") in data or _name("PowerPoint Document") in data:
        return UnsupportedFormatError("这是旧版 Excel 或 PowerPoint 文件，不是文稿；请提交 Word 文件（.docx）。")
    if name.lower().endswith((".wps", ".wpt")):
        return UnsupportedFormatError(f"这是 WPS 文字的 .wps 文件，不能直接审查；{_CONVERT}。")
    if _name("WordDocument") in data:
        return UnsupportedFormatError(f"这是 Word 97—2003 的 .doc 文件，不能直接审查；{_CONVERT}。")
    return UnsupportedFormatError(f"这是旧式复合文档（.doc、.wps 一类），不能直接审查；{_CONVERT}。")


def refuse_package(members: frozenset[str], mimetype: bytes) -> DocumentError:
    """The error for a zip without the parts of an Office package; `mimetype` is OpenDocument's first member."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return UnsupportedFormatError(f"这是 OpenDocument（.odt 等）文件，不能直接审查；{_CONVERT}。")
    if not members:
        return DocumentError("压缩包里什么也没有，不是 .docx；请重新取得送审文件后再试。")
    return DocumentError(f"文件已损坏或者不是 .docx（压缩包里缺少 Office 文件必备的部件）；{_RESAVE}。")


def refuse_content_type(content_type: str) -> DocumentError:
    """The error for an Office package whose main part is no text document."""
    if "spreadsheetml" in content_type or "ms-excel" in content_type:
        return UnsupportedFormatError("这是 Excel 工作簿，不是文稿；请提交 Word 文件（.docx）。")
    if "presentationml" in content_type or "ms-powerpoint" in content_type:
        return UnsupportedFormatError("这是 PowerPoint 演示文稿，不是文稿；请提交 Word 文件（.docx）。")
    return UnsupportedFormatError(f"文件的主文档不是 Word 文稿；{_RESAVE}。")
