"""Loading rule packs: the built-in ones and a user's own folders."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..corpora.lexicon import load_yaml
from ..corpora.location import data_root
from ..corpora.powers import powers
from ..errors import CorpusError, RuleError
from ..language import guards
from .checks import CHECKS
from .lexicons import lexicons, words
from .model import Pack, Rule, placeholders
from .pattern import Pattern, compile_pattern

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class RuleSet:
    """The rules of some packs, ordered by id; `digest` is the SHA-256 of their files."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    digest: str
    patterns: dict[str, tuple[Pattern, ...]] = field(repr=False)

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
        return RuleSet(self.packs, kept, self.digest, {r.id: self.patterns[r.id] for r in kept})


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
    packs: list[Pack] = []
    rules: dict[str, Rule] = {}
    digest = hashlib.sha256()
    for folder in folders:
        if not (folder / "pack.yaml").is_file():
            raise RuleError(f"{folder} 不是规则包：缺少 pack.yaml，请核对路径。")
        pack = _read(folder / "pack.yaml", Pack, {"folder": folder})
        packs.append(pack)
        _check_names(folder / "pack.yaml", pack.unless)
        for path in sorted(folder.glob("*.yaml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
            if path.name == "pack.yaml":
                continue
            rule = _read(path, Rule, {"pack": pack.name, "path": path})
            if rule.id != path.stem:
                raise RuleError(f"{path}：规则编号 {rule.id} 与文件名不一致，请统一。")
            if rule.id in rules:
                raise RuleError(f"{path}：规则 {rule.id} 已在 {rules[rule.id].path} 中定义，请改用其他编号。")
            rules[rule.id] = rule
    patterns = {rule.id: _compile(rule) for rule in rules.values()}
    return RuleSet(tuple(packs), tuple(rules[key] for key in sorted(rules)), digest.hexdigest(), patterns)


def _read(path: Path, model: type[Model], more: dict[str, Any]) -> Model:
    try:
        content = load_yaml(path)
    except CorpusError as error:
        raise RuleError(str(error)) from error
    if not isinstance(content, dict):
        raise RuleError(f"{path}：内容应当是“键: 值”的 YAML 映射，请对照其他规则修改。")
    try:
        return model.model_validate({**content, **more})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line_of(path, str(first["loc"][0]) if first["loc"] else "")
        raise RuleError(f"{path}第 {line} 行：{where or '规则'} 有误（{_reason(first)}），请改正。") from error


_REASONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "extra_forbidden": lambda e: "没有这个键",
    "missing": lambda e: "缺少这一项",
    "enum": lambda e: f"应当是 {e['ctx']['expected']} 之一",
    "literal_error": lambda e: f"应当是 {e['ctx']['expected']} 之一",
    "too_short": lambda e: f"至少 {e['ctx']['min_length']} 项",
    "string_type": lambda e: "应当是文字",
    "string_too_short": lambda e: "不得为空",
    "string_pattern_mismatch": lambda e: "格式不符，编号形如 CERT-001",
    "tuple_type": lambda e: "应当是列表",
    "value_error": lambda e: str(e["ctx"]["error"]),
}


def _reason(error: Any) -> str:
    describe = _REASONS.get(error["type"])
    return describe(error) if describe else str(error["msg"])


def _line_of(path: Path, key: str) -> int:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1


def _check_names(path: Path, names: Iterable[str]) -> None:
    for name in names:
        if name not in guards.names() and name not in lexicons():
            raise RuleError(f"{path}：unless/despite 中的“{name}”既不是守卫也不是词表，请核对名称。")


def _compile(rule: Rule) -> tuple[Pattern, ...]:
    _check_names(rule.path, (*rule.unless, *rule.despite))
    if rule.check and rule.check not in CHECKS:
        raise RuleError(f"{rule.path}：没有名为“{rule.check}”的检查，可用的有：{'、'.join(sorted(CHECKS))}。")
    if rule.power and rule.power not in powers():
        raise RuleError(f"{rule.path}：corpora/powers.yaml 中没有权力“{rule.power}”，请核对名称。")
    try:
        if not rule.check:
            for name in placeholders(rule.message):
                words(name)
        return tuple(compile_pattern(source, words) for source in rule.when)
    except RuleError as error:
        raise RuleError(f"{rule.path}：{error}") from error
