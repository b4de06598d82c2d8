"""Reading .doc, .wps, .odt and .rtf through LibreOffice, where it is installed.

LibreOffice runs apart from the user's own: with a profile folder made for one conversion and thrown away, without
window, macros off by default, and under a time limit.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ..errors import DocumentError, UnsafeDocumentError, UnsupportedFormatError
from . import limits
from .source import near

SUFFIXES = frozenset({".doc", ".wps", ".wpt", ".odt", ".ott", ".rtf", ".dot", ".fodt"})
_PROGRAMS = ("soffice", "libreoffice")


def program() -> str | None:
    """The path of LibreOffice, or None where it is not installed; LEGALCHECK_SOFFICE names another one."""
    named = os.environ.get("LEGALCHECK_SOFFICE")
    if named:
        return shutil.which(named)
    return next((found for found in map(shutil.which, _PROGRAMS) if found), None)


def convert(path: str | os.PathLike[str], *, seconds: float = limits.CONVERSION_SECONDS) -> bytes:
    """The bytes of a .docx made from a .doc, .wps, .odt or .rtf file.

    Raises `DocumentError` for a missing file and where the conversion fails or takes longer than `seconds`,
    `UnsupportedFormatError` where LibreOffice is not installed or the suffix is none it is asked to read.
    """
    source = Path(path)
    if not source.is_file():
        raise DocumentError(f"找不到文件“{source}”；{near(source)}请检查路径和文件名。")
    suffix = source.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnsupportedFormatError(
            f"“{source.name}”不是可以转换的格式（.doc、.wps、.odt、.rtf）；请另存为 .docx 后再试。"
        )
    if source.stat().st_size > limits.MAX_FILE_SIZE:
        raise UnsafeDocumentError(
            f"文件超过 {limits.MAX_FILE_SIZE // limits.MIB} MiB，已拒绝读取；请压缩或删去文中图片后再试。"
        )
    soffice = program()
    if soffice is None:
        raise UnsupportedFormatError("没有安装 LibreOffice，无法转换；请安装后再试，或用 Word、WPS 另存为 .docx。")
    with tempfile.TemporaryDirectory(prefix="legalcheck-") as folder:
        work = Path(folder)
        # a plain name of our own: the file's may begin with a dash or hold what the program reads as a URL
        copy = work / f"draft{'.doc' if suffix in ('.wps', '.wpt') else suffix}"
        shutil.copyfile(source, copy)
        _run(
            [
                soffice,
                f"-env:UserInstallation={(work / 'profile').as_uri()}",
                "--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck",
                "--convert-to", "docx:MS Word 2007 XML",
                "--outdir", str(work / "out"),
                str(copy),
            ],
            work,
            seconds,
        )  # fmt: skip
        result = work / "out" / "draft.docx"
        if not result.is_file():
            raise DocumentError(
                f"LibreOffice 未能转换“{source.name}”，文件可能已损坏或设有密码；请用 Word 另存为 .docx。"
            )
        if result.stat().st_size > limits.MAX_FILE_SIZE:
            raise UnsafeDocumentError(
                f"转换后的文件超过 {limits.MAX_FILE_SIZE // limits.MIB} MiB，已拒绝读取；请压缩或删去文中图片后再试。"
            )
        return result.read_bytes()


def _run(command: list[str], folder: Path, seconds: float) -> None:
    # soffice starts a second process; a session of its own lets both be ended together
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"LibreOffice 转换超过 {seconds:.0f} 秒，已中止；请用 Word 另存为 .docx 后再试。") from None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
