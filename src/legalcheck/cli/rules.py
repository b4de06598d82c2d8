"""``legalcheck rules``: what the rules are, in words a lawyer reads, and whether they keep their own promises."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .chinese import Choice, Group, parse_date
from .options import config as config_option
from .options import load_config
from .options import packs as packs_option
from .output import print_data, print_text

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
@click.argument("rule_id", required=False, metavar="[编号]")
@click.option("--all", "every", is_flag=True, help="解释全部规则。")
@click.option("--format", "form", type=Choice(["text", "markdown"]), default="text", help="text（默认）或者 markdown。")
@click.option("--cases", metavar="案例.jsonl", help="在这些标注案例上测量，把结果写进 markdown。")
@config_option
def explain(rule_id: str | None, every: bool, form: str, cases: str | None, config_path: str | None) -> int:
    """解释一条规则：找什么、什么情况下不算、依据是什么、怎么改，附正反例。"""
    from ..reports.rules import explanation, reference

    if every is bool(rule_id):
        raise UsageError("请写明一个规则编号，或者用 --all 解释全部规则。")
    rules = _load(config_path)
    if form == "markdown":
        chosen = rules if every else rules.choose([(rule_id or "").upper()])
        scores = None
        if cases:
            from ..rules.evaluation import evaluate as run_evaluation
            from ..rules.evaluation import read_cases

            scores = run_evaluation(rules, read_cases(Path(cases)), date.today()).rules
        print_data(reference(chosen, scores))
        return 0
    if every:
        print_text("\n".join(explanation(rule, rules, _columns()) for rule in rules.rules))
        return 0
    wanted = (rule_id or "").upper()
    for rule in rules.rules:
        if rule.id == wanted:
            print_text(explanation(rule, rules, _columns()))
            return 0
    raise UsageError(_unknown(wanted, [rule.id for rule in rules.rules]))


@command.command("test", short_help="用规则自带的正反例检验规则")
@click.argument("rule_ids", nargs=-1, metavar="[编号...]")
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


@command.command("evaluate", short_help="在标注案例上测量规则的发现率和误报率")
@click.argument("cases", metavar="案例.jsonl")
@click.option("--errors", is_flag=True, help="列出每一处漏报和误报。")
@click.option(
    "--format", "form", type=Choice(["text", "json"]), default="text", help="text 给人看（默认），json 给系统用。"
)
@click.option("--as-of", metavar="日期", callback=parse_date, help="按哪一天有效的法律判断；默认为今天。")
@packs_option
@config_option
def evaluate(
    cases: str, errors: bool, form: str, as_of: date | None, packs: tuple[str, ...], config_path: str | None
) -> int:
    """在标注案例上测量规则：每行一个 JSON，含 id、text、label（类别列表，合法的为空）和 level。"""
    from ..reports.evaluation import render_json, render_text
    from ..rules.evaluation import evaluate as run_evaluation
    from ..rules.evaluation import read_cases

    read = read_cases(Path(cases))
    result = run_evaluation(_load(config_path, packs), read, as_of or date.today())
    if form == "json":
        print_data(render_json(result))
    else:
        print_text(render_text(result, errors=errors))
    return 0


@command.command("new", short_help="新建一条规则的文件，附正反例的空位")
@click.argument("rule_id", metavar="编号")
@click.option(
    "--folder", default=".", show_default=True, metavar="文件夹", help="规则包文件夹；没有 pack.yaml 时一并新建。"
)
def new(rule_id: str, folder: str) -> int:
    """在规则包文件夹中新建一条规则：带说明的 YAML，填好正反例后用 rules test 检验。"""
    from ..rules.scaffold import create

    for path in create(rule_id.upper(), Path(folder)):
        click.echo(f"已生成 {path}")
    click.echo("请填写 when、examples 和依据，然后运行 legalcheck rules test 检验。")
    return 0


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
