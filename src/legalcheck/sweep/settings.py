"""How the documents of a sweep are reviewed, and one key for all that their results depend on."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from ..corpora.digest import corpora_digest
from ..rules.finding import Rank
from ..rules.ruleset import load

FORMAT = 1  # of what a worker gives; a new one makes every document be looked at again
SECONDS = 300.0  # a batch, and then a document, that takes longer is given up, as one that ends its worker


class Settings(Struct, frozen=True):
    """What `legalcheck.review` is called with for each document; `seconds` is the most that a batch may take."""

    as_of: date
    level: str = Rank.NORMATIVE
    packs: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extra_packs: tuple[str, ...] = ()
    statutes: tuple[Path, ...] = ()
    profile: Path | None = None
    seconds: float = SECONDS


@lru_cache(maxsize=8)
def key(settings: Settings) -> str:
    """SHA-256, in hex, of all that a result depends on but the document and the date.

    Two machines with the same key give the same results. Raises `RuleError` and `CorpusError` where a pack, rule or
    corpus cannot be used.
    """
    from .. import __version__

    ruleset = load(settings.packs, settings.extra_packs).choose(settings.select, settings.ignore)
    digest = hashlib.sha256()
    parts = [str(FORMAT), __version__, ruleset.digest, corpora_digest(), settings.level]
    parts += [rule.id for rule in ruleset.rules]
    for part in parts:
        digest.update(part.encode() + b"\0")
    for path in (*settings.statutes, *((settings.profile,) if settings.profile else ())):
        digest.update(b"\0" + path.read_bytes())
    return digest.hexdigest()
