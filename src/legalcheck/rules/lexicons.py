"""The words that patterns are written with: ``corpora/lexicon/*.yaml``, and columns of the corpora."""

from __future__ import annotations

from functools import cache

from ..corpora.approvals import approvals
from ..corpora.certificates import NATIONAL, certificates
from ..corpora.lexicon import lexicon_file, lexicon_paths
from ..errors import RuleError
from ..language.fold import fold

_OTHER_FILES = {"guards", "actors", "frames"}


@cache
def lexicons() -> dict[str, tuple[str, ...]]:
    """Every lexicon by name: its entries, as RE2 over the folded text."""
    found: dict[str, tuple[str, ...]] = {}
    for path in lexicon_paths():
        if path.stem in _OTHER_FILES:
            continue
        for name, entries in lexicon_file(path.stem).items():
            if name in found:
                raise RuleError(f"词表 {name} 在 {path} 中重复定义，请改名或者合并。")
            found[name] = tuple(entries)
    found.update(_certificate_lexicons())
    for row in approvals():
        name = f"approvals.{row.status}"
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), *map(fold, row.names))))
    return found


def words(name: str) -> tuple[str, ...]:
    """The entries of one lexicon; raises `RuleError` for an unknown name."""
    try:
        return lexicons()[name]
    except KeyError:
        from rapidfuzz.process import extract

        near = "、".join(found for found, _, _ in extract(name, sorted(lexicons()), limit=3))
        raise RuleError(f"没有名为 {{{name}}} 的词表，相近的有：{near}。") from None


def _certificate_lexicons() -> dict[str, tuple[str, ...]]:
    """certificates.village, .police, .cancelled, .retained; of the first two also `…_facts`: the names without 证明."""
    columns: dict[str, dict[str, None]] = {}
    statuses = {"not_from_village_committee": "village", "not_from_police": "police"}
    for row in certificates():
        if row.jurisdiction != NATIONAL or (row.status == "cancelled" and not row.alone):
            continue
        column = columns.setdefault(f"certificates.{statuses.get(row.status, row.status)}", {})
        column.update(dict.fromkeys(map(fold, row.names)))
    for column_name in ("certificates.village", "certificates.police"):
        facts = [name.removesuffix("证明") for name in columns[column_name] if name.endswith("证明")]
        columns[column_name + "_facts"] = dict.fromkeys(fact for fact in facts if len(fact) >= 2)
    return {name: tuple(column) for name, column in columns.items()}


@cache
def unverified() -> frozenset[str]:
    """Words that only rows from memory give: a finding on them is at most major, and asks to be checked."""
    memory: set[str] = set()
    seen: set[str] = set()
    for row in certificates():
        (memory if row.verified == "from memory" else seen).update(map(fold, row.names))
    return frozenset(memory - seen)
