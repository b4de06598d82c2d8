"""The statute catalogue in words: its state, the history of one statute, what an import did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .width import pad, visible
from .words import PROVENANCE

if TYPE_CHECKING:
    from pathlib import Path

    from ..corpora.statutes.overlay import ImportResult
    from ..corpora.statutes.report import CatalogueStatus, History, Problem

STANDING = {
    "in_force": "有效",
    "amended": "有效（目录所记条文为修改前文本）",
    "repealed": "已废止或者失效",
    "not_yet_effective": "尚未施行",
}


def status(found: CatalogueStatus) -> str:
    """How old and how large the catalogue is, with its warnings."""
    lines = [f"法规目录：{found.records} 部，截至 {found.newest}，距 {found.as_of} 有 {found.age} 天"]
    lines += [_row("效力级别", [f"{level.chinese} {count}" for level, count in found.levels])]
    lines += [_row("效力状态", [f"{STANDING[standing]} {count}" for standing, count in found.standings])]
    lines += [_row("核对情况", [f"{PROVENANCE[mark]} {count}" for mark, count in found.provenance])]
    lines += [f"  本地目录  {path}，{count} 部" for path, count in found.overlays]
    lines += [f"注意：{warning}" for warning in found.warnings]
    return _text(lines)


def history(found: History) -> str:
    """One statute as of a date: standing, current text, events, caveats."""
    statute = found.statute
    number = f"（{statute.numbers[-1]}）" if statute.numbers else ""
    lines = [f"《{statute.title}》{number}"]
    lines += [
        f"  {pad('级别', 8)}{statute.level.chinese}",
        f"  {pad('状态', 8)}{STANDING[found.standing]}（{found.as_of}）",
    ]
    if found.version and found.version.articles:
        lines.append(f"  {pad('条文', 8)}共 {found.version.articles} 条")
    lines += [f"  {event.day}  {event.text}" for event in found.events]
    lines += [f"注意：{caveat}" for caveat in found.caveats]
    return _text(lines)


def imported(result: ImportResult) -> str:
    """What an import added, what it renewed, and what it could not read."""
    lines = [f"已写入 {result.overlay}：新增 {len(result.added)} 部，更新 {len(result.updated)} 部。"]
    lines += [f"  新增  《{title}》" for title in result.added]
    lines += [f"  更新  《{title}》" for title in result.updated]
    lines += [f"未能读取：{path}（{why}）" for path, why in result.unreadable]
    if result.added or result.updated:
        lines.append(f'在 legalcheck.toml 的 [corpora] 中写 statutes = ["{result.overlay.name}"] 即可采用。')
    return _text(lines)


def problems(found: Sequence[Problem], paths: Sequence[Path]) -> str:
    """What is wrong with the corpora, or that nothing is."""
    shown = "、".join(["自带的目录", *map(str, paths)])
    told = [f"{problem.record}：{problem.text}" if problem.record else problem.text for problem in found]
    return _text([*told, f"{shown}：发现 {len(found)} 处问题。" if found else f"{shown}：没有发现问题。"])


def _row(name: str, parts: Sequence[str]) -> str:
    return f"  {pad(name, 10)}{'，'.join(parts)}"


def _text(lines: Sequence[str]) -> str:
    return "".join(visible(line) + "\n" for line in lines)
