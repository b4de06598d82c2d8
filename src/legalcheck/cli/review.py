"""``legalcheck review``: the main job."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from ..errors import UsageError
from .annotate import Copies
from .chinese import Choice, Command, parse_date
from .deliver import Wanted, deliver, described, parse, plan
from .options import LEVELS, THRESHOLDS, load_config
from .options import config as config_option
from .options import packs as packs_option
from .output import complain, print_data, print_notice
from .progress import tracked, verbose_option
from .source import convert_option, open_draft

if TYPE_CHECKING:
    from pathlib import Path

    from ..config import Config
    from ..document.package import Package
    from ..reports.outcome import Outcome


def _print_schema(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from ..reports.json import schema

        print_data(schema())
        ctx.exit()


@click.command(
    "review",
    cls=Command,
    short_help="审查送审稿，列出问题、依据和修改建议",
    epilog="退出码：0 没有达到 --fail-on 级别的问题；1 有；2 命令、配置有误，或者有文件无法读取。",
)
@click.argument("drafts", nargs=-1, required=True, metavar="送审稿...")
@click.option(
    "--format",
    "wanted",
    callback=parse,
    metavar="格式[=文件]",
    multiple=True,
    help=f"输出格式，可以重复：{described()}。写成 json=a.json 的样子就写入文件，否则显示在屏幕上。",
)
@click.option(
    "-o",
    "--output",
    metavar="文件",
    help="写入文件而不是屏幕，写完才替换，不留半成品；没有 --format 时按文件名后缀判断格式。",
)
@click.option(
    "--annotate",
    metavar="文件",
    help="另存批注稿：原稿不动，问题作为 Word 批注加在所指的字句上。一份送审稿写文件名，多份写文件夹，如 批注稿/。",
)
@click.option(
    "--as-of",
    metavar="日期",
    callback=parse_date,
    help="审查基准日，如 2026-11-23，按这一天有效的法律审查；默认为今天。",
)
@packs_option
@click.option(
    "--select", metavar="规则", multiple=True, help="只用这些规则，写编号或者前缀（CERT-001、CERT），可以重复。"
)
@click.option("--ignore", metavar="规则", multiple=True, help="不用这些规则，写法同 --select，可以重复。")
@click.option(
    "--fail-on",
    type=Choice(THRESHOLDS),
    help="有这一级别及以上的问题时退出码为 1：blocking 必须改正，major 应当修改（默认），minor 建议完善，never 从不。",
)
@click.option("--level", type=Choice(LEVELS), help="送审稿的效力位阶；默认 normative，即行政规范性文件。")
@click.option(
    "--profile",
    metavar="名称|文件",
    help="地方档案，即本地的有效期、征求意见期限等：自带档案的名称或者文件，默认全国。",
)
@convert_option
@config_option
@verbose_option
@click.option("--color", type=Choice(["auto", "always", "never"]), default="auto", help="颜色；默认只在终端上用。")
@click.option("--record", is_flag=True, help="把审查结果记入台账；须先送审、受理（legalcheck record step）。")
@click.option(
    "--continues", metavar="旧稿", help="这是旧稿的修改稿：记入台账，沿用仍然有效的处理，列出已修改和新出现的问题。"
)
@click.option("--by", metavar="姓名", default="", help="记入台账时的审核人员，须在人员名册中。")
@click.option("--ledger", metavar="位置", default="", help="台账：SQLite 文件或者 postgresql:// 地址。")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="显示 json 格式的 JSON Schema。",
)
def command(
    drafts: tuple[str, ...],
    wanted: list[Wanted],
    output: str | None,
    annotate: str | None,
    as_of: date | None,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    level: str | None,
    profile: str | None,
    convert: bool,
    config_path: str | None,
    verbose: bool,
    color: str,
    record: bool,
    continues: str | None,
    by: str,
    ledger: str,
) -> int:
    """审查一份或者多份 Word 送审稿（.docx），按条文顺序列出问题、依据和修改建议。

    送审稿也可以是文件夹：其中有送审稿和起草说明、征求意见材料等，一并核对材料是否齐全。
    """
    deliveries = plan(wanted, output, drafts)
    copies = Copies(annotate, drafts, deliveries, convert) if annotate else None
    from ..corpora.profile import find_profile
    from ..rules.finding import Rank

    today = date.today()
    rank = Rank(level) if level else None
    select, ignore = (tuple(prefix.upper() for prefix in prefixes) for prefixes in (select, ignore))
    chosen_profile = find_profile(profile) if profile else None
    given = {"packs": packs, "select": select, "ignore": ignore, "as_of": as_of, "level": rank, "fail_on": fail_on}
    # All configurations first: a mistake in one should come before minutes of work, not after.
    configs = [_with(load_config(config_path, draft), given, chosen_profile) for draft in drafts]
    if by and not (record or continues is not None):
        raise UsageError("--by 只在记入台账时使用，请同时写 --record，修改稿写 --continues 旧稿。")
    packages: Sequence[Package | None] = [None] * len(drafts)
    if recording := record or continues is not None:
        from .recording import check

        narrowing = {name: value for name, value in given.items() if name != "fail_on"} | {"profile": profile}
        packages = check(drafts, continues, by, narrowing, ledger, config_path)
    outcomes = [
        _review(draft, config, today, convert, package)
        for draft, config, package in zip(tracked(drafts, verbose), configs, packages, strict=True)
    ]
    for outcome in outcomes:
        if outcome.report is None:
            complain(outcome.error)
    told, refused = "", ""
    if recording:
        from ..errors import LedgerError
        from .recording import enter

        try:
            outcomes, told = enter(outcomes, configs, continues, by, ledger, config_path)
        except LedgerError as error:  # the findings are worth reading all the same
            refused = str(error)
    deliver(deliveries, outcomes, color, verbose)
    print_notice(told)
    if refused:
        complain(refused)
        return 2
    exit_code = max(map(_exit_code, outcomes))
    return max(exit_code, copies.write(outcomes, verbose)) if copies else exit_code


def _exit_code(outcome: Outcome) -> int:
    if outcome.report is None:
        return 2
    return int(outcome.at_least(outcome.options.fail_on) > 0)


def _with(config: Config, given: Mapping[str, object], profile: Path | None) -> Config:
    """The configuration with what the command line says instead."""
    update: dict[str, Any] = {name: value for name, value in given.items() if value}
    corpora = replace(config.corpora, profile=profile) if profile else config.corpora
    return replace(config, review=replace(config.review, **update), corpora=corpora)


def _review(draft: str, config: Config, today: date, convert: bool, package: Package | None) -> Outcome:
    """Review one draft. What is wrong with this file alone must not keep the others from being reviewed."""
    from ..corpora.profile import load_profile
    from ..errors import DocumentError, LegalcheckError
    from ..reports.outcome import Options, Outcome
    from ..review import review
    from .app import unexpected

    table = config.review
    profile = config.corpora.profile
    options = Options(
        table.level.value,
        table.packs,
        table.select,
        table.ignore,
        config.packs.folders,
        table.fail_on,
        load_profile(profile).name if profile else Options().profile,
    )
    try:
        report = review(
            draft if os.path.isdir(draft) else open_draft(draft, convert),  # noqa: PTH112
            as_of=table.as_of or today,
            packs=table.packs,
            select=table.select,
            ignore=table.ignore,
            extra_packs=config.packs.folders,
            level=table.level,
            statutes=config.corpora.statutes,
            profile=profile,
            package=package,
        )
    except DocumentError as error:
        message = str(error)
        name = os.path.basename(draft)  # noqa: PTH119  a file name may be no valid text
        return Outcome(draft, error=message if name in message else f"{draft}：{message}", options=options)
    except LegalcheckError:
        raise  # the configuration, a rule or a corpus: no draft can be reviewed
    except Exception as error:
        return Outcome(draft, error=f"{draft}：{unexpected(error)}", options=options)
    return Outcome(draft, report, options=options)
