"""The zip package of a .docx: its parts and relationships (ISO/IEC 29500-2), read within the limits.

Nothing is written to disk, no relationship with an external target is followed, and only the parts that are asked for
are unpacked.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from ..errors import DocumentError, UnsafeDocumentError
from ..lazy import regex
from . import formats, limits
from .names import CONTENT_TYPES, PACKAGE_RELS
from .xml import parse

if TYPE_CHECKING:
    from lxml import etree

_BROKEN = "请重新取得文件，或用 Word 打开并修复后另存为 .docx 再试"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    UnicodeError,
)


class Relationship(Struct, frozen=True):
    """One internal relationship: the last word of its type (``styles``, ``header`` …) and the part it leads to."""

    kind: str
    target: str


class Package:
    """An opened package; `data` are the bytes of the whole file.

    Raises `DocumentError` and its subclasses for what is no readable .docx.
    """

    def __init__(self, data: bytes, name: str = "") -> None:
        if len(data) > limits.MAX_FILE_SIZE:
            raise UnsafeDocumentError(
                f"文件超过 {limits.MAX_FILE_SIZE // limits.MIB} MiB，已拒绝读取；请压缩或删去文中图片后再试。"
            )
        self.data = data
        self._unpacked = 0
        if not data.startswith(b"PK") or len(data) < 22:
            raise formats.refuse(data, name)
        _check_directory(data)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except NotImplementedError:
            raise DocumentError(f"文件的压缩方式不受支持；{_BROKEN}。") from None
        except _ZIP_ERRORS:
            raise DocumentError(f"文件已损坏（压缩包不完整）；{_BROKEN}。") from None
        self.members = _members(archive)
        self.main, self.content_type = self._find_main()

    def _find_main(self) -> tuple[str, str]:
        if "[content_types].xml" not in self.members or "_rels/.rels" not in self.members:
            mimetype = self.read("mimetype") if "mimetype" in self.members else b""
            raise formats.refuse_package(frozenset(self.members), mimetype)
        types = parse(self.read("[Content_Types].xml"), "[Content_Types].xml")
        if types.tag != CONTENT_TYPES + "Types":
            raise DocumentError(f"文件已损坏（内容类型清单无效）；{_BROKEN}。")
        main = ""
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument":
                main = relationship.target
                break
        if not main or not self.has(main):
            raise DocumentError(f"文件已损坏（找不到主文档）；{_BROKEN}。")
        content_type = _content_type(types, main)
        if content_type and not _is_document(content_type):
            raise formats.refuse_content_type(content_type)
        return main, content_type

    def has(self, part: str) -> bool:
        """Whether the package holds this part; names compare without case (ISO/IEC 29500-2 6.2.2.3)."""
        return part.lower() in self.members

    def read(self, part: str) -> bytes:
        """A part's bytes; `UnsafeDocumentError` beyond the limits, `DocumentError` where they are damaged."""
        info = self.members.get(part.lower())
        if info is None:
            raise DocumentError(f"文件已损坏（缺少 {part}）；{_BROKEN}。")
        if info.flag_bits & 0x1:
            raise DocumentError("文件的压缩包设有密码，无法读取；请取消密码后另存为 .docx 再提交。")
        _check_size(part, info.file_size, info.compress_size)
        data = _unpack(self.data, info)
        if data is None:
            raise DocumentError(f"文件已损坏（{part} 无法解压）；{_BROKEN}。")
        self._unpacked += len(data)
        if self._unpacked > limits.MAX_TOTAL_SIZE:
            raise UnsafeDocumentError("文件展开后过大，疑为压缩炸弹，已拒绝读取；请用 Word 重新另存后再试。")
        return data

    def parse(self, part: str) -> etree._Element:
        """A part's root element."""
        return parse(self.read(part), part)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The internal relationships of a part ("" for the package), by id; external ones are left out."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(rels):
            return {}
        found: dict[str, Relationship] = {}
        for element in self.parse(rels).iterchildren(PACKAGE_RELS + "Relationship"):
            if element.get("TargetMode", "Internal").lower() == "external":
                continue
            target = resolve(folder, element.get("Target", ""))
            if target:
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = Relationship(kind, target)
            if len(found) > limits.MAX_RELATIONSHIPS:
                raise UnsafeDocumentError("文件中的关系过多，已拒绝读取；请用 Word 重新另存后再试。")
        return found


_PLAIN_TARGET = regex(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.[a-z]+")


def resolve(folder: str, target: str) -> str:
    """A relationship's target as a part name; "" for one that leads out of the package or is a URI."""
    if _PLAIN_TARGET.fullmatch(target):
        return f"{folder}/{target}" if folder else target
    target = unquote(target.split("#", 1)[0]).replace("\\", "/")
    if not target or ":" in target.split("/", 1)[0] or target.startswith("//"):
        return ""
    path = posixpath.normpath(target if target.startswith("/") else posixpath.join("/", folder, target))
    # normpath silently drops .. above the root; a target that needs it is not ours
    depth = 0
    for step in (target if target.startswith("/") else posixpath.join(folder, target)).split("/"):
        depth += -1 if step == ".." else (step not in ("", "."))
        if depth < 0:
            return ""
    return path.lstrip("/")


def _check_directory(data: bytes) -> None:
    """Refuse a central directory that would cost more memory than its parts (zipfile reads it whole)."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or len(data) - end < 22:
        raise DocumentError(f"文件已损坏（压缩包不完整）；{_BROKEN}。")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size == 0xFFFFFFFF:  # zip64: the real size stands in the record before
        record = data.rfind(b"PK\x06\x06", 0, end)
        size = int.from_bytes(data[record + 40 : record + 48], "little") if record >= 0 else size
    if size > limits.MAX_DIRECTORY_SIZE:
        raise UnsafeDocumentError("压缩包的目录过大，已拒绝读取；请用 Word 重新另存后再试。")


def _unpack(data: bytes, info: zipfile.ZipInfo) -> bytes | None:
    """A member's bytes, None where they are damaged or not what the directory says of them.

    Done here and not with `ZipFile.open`, which takes longer to set up than most parts of a document take to inflate.
    Never more is inflated than the directory says, so a size that lies costs nothing.
    """
    at = info.header_offset
    header = data[at : at + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        return None
    name_end = at + 30 + int.from_bytes(header[26:28], "little")
    name = data[at + 30 : name_end]
    start = name_end + int.from_bytes(header[28:30], "little")
    packed = data[start : start + info.compress_size]
    try:
        # which of two names counts would depend on the reader
        if name.decode("utf-8" if info.flag_bits & 0x800 else "cp437") != info.orig_filename:
            return None
        if info.compress_type == zipfile.ZIP_STORED:
            unpacked = packed
        elif info.compress_type == zipfile.ZIP_DEFLATED:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            unpacked = inflater.decompress(packed, info.file_size + 1)
        else:  # ISO/IEC 29500-2 7.3 allows these two
            return None
    except (zlib.error, ValueError):
        return None
    return unpacked if len(unpacked) == info.file_size and zlib.crc32(unpacked) == info.CRC else None


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > limits.MAX_MEMBERS:
        raise UnsafeDocumentError("压缩包里的文件过多，已拒绝读取；请用 Word 重新另存后再试。")
    for info in infos:
        name = info.filename.replace("\\", "/").lower()
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise UnsafeDocumentError(
                "压缩包里有指向外部的文件名，可能被人动过手脚，已拒绝读取；请用 Word 重新另存后再试。"
            )
        if name in found:
            raise UnsafeDocumentError(
                "压缩包里有重名的文件，不同软件会读出不同内容，已拒绝读取；请用 Word 重新另存后再试。"
            )
        found[name] = info
    return found


def _check_size(part: str, unpacked: int, packed: int) -> None:
    if unpacked > limits.MAX_PART_SIZE or (
        unpacked > limits.RATIO_FREE_SIZE and unpacked > max(1, packed) * limits.MAX_RATIO
    ):
        raise UnsafeDocumentError(f"文件中的 {part} 展开后过大，疑为压缩炸弹，已拒绝读取；请用 Word 重新另存后再试。")


def _content_type(types: etree._Element, part: str) -> str:
    path, extension = "/" + part.lower(), part.rpartition(".")[2].lower()
    default = ""
    for element in types:
        if element.tag == CONTENT_TYPES + "Override" and unquote(element.get("PartName", "")).lower() == path:
            return element.get("ContentType", "")
        if element.tag == CONTENT_TYPES + "Default" and element.get("Extension", "").lower() == extension:
            default = element.get("ContentType", "")
    return default


def _is_document(content_type: str) -> bool:
    kind = content_type.lower()
    return "wordprocessingml" in kind or "ms-word" in kind or kind in ("application/xml", "text/xml")
