"""A local catalogue beside the shipped one: an office's own full texts, or newer downloads of the national database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from ...errors import CorpusError, LegalcheckError
from ..location import data_root
from . import fulltext
from .keys import title_key
from .store import Store, catalogue, write


class ImportResult(Struct, frozen=True):
    """What an import did. Titles in `added` are new, those in `updated` were known and got a newer or older text;
    `unreadable` pairs each file that was left out with the reason, in Chinese."""

    overlay: Path
    added: tuple[str, ...]
    updated: tuple[str, ...]
    unreadable: tuple[tuple[Path, str], ...]


def import_folder(folder: Path, overlay: Path, today: date, docx_lines: Callable[[Path], list[str]]) -> ImportResult:
    """Read the full texts below `folder` (.docx, .txt, .md) into the catalogue file `overlay` (a ``.jsonl`` path).

    `docx_lines` gives the lines of a .docx file, numbers included: `legalcheck.citations.import_texts` brings it.

    Records that are there already stay; a text of the same title becomes the current one or a previous version by its
    date. The file and its index are written atomically, and only if something was read. `today` is kept as the date of
    the data. Raises CorpusError where `folder` is none or `overlay` cannot be read or written.
    """
    if not folder.is_dir():
        raise CorpusError(f"不是文件夹：{folder}。请给出存放法规文本的文件夹。")
    if overlay.suffix != ".jsonl":
        raise CorpusError(f"本地目录的文件名应当以.jsonl结尾：{overlay}。")
    records = {raw["id"]: raw for raw in Store(overlay).records()} if overlay.exists() else {}
    own = {title_key(raw["title"]): raw for raw in records.values()}
    shipped = Store(data_root() / "corpora" / "statutes.jsonl")
    by_title: dict[str, dict[str, Any]] | None = None
    added: list[str] = []
    updated: list[str] = []
    unreadable: list[tuple[Path, str]] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith((".", "~$")):
            continue
        suffix = path.suffix.lower()
        if suffix not in (".docx", ".txt", ".md"):
            unreadable.append((path, "不支持的格式，请另存为.docx、.txt或者.md"))
            continue
        try:
            lines = docx_lines(path) if suffix == ".docx" else fulltext.read_lines(path)
            text = fulltext.parse_text(lines, path.stem)
        except LegalcheckError as error:
            unreadable.append((path, str(error)))
            continue
        key = title_key(text.title)
        if key not in own and key in shipped:
            if by_title is None:
                by_title = {title_key(raw["title"]): raw for raw in shipped.records()}
            if known := by_title.get(key):
                own[key] = dict(known)
        if key in own and (text.articles or 0) * 10 < (own[key].get("articles") or 0) * 7:
            unreadable.append((path, f"只有{text.articles}条，目录记载{own[key]['articles']}条，可能不是全文"))
            continue
        if key in own:
            merged = _merge(own[key], text, path, today)
            updated.append(text.title)
        else:
            merged = _record(text, path, today)
            added.append(text.title)
        own[key] = merged
        records[merged["id"]] = merged
    if added or updated:
        try:
            write(overlay, records.values())
            catalogue.cache_clear()  # what is open still reads the old file
        except OSError as error:
            raise CorpusError(f"无法写入本地目录：{overlay}。请检查磁盘空间和写入权限。") from error
    known_before = set(updated)
    return ImportResult(
        overlay,
        tuple(dict.fromkeys(added)),
        tuple(title for title in dict.fromkeys(updated) if title not in added and title in known_before),
        tuple(unreadable),
    )


def _record(text: fulltext.FullText, path: Path, today: date) -> dict[str, Any]:
    name = hashlib.sha256(title_key(text.title).encode()).hexdigest()[:12]
    raw: dict[str, Any] = {
        "id": f"own-{name}",
        "title": text.title,
        "level": text.level.value,
        "numbers": [text.number] if text.number else [],
        "numbers_complete": False,
        "status": "in_force",
    }
    return _clean(raw | _current(text, path, today))


def _current(text: fulltext.FullText, path: Path, today: date) -> dict[str, Any]:
    return {
        "version_date": _iso(text.version_date),
        "effective": _iso(text.effective),
        "articles": text.articles,
        "structure": text.structure,
        "heads": [list(head) for head in text.heads],
        "as_of": today.isoformat(),
        "source": [path.name],
    }


def _merge(known: dict[str, Any], text: fulltext.FullText, path: Path, today: date) -> dict[str, Any]:
    """The known record with this text as its current or as a previous version; a repeal that is known stays."""
    mine = _iso(text.version_date or text.effective)
    theirs = known.get("version_date") or known.get("effective")
    previous = [list(one) for one in known.get("previous", ())]
    if theirs and (mine is None or mine < theirs or (mine == theirs and _superseded(known, text))):
        if not any(mine in one[:2] for one in previous):
            previous.append([_iso(text.version_date), _iso(text.effective), text.articles])
        return _clean({**known, "previous": _ordered(previous)})
    if text.effective and text.effective > today and theirs:
        return _clean({**known, "pending": [_iso(text.version_date), _iso(text.effective), text.articles]})
    merged = {**known, **_current(text, path, today)}
    if theirs and mine and mine > theirs:
        if not known.get("articles_stale"):
            previous.append([known.get("version_date"), known.get("effective"), known.get("articles")])
        merged["previous"] = _ordered(previous)
        if mine not in merged.get("amendments", ()):
            merged["amendments"] = sorted([*known.get("amendments", ()), mine])
    if mine == theirs and known.get("effective"):
        merged["effective"] = known["effective"]  # an amended text's last article often keeps the first date
    elif mine != theirs:
        merged["effective"] = merged.get("effective") or mine
    merged["numbers_complete"] = False if mine != theirs else known.get("numbers_complete")
    # The new text is what was counted, so neither the old caveat nor a pending version of the same date holds.
    merged.pop("articles_stale", None)
    if merged.get("status") == "amended":
        merged["status"] = "in_force"
    pending = merged.get("pending")
    if pending and mine and pending[0] and pending[0] <= mine:
        merged.pop("pending")
    return _clean(merged)


def _superseded(known: dict[str, Any], text: fulltext.FullText) -> bool:
    """Whether the known record counts a later text than its version date says (amended since, the decision unseen)."""
    if known.get("articles_stale"):
        return True
    later = known.get("effective")
    day = text.version_date or text.effective
    return bool(
        later and day and (date.fromisoformat(later) - day).days > 2 * 366 and known.get("articles") != text.articles
    )


def _ordered(previous: list[list[Any]]) -> list[list[Any]]:
    return sorted(previous, key=lambda one: (one[1] or one[0] or "", one[0] or ""))


def _clean(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if value not in (None, [], "")}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
