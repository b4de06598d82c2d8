"""The table in which many findings are disposed of at once (CSV)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError, reason
from .words import SEVERITY

if TYPE_CHECKING:
    from ..record.case import Case
    from ..record.registry import Decision

COLUMNS = ("编号", "处理", "理由", "依据", "级别", "位置", "规则", "原文", "问题", "建议")


def write(case: Case) -> tuple[str, int]:
    """The table of a case's open findings, to be filled in (columns 处理, 理由, 依据), and how many there are.

    UTF-8 with a byte order mark, as Excel wants it.
    """
    from ..record.case import Disposal
    from .csv import inert

    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for item in case.items.values():
        if item.disposal is not Disposal.OPEN:
            continue
        count += 1
        finding = item.finding
        row = (
            f"#{finding.fingerprint[:12]}",
            "",
            "",
            "",
            SEVERITY[finding.severity],
            finding.location,
            f"{finding.rule} {finding.title}",
            finding.quote,
            finding.message,
            finding.advice,
        )
        writer.writerow([inert(cell) for cell in row])
    return "\ufeff" + page.getvalue(), count


def read(path: str) -> list[Decision]:
    """The decisions of a filled-in table; rows without a word under 处理 are left out.

    Several bases stand in one cell with a semicolon between them. Raises `UsageError` with the line.
    """
    from ..record.case import BY_PEOPLE
    from ..record.registry import Decision

    text = _text(path)
    lines = text.splitlines(keepends=True)
    # A title over the header, and what Excel puts between cells where Windows or the person says so.
    top = next((number for number, line in enumerate(lines) if "编号" in line and "处理" in line), 0)
    header = lines[top] if lines else ""
    between = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO("".join(lines[top:]), newline=""), delimiter=between)
    rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
    missing = [name for name in COLUMNS[:4] if name not in rows.fieldnames]
    if missing:
        named = "".join(f"“{name}”" for name in missing)
        raise UsageError(f"{path} 缺少{named}列；请用 legalcheck clear --template 写出表格再填。")
    words = {word: disposal for disposal in BY_PEOPLE for word in (disposal.label, disposal.value)}
    decisions = []
    for row in rows:
        word = (row["处理"] or "").strip()
        if not word:
            continue
        if word not in words:
            allowed = "、".join(disposal.label for disposal in BY_PEOPLE)
            raise UsageError(f"{path} 第 {top + rows.line_num} 行：处理“{word}”无效，可以填 {allowed}。")
        basis = tuple(part.strip() for part in (row["依据"] or "").replace("；", ";").split(";") if part.strip())
        reference = (row["编号"] or "").strip().lstrip("#'")
        decisions.append(Decision(reference, words[word], (row["理由"] or "").strip(), basis))
    if not decisions:
        raise UsageError(f"{path} 中没有填写“处理”的行，没有记入任何一项。")
    return decisions


def _text(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {path}（{reason(error)}），请核对路径和权限。") from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UsageError(f"{path} 是 Excel 或者 Word 文件，请在 Excel、WPS 中另存为“CSV（逗号分隔）”再读入。")
    # Excel saves CSV in the system's encoding, “Unicode 文本” as UTF-16
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path} 的编码无法识别，请另存为 UTF-8 的 CSV。")
