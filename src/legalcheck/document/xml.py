"""Parsing of one XML part: no DTD, no entities, no network, bounded memory."""

from __future__ import annotations

import re

from lxml import etree

from ..errors import DocumentError, UnsafeDocumentError
from . import limits

# <?xml …?>, comments and processing instructions may stand before a document type declaration.
_PROLOG_DOCTYPE = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)
_DTD = "文件中的 {} 带有 DTD 声明，可能被用来攻击读取程序，已拒绝读取；请用 Word 重新另存为 .docx 后再试。"
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def is_single_byte(data: bytes) -> bool:
    """Whether ASCII words can be searched for in the raw bytes (UTF-8 and kin, not UTF-16 or UTF-32)."""
    return b"\x00" not in data[:4] and data[:2] not in _BOMS[:2]


def estimate(data: bytes) -> int:
    """An upper estimate of the bytes the parsed tree takes: libxml2 spends some 130 on a node, 220 on an attribute."""
    return len(data) + 130 * data.count(b"<") + 220 * data.count(b"=")


def refuse_dtd(data: bytes, story: str) -> None:
    """Raise `UnsafeDocumentError` where a part begins with a document type declaration; OOXML parts never have one."""
    start = data[:4096].replace(b"\x00", b"")
    if start.startswith(_BOMS):
        start = start.lstrip(b"\xff\xfe\xef\xbb\xbf")
    if _PROLOG_DOCTYPE.match(start):
        raise UnsafeDocumentError(_DTD.format(story))


def parse(data: bytes, story: str) -> etree._Element:
    """The root element of an XML part.

    Raises `UnsafeDocumentError` for a document type declaration and beyond the limits, `DocumentError` for XML that is
    not well formed. `story` names the part in the message.
    """
    refuse_dtd(data, story)
    if estimate(data) > limits.MAX_TREE_SIZE:
        raise UnsafeDocumentError(f"文件中的 {story} 展开后过大，已拒绝读取；请把文件拆分后再试。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise UnsafeDocumentError(
                f"文件中的 {story} 嵌套过深或单个文字节点过大，已拒绝读取；请用 Word 重新另存后再试。"
            ) from None
        raise DocumentError(
            f"文件已损坏：{story} 不是格式正确的 XML；请用 Word 打开并修复后另存为 .docx 再试。"
        ) from None
    except (ValueError, LookupError, AssertionError):
        raise DocumentError(f"文件已损坏：{story} 无法解析；请用 Word 打开并修复后另存为 .docx 再试。") from None
    except MemoryError:
        raise UnsafeDocumentError(f"文件中的 {story} 过大，内存不足；请把文件拆分后再试。") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeDocumentError(_DTD.format(story))
    return root
