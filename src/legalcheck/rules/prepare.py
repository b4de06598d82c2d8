"""Reading rule packs: every rule checked, and every pattern taken apart into the literals it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from msgspec.msgpack import encode

from ..corpora.location import files
from ..corpora.powers import powers
from ..errors import RuleError
from ..language import fold, guards
from .checks import CHECKS
from .digest import files_digest
from .frames import expand
from .lexicons import lexicons, unverified, words
from .literals import Literals
from .model import Pack, Rule, placeholders
from .needs import Prose, Taker, shortest
from .pattern import alternation
from .ruleset import EVERYWHERE, FiledPattern, Prepared
from .schema import read_pack, read_rule

Needs = tuple[tuple[tuple[int, ...], ...], tuple[int, ...], int]


def prepare(folders: tuple[Path, ...]) -> Prepared:
    """The packs read, checked and taken apart: what `ruleset.load` needs and a cache can keep."""
    packs: dict[str, Pack] = {}
    rules: dict[str, Rule] = {}
    for folder in folders:
        pack = read_pack(folder)
        if pack.name in packs:
            raise RuleError(f"{folder}：规则包 {pack.name} 已由 {packs[pack.name].folder} 载入，请改用其他名称。")
        packs[pack.name] = pack
        _check_names(folder / "pack.yaml", pack.unless)
        for path in files(folder, ".yaml"):
            if path.name == "pack.yaml":
                continue
            rule = read_rule(path, pack)
            if rule.id != path.stem:
                raise RuleError(f"{path}：规则编号 {rule.id} 与文件名不一致，请统一。")
            if rule.id in rules:
                other = packs[rules[rule.id].pack].path(rule.id)
                raise RuleError(f"{path}：规则 {rule.id} 已在 {other} 中定义，请改用其他编号。")
            rules[rule.id] = rule
    examples = (text for rule in rules.values() for text in (*rule.examples.violates, *rule.examples.passes))
    numbering = Numbering(Prose(map(fold, examples)))
    filed: dict[int, list[FiledPattern]] = {}
    for rule in sorted(rules.values(), key=lambda rule: rule.id):
        for source, needs, needed, pivot in _numbered(rule, packs[rule.pack].path(rule.id), numbering):
            number = sum(map(len, filed.values()))
            filed.setdefault(pivot, []).append((number, rule.id, source, needs, needed))
    unless = chain((pack.unless for pack in packs.values()), (rule.unless for rule in rules.values()))
    silencing = {*chain.from_iterable(unless)} & lexicons().keys()
    return Prepared(
        tuple(packs.values()),
        tuple(rules[key] for key in sorted(rules)),
        files_digest(folders),
        {pivot: memoryview(encode(patterns)) for pivot, patterns in sorted(filed.items())},
        {name: memoryview(alternation(entries).encode()) for name, entries in sorted(lexicons().items())},
        unverified(),
        numbering.numbered({name: numbering.lexicon(name) for name in sorted(silencing)}),
    )


def _check_names(path: Path, names: Iterable[str]) -> None:
    for name in names:
        if name not in guards.names() and name not in lexicons():
            raise RuleError(f"{path}：unless/despite 中的“{name}”既不是守卫也不是词表，请核对名称。")


def _numbered(rule: Rule, path: Path, numbering: Numbering) -> tuple[tuple[str, *Needs], ...]:
    """Each pattern of a rule with the sets of literals it needs; raises `RuleError` for names that nothing bears."""
    _check_names(path, (*rule.unless, *rule.despite))
    if rule.check and rule.check not in CHECKS:
        raise RuleError(f"{path}：没有名为“{rule.check}”的检查，可用的有：{'、'.join(sorted(CHECKS))}。")
    if rule.power and rule.power not in powers():
        raise RuleError(f"{path}：corpora/powers.yaml 中没有权力“{rule.power}”，请核对名称。")
    try:
        if not rule.check:
            for name in placeholders(rule.message):
                words(name)
        return tuple((source, *numbering.pattern(source)) for when in rule.when for source in expand(when))
    except RuleError as error:
        raise RuleError(f"{path}：{error}") from error


class Numbering:
    """Numbers the sets that patterns need; `prose` tells which are rare."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        self._taker = Taker(words, prose)
        self._sets: dict[frozenset[str], int] = {}
        self._lexicons: dict[str, int] = {}

    def pattern(self, source: str) -> Needs:
        """`Pattern.needs`, `needed` and the pivot of a `when`; raises `RuleError` for names that nothing bears."""
        parts = [[*map(shortest, part)] for part in self._taker.needs(source)]
        # sets with single characters last: those are in most texts
        rarest = sorted({*chain(*parts)}, key=lambda one: (_has_letters(one), self._prose.weight(one), sorted(one)))
        telling = [self.lexicon(name) for name in sorted(self._taker.lexicons(source)) if self._is_telling(name)]
        needs = tuple(tuple(map(self._number, part)) for part in parts)
        pivot = self._number(rarest[0]) if rarest and not _has_letters(rarest[0]) else EVERYWHERE
        return needs, tuple(dict.fromkeys((*map(self._number, rarest), *telling))), pivot

    def lexicon(self, name: str) -> int:
        """The number of a lexicon, below zero."""
        return self._lexicons.setdefault(name, -1 - len(self._lexicons))

    def _is_telling(self, name: str) -> bool:
        """Whether an entry of the lexicon needs more than one set of literals, so that one of each entry is not all."""
        return any(len(self._taker.literals(branch)) > 1 for branch in self._taker.branches(name))

    def _number(self, literals: frozenset[str]) -> int:
        return self._sets.setdefault(shortest(literals), len(self._sets))

    def _entries(self, name: str) -> list[list[int]]:
        simple: set[str] = set()
        found = []
        for sets in map(self._taker.literals, self._taker.branches(name)):
            if len(sets) == 1:
                simple |= sets[0]
            else:
                found.append([self._number(one) for one in sorted(sets, key=self._prose.weight)])
        return [[self._number(frozenset(simple))], *found] if simple else found

    def numbered(self, silencing: dict[str, int]) -> Literals:
        """All sets, with what the lexicons that were numbered need."""
        entries = {number: self._entries(name) for name, number in self._lexicons.items()}
        beginnings: dict[str, dict[str, dict[str, list[int]]]] = {}
        for one, number in self._sets.items():
            for literal in sorted(one):
                if len(literal) > 1 and not re.search(r"\s", literal):  # of which the folded text has none
                    nexts = beginnings.setdefault(literal[0], {})
                    nexts.setdefault(literal[1], {}).setdefault(literal, []).append(number)
        characters = {number: "".join(sorted(c for c in one if len(c) == 1)) for one, number in self._sets.items()}
        return Literals(
            {
                first: memoryview(encode({second: encode(literals) for second, literals in sorted(nexts.items())}))
                for first, nexts in sorted(beginnings.items())
            },
            {number: letters for number, letters in characters.items() if letters},
            entries,
            silencing,
        )


def _has_letters(literals: frozenset[str]) -> bool:
    return any(len(one) == 1 for one in literals)
