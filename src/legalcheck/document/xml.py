"""Parsing of one XML part: no DTD, no entities, no network, bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from ..errors import DocumentError, UnsafeDocumentError
from ..lazy import regex
from . import limits

# <?xml …?>, comments and processing instructions may stand before a document type declaration.
_PROLOG_DOCTYPE = regex(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE", re.DOTALL)
_DTD = "文件中的 {} 带有 DTD 声明，可能被用来攻击读取程序，已拒绝读取；请用 Word 重新另存为 .docx 后再试。"
_ROOT = regex(rb"(?:<\?[^>]*\?>)?\s*(<([\w:]+)[^>]*[^>/]>)")
_CHUNK = 1 << 16
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
    if b"<!DOCTYPE" not in start:
        return
    if start.startswith(_BOMS):
        start = start.lstrip(b"\xff\xfe\xef\xbb\xbf")
    if _PROLOG_DOCTYPE.match(start):
        raise UnsafeDocumentError(_DTD.format(story))


_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}
# lxml locks a parser while it works, so one serves all threads
_PARSER = etree.XMLParser(**_SAFE)
_REPAIR = "请用 Word 打开并修复后另存为 .docx 再试"


@contextmanager
def _told(story: str) -> Iterator[None]:
    """What the parser raises, as errors with a sentence."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        reason = str(error).lower()
        if "depth" in reason or "huge" in reason:
            raise UnsafeDocumentError(
                f"文件中的 {story} 嵌套过深或单个文字节点过大，已拒绝读取；请用 Word 重新另存后再试。"
            ) from None
        raise DocumentError(f"文件已损坏：{story} 不是格式正确的 XML；{_REPAIR}。") from None
    except (ValueError, LookupError, AssertionError):
        raise DocumentError(f"文件已损坏：{story} 无法解析；{_REPAIR}。") from None
    except MemoryError:
        raise UnsafeDocumentError(f"文件中的 {story} 过大，内存不足；请把文件拆分后再试。") from None


def _admit(data: bytes, story: str) -> int:
    refuse_dtd(data, story)
    size = estimate(data)
    if size > limits.MAX_TREE_SIZE:
        raise UnsafeDocumentError(f"文件中的 {story} 展开后过大，已拒绝读取；请把文件拆分后再试。")
    return size


def parse(data: bytes, story: str) -> etree._Element:
    """The root element of an XML part.

    Raises `UnsafeDocumentError` for a document type declaration and beyond the limits, `DocumentError` for XML that is
    not well formed. `story` names the part in the message.
    """
    _admit(data, story)
    with _told(story):
        root = etree.fromstring(data, _PARSER)
    _refuse_hidden_dtd(root, story)
    return root


def children_apart(data: bytes, story: str, name: bytes) -> tuple[bytes, list[bytes], bytes] | None:
    """The children of a part's root that have this name (prefix included), unparsed: one between the first and last
    values given is the part with that child alone. What a child begins with, `<name` and a space, is left to the first.

    None where bytes alone do not tell: with another encoding, comments, other prefixes, other elements among them. Such
    a part is for `parse`; of one that is told apart nothing has been parsed yet.
    """
    refuse_dtd(data, story)
    opening, closing = b"<" + name + b" ", b"</" + name + b">"
    head, *found = data.split(opening)
    prefix = name.partition(b":")[0]
    root = _ROOT.match(head)
    # characters that are rare in markup are looked for first: that is ten times as fast
    declares = b"!" in data and b"<!" in data
    if not found or root is None or not is_single_byte(data) or declares or b"'" in root[1]:
        return None
    last, mark, rest = found[-1].rpartition(closing)
    found[-1] = last + mark
    end = b"</" + root[2] + b">"
    if (
        rest.strip() == end
        and data.count(closing) == len(found)
        and 0 <= data.rfind(b"xmlns:" + prefix + b"=") < len(head)
        and data.find(b"?", len(head)) < 0
        and all(one.endswith(closing) or one.rstrip().endswith(closing) for one in found)
    ):
        return root[1] + opening, found, end
    return None


def _refuse_hidden_dtd(root: etree._Element, story: str) -> None:
    # a declaration in an encoding that `refuse_dtd` does not read
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeDocumentError(_DTD.format(story))


def is_large(data: bytes) -> bool:
    """Whether the tree of a part is better not held whole."""
    return len(data) > limits.WHOLE_TREE_SIZE // 20 and estimate(data) > limits.WHOLE_TREE_SIZE


def root_tag(data: bytes, story: str) -> str:
    """The Clark name of a part's root element, from its beginning alone."""
    _admit(data, story)
    parser = _pull_parser()
    with _told(story):
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
            for element in _elements(parser):
                return str(element.tag)
        parser.close()
    raise DocumentError(f"文件已损坏：{story} 是空的；{_REPAIR}。")


def stream(data: bytes, story: str, parent: str) -> Iterator[etree._Element]:
    """The children of every `parent` element (a Clark name), one by one; each is gone soon after the next one comes.

    Raises what `parse` raises, at the latest when the last child has been given.
    """
    parser = _pull_parser(parent)
    containers: list[etree._Element] = []
    for start in range(0, len(data), _CHUNK):
        with _told(story):
            parser.feed(data[start : start + _CHUNK])
        containers.extend(_elements(parser))
        for container in containers:
            # all children but the last have ended; those of a container before another one all have
            last = -1 if container is containers[-1] else len(container)
            children = list(container)[:last]
            yield from children
            for child in children:
                container.remove(child)
        del containers[:-1]
    with _told(story):
        root = parser.close()
    _refuse_hidden_dtd(root, story)
    for container in containers:
        yield from container


def _pull_parser(tag: str | None = None) -> etree.XMLPullParser:
    return etree.XMLPullParser(("start",), tag=tag, **_SAFE)


def _elements(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element
