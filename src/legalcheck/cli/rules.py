"""``legalcheck rules``: what the rules are, in words a lawyer reads, and whether they keep their own promises."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .chinese import Group
from .options import config as config_option
from .options import load_config
from .options import packs as packs_option
from .output import print_text

if TYPE_CHECKING:
    from ..rules import RuleSet


@click.group("rules", cls=Group, short_help="列出、解释和自测审查规则")
def command() -> None:
    """列出、解释和自测审查规则。"""


@command.command("list", short_help="列出规则：编号、级别、依据核对情况、名称")
@packs_option
@config_option
def list_rules(packs: tuple[str, ...], config_path: str | None) -> int:
    """按规则包列出规则：编号、级别、依据核对情况、名称。"""
    from ..reports.rules import catalogue

    print_text(catalogue(_load(config_path, packs)))
    return 0


@command.command("explain", short_help="解释一条规则：找什么、凭什么、怎么改")
@click.argument("rule_id", metavar="ID")
@config_option
def explain(rule_id: str, config_path: str | None) -> int:
    """解释一条规则：找什么、什么情况下不算、依据是什么、怎么改，附正反例。"""
    from ..reports.rules import explanation

    rules = _load(config_path)
    wanted = rule_id.upper()
    for rule in rules.rules:
        if rule.id == wanted:
            print_text(explanation(rule, rules, _columns()))
            return 0
    raise UsageError(_unknown(wanted, [rule.id for rule in rules.rules]))


@command.command("test", short_help="用规则自带的正反例检验规则")
@click.argument("rule_ids", nargs=-1, metavar="[ID...]")
@packs_option
@config_option
def test(rule_ids: tuple[str, ...], packs: tuple[str, ...], config_path: str | None) -> int:
    """用规则自带的正反例检验规则；写编号或者前缀时只检验这些规则。"""
    from ..reports.rules import verdict
    from ..rules.examples import run

    rules = _load(config_path, packs)
    known = [rule.id for rule in rules.rules]
    for prefix in rule_ids:
        if not any(name.startswith(prefix.upper()) for name in known):
            raise UsageError(_unknown(prefix.upper(), known))
    prefixes = tuple(prefix.upper() for prefix in rule_ids)
    results = [result for result in run(rules) if not prefixes or result.rule.startswith(prefixes)]
    print_text(verdict(results))
    return 0 if all(result.ok for result in results) else 1


def _load(config_path: str | None, packs: Sequence[str] = ()) -> RuleSet:
    from ..rules import load

    config = load_config(config_path)
    return load(tuple(packs) or config.review.packs, config.packs.folders)


def _columns() -> int:
    if not sys.stdout.isatty():
        return 80
    from shutil import get_terminal_size

    return min(get_terminal_size((80, 24)).columns, 110)


def _unknown(wanted: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(wanted, known, n=1)
    hint = f"是否要看 {close[0]}？" if close else ""
    return f"没有规则 {wanted}，{hint}运行 legalcheck rules list 查看全部 {len(known)} 条规则。"
