"""The draft named on the command line: as it is, or converted by LibreOffice where --convert says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..document.model import Draft

convert_option = click.option(
    "--convert", is_flag=True, help="用本机安装的 LibreOffice 读取 .doc、.wps、.odt、.rtf 文件；.docx 不受影响。"
)


def open_draft(path: str, convert: bool) -> Draft:
    """Read a draft. Of a converted one, digest and name stay those of the file itself, and a note says how it was read.

    Raises:
        DocumentError: it cannot be read or converted.
    """
    from ..document import read

    if not convert:
        return read(path)
    from ..document.convert import SUFFIXES
    from ..document.convert import convert as converted

    file = Path(path)
    if file.suffix.lower() not in SUFFIXES:
        return read(path)
    import hashlib

    from msgspec.structs import replace

    draft = read(converted(file), name=file.name)
    note = "本文件由 LibreOffice 转换后读取，自动编号和版式可能与 Word 显示的不同，请对照原稿"
    return replace(draft, digest=hashlib.sha256(file.read_bytes()).hexdigest(), notes=(note, *draft.notes))
