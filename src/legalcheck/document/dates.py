"""Dates as official documents write them: 2026年3月1日, 二〇二六年三月一日."""

from __future__ import annotations

from datetime import date

from ..lazy import regex
from ..numerals import parse

_YEAR = r"[0-9０-９]{4}|[〇○零ＯO一二三四五六七八九]{4}"
_DAY = r"[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_GAP = r"[ \t\u3000]*"
DATE = rf"(?:{_YEAR}){_GAP}年{_GAP}(?:{_DAY}){_GAP}月{_GAP}(?:{_DAY}){_GAP}日"
_PARTS = regex(rf"(?P<y>{_YEAR}){_GAP}年{_GAP}(?P<m>{_DAY}){_GAP}月{_GAP}(?P<d>{_DAY}){_GAP}日")


def find_date(text: str) -> date | None:
    """The first date in the text, or None; a date that is not in the calendar (2025年13月1日) is None as well."""
    match = _PARTS.search(text)
    if match is None:
        return None
    year, month, day = (parse(match[key].replace("O", "〇")) for key in "ymd")
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
