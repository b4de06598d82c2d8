"""The table in which many findings are disposed of at once (CSV)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from .words import SEVERITY

if TYPE_CHECKING:
    from ..record.case import Case
    from ..record.registry import Decision

COLUMNS = ("编号", "处理", "理由", "依据", "级别", "位置", "规则", "原文", "问题", "建议")
_WORDS = {
    "依据充分": "lawful",
    "lawful": "lawful",
    "误报": "mistaken",
    "mistaken": "mistaken",
    "未采纳": "not_adopted",
    "not_adopted": "not_adopted",
}


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
    from ..record.case import Disposal
    from ..record.registry import Decision

    rows = csv.DictReader(io.StringIO(_text(path)))
    missing = [name for name in COLUMNS[:4] if name not in (rows.fieldnames or ())]
    if missing:
        raise UsageError(f"{path} 缺少“{'”“'.join(missing)}”这一列；请用 legalcheck clear --template 写出表格再填。")
    decisions = []
    for row in rows:
        word = (row["处理"] or "").strip()
        if not word:
            continue
        if word not in _WORDS:
            raise UsageError(f"{path} 第 {rows.line_num} 行：处理“{word}”无效，可以填 依据充分、误报、未采纳。")
        basis = tuple(part.strip() for part in (row["依据"] or "").replace("；", ";").split(";") if part.strip())
        reference = (row["编号"] or "").strip().lstrip("#'")
        decisions.append(Decision(reference, Disposal(_WORDS[word]), (row["理由"] or "").strip(), basis))
    if not decisions:
        raise UsageError(f"{path} 中没有填写“处理”的行，没有记入任何一项。")
    return decisions


def _text(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"无法读取 {path}（{error.strerror}），请核对路径和权限。") from None
    for encoding in ("utf-8-sig", "gb18030"):  # Excel saves CSV in the system's encoding
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path} 的编码无法识别，请另存为 UTF-8 的 CSV。")
