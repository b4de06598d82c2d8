"""The question rules ask most: on what does this sentence rest?"""

from __future__ import annotations

from datetime import date

from ..corpora.statutes import Catalogue, StatuteLevel, catalogue
from ..lazy import regex
from .find import find
from .model import Kind, Role
from .resolve import resolve

LEGAL = frozenset(
    {
        StatuteLevel.CONSTITUTION,
        StatuteLevel.LAW,
        StatuteLevel.ADMIN_REGULATION,
        StatuteLevel.LOCAL_REGULATION,
    }
)
_BASES = frozenset({Role.BASIS, Role.BASIS_APPLY, Role.FOLLOW, Role.SCOPE})
_MAY = regex(r"《|号|法|条例|〈|<<")


def basis_levels(text: str, as_of: date, *, known: Catalogue | None = None) -> frozenset[StatuteLevel]:
    """The levels of the instruments that `text` rests on and that are in force on `as_of`; empty if it names none.

    A basis is what 根据、依据、依照、按照、符合《…》 or 《…》规定的 names. An instrument the catalogue does not know
    counts with the level its form suggests (某某市养犬管理条例: a local regulation), a repealed one not at all.
    """
    if not _MAY.search(text):
        return frozenset()
    known = known or catalogue()
    levels = set()
    for one in find(text, known=known):
        if one.role not in _BASES or one.kind in (Kind.INTERNAL, Kind.ATTACHMENT):
            continue
        found = resolve(one, as_of, known=known, suggest=False)
        if found.alive or (found.statute is None and found.level is not StatuteLevel.UNKNOWN):
            levels.add(found.level)
    return frozenset(levels)
