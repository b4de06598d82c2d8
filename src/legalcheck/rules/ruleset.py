"""Loading rule packs: the built-in ones and a user's own folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import Decoder
from msgspec.structs import replace

from ..cache import cached
from ..corpora.location import data_root, files, listed
from ..errors import RuleError, reason
from ..language import guards
from .digest import files_digest
from .literals import Literals
from .model import Pack, Rule
from .pattern import Pattern

EVERYWHERE = -1  # the pivot of patterns that have none
# its place among all, the id of its rule, and `Pattern` without `lexicons` and `ours`
FiledPattern = tuple[int, str, str, tuple[tuple[int, ...], ...], tuple[int, ...]]
_FILED = Decoder(list[FiledPattern])


class Prepared(Struct, frozen=True):
    """What `prepare` makes of some packs, as it is kept on disk."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str
    patterns: dict[int, memoryview]
    lexicons: dict[str, memoryview]
    unverified: frozenset[str]
    literals: Literals


class Lexicons(Mapping[str, str]):
    """Each lexicon as one regex, decoded when it is asked for: together they are half a megabyte."""

    def __init__(self, encoded: Mapping[str, memoryview]) -> None:
        self._encoded = encoded

    def __getitem__(self, name: str) -> str:
        return str(self._encoded[name], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)


class Patterns:
    """All patterns, by the set of literals under which they are filed, their pivot: the rarest of those they need.

    They are decoded when a text holds a literal of it: most never are.
    """

    def __init__(self, encoded: Mapping[int, memoryview], lexicons: Lexicons, ours: frozenset[str]) -> None:
        self._encoded = encoded
        self._lexicons = lexicons
        self._ours = ours
        self._decoded: dict[int, list[tuple[int, str, Pattern]]] = {}

    def under(self, pivots: Iterable[int]) -> list[tuple[int, str, Pattern]]:
        """Those of these pivots and of `EVERYWHERE` in order: place among all, rule id, pattern."""
        wanted = self._encoded.keys() & {EVERYWHERE, *pivots}
        found = [*chain.from_iterable(self._decoded.get(pivot) or self._decode(pivot) for pivot in wanted)]
        found.sort(key=itemgetter(0))
        return found

    def __iter__(self) -> Iterator[tuple[int, str, Pattern]]:
        return iter(self.under(self._encoded))

    def _decode(self, pivot: int) -> list[tuple[int, str, Pattern]]:
        found = [
            (number, rule_id, Pattern(source, self._lexicons, needs, needed, rule_id in self._ours))
            for number, rule_id, source, needs, needed in _FILED.decode(self._encoded[pivot])
        ]
        self._decoded[pivot] = found
        return found


class RuleSet(Struct, frozen=True, dict=True):
    """The rules of some packs, ordered by id; `digest` is the SHA-256 of their files.

    `filed` are the patterns of all rules of the packs, also of those that were not chosen.
    """

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str
    filed: Patterns
    lexicons: Mapping[str, str]  # name -> its entries as one regex
    literals: Literals
    unverified: frozenset[str]  # see `lexicons.unverified`

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise RuleError(f"没有编号为 {rule_id} 的规则，运行 legalcheck rules list 可以查看全部规则。") from None

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def patterns(self) -> Mapping[str, Sequence[Pattern]]:
        """The patterns of each rule."""
        found: dict[str, list[Pattern]] = {rule.id: [] for rule in self.rules}
        for _, rule_id, pattern in self.filed:
            if rule_id in found:
                found[rule_id].append(pattern)
        return found

    def pack(self, rule: Rule) -> Pack:
        """The pack that a rule stands in."""
        return next(pack for pack in self.packs if pack.name == rule.pack)

    def is_ours(self, rule: Rule) -> bool:
        """Whether a rule comes with legalcheck."""
        return self.pack(rule).folder == builtin_packs().get(rule.pack)

    def guards(self, rule: Rule) -> tuple[str, ...]:
        """All guards and lexicons that silence a rule, in the order in which they are asked."""
        asked = (*guards.DEFAULT, *self.pack(rule).unless, *rule.unless)
        return tuple(dict.fromkeys(name for name in asked if name not in rule.despite))

    def choose(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> RuleSet:
        """The rules whose id begins with one of `select` (all where empty) and with none of `ignore`."""
        if not select and not ignore:
            return self
        for prefix in (*select, *ignore):
            if not any(rule.id.startswith(prefix) for rule in self.rules):
                known = "、".join(sorted({rule.id.split("-")[0] for rule in self.rules}))
                raise RuleError(f"没有以“{prefix}”开头的规则，可用的规则组有：{known}。")
        kept = tuple(
            rule
            for rule in self.rules
            if (not select or rule.id.startswith(tuple(select))) and not (ignore and rule.id.startswith(tuple(ignore)))
        )
        return replace(self, rules=kept)


@cache
def builtin_packs() -> Mapping[str, Path]:
    """The folders of the packs that come with legalcheck, by name."""
    root = data_root() / "rules"
    return {folder.name: folder for folder in files(root, "") if (folder / "pack.yaml").is_file()}


def load(packs: Sequence[str] | None = None, folders: Iterable[str | Path] = ()) -> RuleSet:
    """The named built-in packs (all where None) and the packs in `folders`; raises `RuleError` with file and line."""
    return _load(_folders(packs, folders))


def rules_digest(packs: Sequence[str] | None = None, folders: Iterable[str | Path] = ()) -> str:
    """The digest that `load` would give, without loading any rule: the gate has no use for the rules themselves."""
    try:
        return files_digest(_folders(packs, folders))
    except OSError as error:
        raise RuleError(f"无法读取规则 {error.filename}（{reason(error)}），请检查权限。") from None


def _folders(packs: Sequence[str] | None, folders: Iterable[str | Path]) -> tuple[Path, ...]:
    known = builtin_packs()
    names = tuple(known) if packs is None else tuple(packs)
    for name in names:
        if name not in known:
            raise RuleError(f"没有名为“{name}”的规则包，可用的规则包有：{'、'.join(known)}。")
    return tuple(known[name] for name in names) + tuple(Path(folder) for folder in folders)


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...]) -> RuleSet:
    for folder in folders:
        if not (folder / "pack.yaml").is_file():
            raise RuleError(f"{folder} 不是规则包：缺少 pack.yaml，请核对路径。")
    corpora = data_root() / "corpora"
    sources: list[str | Path] = [
        *(path for folder in folders for path in listed(folder, ".yaml")),
        *listed(corpora / "lexicon", ".yaml"),
        corpora / "certificates.csv",
        corpora / "approvals.csv",
        corpora / "powers.yaml",
    ]
    prepared: Prepared = cached("rules", sources, lambda: _prepared(folders), Prepared)
    lexicons = Lexicons(prepared.lexicons)
    ours = {pack.name for pack in prepared.packs if pack.folder == builtin_packs().get(pack.name)}
    return RuleSet(
        prepared.packs,
        prepared.rules,
        prepared.digest,
        Patterns(prepared.patterns, lexicons, frozenset(rule.id for rule in prepared.rules if rule.pack in ours)),
        lexicons,
        prepared.literals,
        prepared.unverified,
    )


def _prepared(folders: tuple[Path, ...]) -> Prepared:
    from .prepare import prepare  # most runs find the result in the cache

    return prepare(folders)
