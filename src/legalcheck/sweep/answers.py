"""The answers of `affected`, as text, CSV or JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from msgspec.structs import asdict

from ..reports.csv import inert
from ..reports.width import visible
from .affected import Document, Outlook, Touched
from .text import wrapped

MOST_SHOWN = 200  # documents that are printed as text; CSV and JSON Lines hold all
TOUCHED = ("路径", "标题", "文号", "制定机关", "年份", "位置", "方式", "内容", "作为依据", "原文")
OUTLOOK = ("路径", "标题", "文号", "制定机关", "年份", "涉及条款", "现在的建议", "废止后的建议", "理由")


def render_touched(name: str, found: Sequence[Touched], form: str) -> str:
    """Provisions that cite or demand what was asked for, in the form text, csv or jsonl."""
    if form == "csv":
        return _csv(
            TOUCHED,
            ((*one.document, one.place, one.how, one.what, "是" if one.rests else "", one.quote) for one in found),
        )
    if form == "jsonl":
        return _lines(found)
    documents = len({one.document.path for one in found})
    lines = [f"{visible(name)}：{documents} 份文件，{len(found)} 处。"]
    groups = groupby(found, key=lambda one: one.document.path)
    for _, group in islice(groups, MOST_SHOWN):
        provisions = list(group)
        lines += ["", _document(provisions[0].document)]
        for one in provisions:
            lines += wrapped(f"{one.place}　{one.how}{one.what}：{one.quote}")
    lines += _rest(documents)
    return "\n".join(lines) + "\n"


def render_outlook(name: str, day: str, found: Sequence[Outlook], form: str) -> str:
    """What a repeal would do, in the form text, csv or jsonl."""
    if form == "csv":
        rows = ((*one.document, "、".join(one.provisions), one.now, one.then, "；".join(one.reasons)) for one in found)
        return _csv(OUTLOOK, rows)
    if form == "jsonl":
        return _lines(found)
    changed = sum(one.now != one.then for one in found)
    lines = [f"假设{visible(name)}自 {day} 起废止：{len(found)} 份文件有条款失去依据，其中 {changed} 份的建议会变。"]
    for one in found[:MOST_SHOWN]:
        lines += ["", _document(one.document)]
        lines += wrapped(f"{'、'.join(one.provisions)}失去依据；{one.now} → {one.then}：{'；'.join(one.reasons)}")
    lines += _rest(len(found))
    return "\n".join(lines) + "\n"


def _rest(documents: int) -> list[str]:
    """What is said in place of more documents than a screen is for."""
    if documents <= MOST_SHOWN:
        return []
    return ["", f"只列出前 {MOST_SHOWN} 份；要看全部，请加上 --format csv -o 文件名.csv。"]


def _document(document: Document) -> str:
    title = f"《{document.title}》" if document.title != document.path else ""
    return visible(f"{document.path}{title}{document.number}")


def _csv(head: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(map(inert, row) for row in rows)
    return "\ufeff" + text.getvalue()


def _lines(found: Sequence[Touched | Outlook]) -> str:
    return "".join(json.dumps(_value(one), ensure_ascii=False) + "\n" for one in found)


def _value(one: Touched | Outlook) -> dict[str, Any]:
    own = {name: value for name, value in asdict(one).items() if name != "document"}
    return {**one.document._asdict(), **own}
