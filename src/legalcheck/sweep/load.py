"""One document, from wherever it lies, as a draft."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from msgspec.structs import replace

from ..document import from_text, limits, read
from ..document.model import Draft
from ..document.source import load as load_file
from ..errors import DocumentError, UnsafeDocumentError, UnsupportedFormatError
from .manifest import decode
from .sources import filesystem


def load(location: str) -> bytes:
    """The bytes at a path or fsspec URL; `DocumentError` where they cannot be had or are too many."""
    if location.endswith("/"):
        raise DocumentError(f"没有权限读取文件夹“{location}”，其中的文件均未审查；请检查权限。")
    if "://" not in location:
        return load_file(location)[0]
    files, path = filesystem(location)
    try:
        with files.open(path, "rb") as file:
            data: bytes = file.read(limits.MAX_FILE_SIZE + 1)
    except Exception as error:  # each kind of store raises errors of its own
        raise DocumentError(f"无法读取“{location}”（{error}）；请检查网址和访问权限。") from None
    if len(data) > limits.MAX_FILE_SIZE:
        raise UnsafeDocumentError(f"文件超过 {limits.MAX_FILE_SIZE // limits.MIB} MiB，已拒绝读取。")
    return data


def draft(data: bytes, location: str, digest: str) -> Draft:
    """The draft in the bytes of a .docx, or of a .txt in UTF-8 or GB18030; raises `DocumentError`."""
    name = os.path.basename(location)  # noqa: PTH119  a URL as well
    suffix = PurePosixPath(name).suffix.lower()
    if suffix != ".txt":
        return read(data, name=name)
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnsupportedFormatError(f"“{name}”不是文本文件；请核对文件内容。")
    text = decode(data)
    if text is None:
        raise UnsupportedFormatError(f"“{name}”的编码无法识别；请另存为 UTF-8 或者 GB18030 编码的文本。")
    return replace(from_text(text, name=name), digest=digest)
