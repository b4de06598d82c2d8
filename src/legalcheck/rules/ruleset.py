"""Loading rule packs: the built-in ones and a user's own folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ..corpora.cache import cached
from ..corpora.lexicon import lexicon_paths
from ..corpora.location import data_root
from ..corpora.powers import powers
from ..errors import RuleError
from ..language import guards
from .checks import CHECKS
from .lexicons import lexicons, words
from .literals import Literals, Numbering
from .model import Pack, Rule, placeholders
from .pattern import Pattern, alternation


@dataclass(frozen=True)
class RuleSet:
    """The rules of some packs, ordered by id; `digest` is the SHA-256 of their files."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str
    patterns: Mapping[str, tuple[Pattern, ...]] = field(repr=False)
    lexicons: Mapping[str, str] = field(repr=False)  # name -> its entries as one regex
    literals: Literals = field(repr=False)

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._by_id[rule_id]
        except KeyError:
            raise RuleError(f"没有编号为 {rule_id} 的规则，运行 legalcheck rules list 可以查看全部规则。") from None

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def pack(self, rule: Rule) -> Pack:
        """The pack that a rule stands in."""
        return next(pack for pack in self.packs if pack.name == rule.pack)

    def guards(self, rule: Rule) -> tuple[str, ...]:
        """All guards and lexicons that silence a rule, in the order in which they are asked."""
        asked = (*guards.DEFAULT, *self.pack(rule).unless, *rule.unless)
        return tuple(dict.fromkeys(name for name in asked if name not in rule.despite))

    def choose(self, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> RuleSet:
        """The rules whose id begins with one of `select` (all where empty) and with none of `ignore`."""
        for prefix in (*select, *ignore):
            if not any(rule.id.startswith(prefix) for rule in self.rules):
                known = "、".join(sorted({rule.id.split("-")[0] for rule in self.rules}))
                raise RuleError(f"没有以“{prefix}”开头的规则，可用的规则组有：{known}。")
        kept = tuple(
            rule
            for rule in self.rules
            if (not select or rule.id.startswith(tuple(select))) and not (ignore and rule.id.startswith(tuple(ignore)))
        )
        return replace(self, rules=kept, patterns={rule.id: self.patterns[rule.id] for rule in kept})


def builtin_packs() -> dict[str, Path]:
    """The folders of the packs that come with legalcheck, by name."""
    root = data_root() / "rules"
    return {path.parent.name: path.parent for path in sorted(root.glob("*/pack.yaml"))}


def load(packs: Sequence[str] | None = None, folders: Iterable[str | Path] = ()) -> RuleSet:
    """The named built-in packs (all where None) and the packs in `folders`; raises `RuleError` with file and line."""
    known = builtin_packs()
    names = tuple(known) if packs is None else tuple(packs)
    for name in names:
        if name not in known:
            raise RuleError(f"没有名为“{name}”的规则包，可用的规则包有：{'、'.join(known)}。")
    return _load(tuple(known[name] for name in names) + tuple(Path(folder) for folder in folders))


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...]) -> RuleSet:
    for folder in folders:
        if not (folder / "pack.yaml").is_file():
            raise RuleError(f"{folder} 不是规则包：缺少 pack.yaml，请核对路径。")
    corpora = data_root() / "corpora"
    files = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    sources = [
        *files,
        *lexicon_paths(),
        corpora / "certificates.csv",
        corpora / "approvals.csv",
        corpora / "powers.yaml",
    ]
    value = cached("rules", sources, lambda: _prepare(folders))
    patterns: dict[str, tuple[Pattern, ...]] = {}
    for rule_id, (source, parts, lexicons, pivot) in zip(value["patterns"], value["compiled"], strict=True):
        made = Pattern(source, value["lexicons"], tuple(map(tuple, parts)), tuple(lexicons), pivot)
        patterns[rule_id] = (*patterns.get(rule_id, ()), made)
    packs = tuple(Pack.from_json(pack) for pack in value["packs"])
    rules = tuple(Rule.from_json(rule) for rule in value["rules"])
    patterns |= {rule.id: () for rule in rules if not rule.when}
    return RuleSet(packs, rules, value["digest"], patterns, value["lexicons"], Literals.from_json(value))


def _prepare(folders: tuple[Path, ...]) -> dict[str, Any]:
    """The packs read, checked and taken apart, as a JSON value: what `_load` needs and a cache can keep."""
    from .schema import read_pack, read_rule

    packs: dict[str, Pack] = {}
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    for folder in folders:
        pack = read_pack(folder)
        if pack.name in packs:
            raise RuleError(f"{folder}：规则包 {pack.name} 已由 {packs[pack.name].folder} 载入，请改用其他名称。")
        packs[pack.name] = pack
        _check_names(folder / "pack.yaml", pack.unless)
        for path in sorted(folder.glob("*.yaml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
            if path.name == "pack.yaml":
                continue
            rule = read_rule(path, pack.name)
            if rule.id != path.stem:
                raise RuleError(f"{path}：规则编号 {rule.id} 与文件名不一致，请统一。")
            if rule.id in rules:
                raise RuleError(f"{path}：规则 {rule.id} 已在 {rules[rule.id].path} 中定义，请改用其他编号。")
            rules[rule.id] = rule
    numbering = Numbering(
        [text for rule in rules.values() for text in (*rule.examples.violates, *rule.examples.passes)]
    )
    patterns = [(rule.id, source, *numbered) for rule in rules.values() for source, numbered in _needs(rule, numbering)]
    return {
        "packs": [_json(pack) for pack in packs.values()],
        "rules": [_json(rules[key]) for key in sorted(rules)],
        "digest": digest.hexdigest(),
        "patterns": [rule_id for rule_id, *_ in patterns],
        "lexicons": {name: alternation(entries) for name, entries in sorted(lexicons().items())},
        **numbering.to_json((source, parts, entries) for _, source, parts, entries in patterns),
    }


def _json(value: Rule | Pack) -> dict[str, Any]:
    return {name: str(item) if isinstance(item, Path) else item for name, item in asdict(value).items()}


def _check_names(path: Path, names: Iterable[str]) -> None:
    for name in names:
        if name not in guards.names() and name not in lexicons():
            raise RuleError(f"{path}：unless/despite 中的“{name}”既不是守卫也不是词表，请核对名称。")


def _needs(rule: Rule, numbering: Numbering) -> list[tuple[str, tuple[list[list[int]], list[int]]]]:
    """Each pattern of a rule with the sets of literals it needs; raises `RuleError` for names that nothing bears."""
    _check_names(rule.path, (*rule.unless, *rule.despite))
    if rule.check and rule.check not in CHECKS:
        raise RuleError(f"{rule.path}：没有名为“{rule.check}”的检查，可用的有：{'、'.join(sorted(CHECKS))}。")
    if rule.power and rule.power not in powers():
        raise RuleError(f"{rule.path}：corpora/powers.yaml 中没有权力“{rule.power}”，请核对名称。")
    try:
        if not rule.check:
            for name in placeholders(rule.message):
                words(name)
        return [(source, numbering.pattern(source)) for source in rule.when]
    except RuleError as error:
        raise RuleError(f"{rule.path}：{error}") from error
