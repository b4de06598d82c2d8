"""A folder of submitted materials: which file is the draft, and what the others are."""

from __future__ import annotations

import os
from pathlib import Path

from ..document import read
from ..document.package import Material, Package, PackageFile, accounts, recognise
from ..errors import DocumentError, UsageError

READABLE = frozenset({".docx", ".docm", ".dotx", ".dotm"})
FIRST_LINES = 6
MOST_FILES = 500


def read_package(folder: str | os.PathLike[str]) -> Package:
    """What the files of `folder` (and of its subfolders) are, by their names and, for .docx, their first lines.

    The draft is the file recognised as 送审稿, else the only .docx that is nothing else. Raises `UsageError` where the
    folder is none, holds no draft, or holds several that could be it.
    """
    root = Path(folder)
    if not root.is_dir():
        raise UsageError(f"“{root}”不是文件夹；请指定存放送审材料的文件夹。")
    paths = sorted(p for p in root.rglob("*") if p.is_file() and not _hidden(p.relative_to(root)))
    if len(paths) > MOST_FILES:
        raise UsageError(f"“{root}”中有 {len(paths)} 个文件，超过 {MOST_FILES} 个；请只放一份送审稿的材料。")
    files = tuple(_file(path, path.relative_to(root).as_posix()) for path in paths)
    return Package(root.name, files, _draft(root, files))


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _file(path: Path, name: str) -> PackageFile:
    named = recognise(path.name)
    if path.suffix.lower() not in READABLE:
        # a folder named 征求意见 holds scans of the opinions
        above = recognise(path.parent.name) if "/" in name else frozenset()
        return PackageFile(name, named or above)
    try:
        draft = read(path)
    except DocumentError:
        return PackageFile(name, named)
    first = [p.text for p in draft.paragraphs if p.text.strip()][:FIRST_LINES]
    found = named or recognise("", first)
    mentions = accounts(draft.text) if Material.EXPLANATION in found else frozenset()
    return PackageFile(name, found, mentions)


def _draft(root: Path, files: tuple[PackageFile, ...]) -> str:
    readable = [file for file in files if Path(file.name).suffix.lower() in READABLE]
    drafts = [file.name for file in readable if Material.DRAFT in file.materials]
    drafts = drafts or [file.name for file in readable if not file.materials]
    if not drafts:
        raise UsageError(f"“{root}”中没有送审稿；请把待审核的 .docx 放入该文件夹，文件名写明“送审稿”。")
    if len(drafts) > 1:
        names = "、".join(drafts[:3])
        raise UsageError(
            f"“{root}”中有 {len(drafts)} 个文件可能是送审稿（{names}）；请只保留一个，文件名写明“送审稿”。"
        )
    return drafts[0]
