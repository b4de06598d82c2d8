"""A manifest: a CSV file with a line for each document, as offices export them from their ledgers."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator

from ..errors import UsageError
from .sources import Entry

# what a column may be called; the first is the name that messages use
COLUMNS = {
    "path": ("路径", "文件", "文件名", "文件路径", "path", "file", "filename"),
    "issuer": ("制定机关", "发文机关", "发布机关", "制定单位", "发文单位", "issuer", "issuing body", "issuing_body"),
    "year": ("年份", "年度", "发文年份", "year"),
    "title": ("标题", "名称", "文件标题", "文件名称", "title", "name"),
    "number": ("文号", "发文字号", "number", "document_number"),
}
_FIELDS = {alias: field for field, aliases in COLUMNS.items() for alias in aliases}


def read(data: bytes, name: str, folder: str) -> Iterator[Entry]:
    """The entries of a manifest; paths are relative to `folder` (a path or URL). Columns it does not know are ignored.

    UTF-8 with or without a byte order mark, UTF-16 with one, and GB18030 are read; columns are parted by commas, tabs
    or semicolons. Raises `UsageError` with the line for a line without path, a path named twice, or a year that is
    none.
    """
    text = decode(data)
    if text is None:
        raise UsageError(f"清单 {name} 的编码无法识别，请另存为 UTF-8 或者 GB18030。")
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;，", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    seen: dict[str, int] = {}
    fields: list[str] = []
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if not fields:
                fields = _head(row, name)
                continue
            entry = _entry(dict(zip(fields, map(str.strip, row), strict=False)), name, rows.line_num, folder)
            if entry.path in seen:
                first = seen[entry.path]
                raise UsageError(f"清单 {name} 第 {rows.line_num} 行：{entry.path} 与第 {first} 行重复，请删去一行。")
            seen[entry.path] = rows.line_num
            yield entry
    except csv.Error:
        raise UsageError(f"清单 {name} 第 {rows.line_num} 行不是有效的 CSV，请检查引号是否成对。") from None
    if not seen:
        raise UsageError(f"清单 {name} 中没有文件；第一行应当是列名（如 路径,制定机关,年份,标题），其后每行一份文件。")


def _head(row: list[str], name: str) -> list[str]:
    fields = [_FIELDS.get(cell.strip().lower(), "") for cell in row]
    if "path" not in fields:
        found = "、".join(cell.strip() for cell in row)
        raise UsageError(f"清单 {name} 第 1 行没有“路径”列（现有的列：{found}），请补上，或者改列名为“路径”。")
    return fields


def _entry(cells: dict[str, str], name: str, line: int, folder: str) -> Entry:
    where = f"清单 {name} 第 {line} 行"
    path = cells.get("path", "").replace("\\", "/")
    if not path:
        raise UsageError(f"{where}没有写明文件路径，请补上，或者删去这一行。")
    if "\0" in path:
        raise UsageError(f"{where}的路径含有无效字符，请改正。")
    year = cells.get("year", "")
    found = re.match(r"(\d{4})(?:年|$|[-/.])", year)
    if year and not found:
        raise UsageError(f"{where}的年份“{year}”无效，请写作 2026 的样子，或者留空。")
    return Entry(
        path,
        _located(path, folder),
        cells.get("title", "").strip("《》"),
        cells.get("issuer", ""),
        cells.get("number", ""),
        int(found[1]) if found else None,
    )


def _located(path: str, folder: str) -> str:
    if "://" in path:
        return path
    return f"{folder}/{path}" if "://" in folder else os.path.join(folder, path)  # noqa: PTH118  folder may be ""


def decode(data: bytes) -> str | None:
    """The text of bytes in UTF-8, UTF-16 with a byte order mark, or GB18030; None where it is none of them."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
