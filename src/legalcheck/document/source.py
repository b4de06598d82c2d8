"""The bytes of a draft, from wherever they come."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from ..errors import DocumentError, UnsafeDocumentError
from . import limits


def load(source: str | os.PathLike[str] | bytes | BinaryIO, name: str = "") -> tuple[bytes, str]:
    """The bytes and the name of a source; `DocumentError` for a missing file, a folder, an unreadable one."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), name
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        return _load_file(path), name or path.name
    try:
        data = source.read(limits.MAX_FILE_SIZE + 1)
    except (OSError, ValueError):
        raise DocumentError("无法读取文件；请重新打开文件后再试。") from None
    if not isinstance(data, bytes):
        raise DocumentError("传入的文件不是以二进制方式打开的；请以二进制方式打开后再试。")
    own_name = getattr(source, "name", "")
    return data, name or (Path(own_name).name if isinstance(own_name, str) else "")


def near(path: Path) -> str:
    """A hint at the Word file whose name is like that of a missing one, as where the suffix was left out, else ""."""
    import difflib

    try:
        files = {entry.stem: entry.name for entry in sorted(path.parent.iterdir()) if entry.suffix.lower() == ".docx"}
    except (OSError, ValueError):
        return ""
    # Stems: the suffix that all of them share makes any two names look alike.
    close = [path.name] if path.name in files else difflib.get_close_matches(path.stem, files, n=1)
    return f"是否指“{files[close[0]]}”？" if close else ""


def _load_file(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DocumentError(f"“{path}”是文件夹，不是文件；请指定其中的 .docx 文件。")
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(f"“{path}”不是普通文件，无法读取；请指定 .docx 文件。")
        if status.st_size > limits.MAX_FILE_SIZE:
            raise UnsafeDocumentError(
                f"文件超过 {limits.MAX_FILE_SIZE // limits.MIB} MiB，已拒绝读取；请压缩或删去文中图片后再试。"
            )
        if path.name.startswith("~$"):
            raise DocumentError(
                "这是 Word 打开文件时留下的临时文件，不是送审稿；请关闭 Word 后再试，或者不选这个文件。"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"找不到文件“{path}”；{near(path)}请检查路径和文件名。") from None
    except PermissionError:
        raise DocumentError(f"没有权限读取文件“{path}”；请检查文件权限，或关闭正在使用它的程序后再试。") from None
    except (OSError, ValueError):
        raise DocumentError(f"无法读取文件“{path}”；请检查路径和文件后再试。") from None
