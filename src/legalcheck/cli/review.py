"""``legalcheck review``: the main job."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from .chinese import Choice, Command, parse_date
from .options import LEVELS, THRESHOLDS, load_config
from .options import config as config_option
from .options import packs as packs_option
from .output import OutputFile, complain, print_data, print_text
from .source import convert_option, open_draft

if TYPE_CHECKING:
    from ..config import Config
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
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...")
@click.option(
    "--format",
    "form",
    type=Choice(["text", "json"]),
    default="text",
    help="输出格式：text 给人看（默认），json 给系统用。",
)
@click.option("-o", "--output", metavar="FILE", help="写入文件而不是屏幕；写完才替换，不留半成品。")
@click.option(
    "--as-of",
    metavar="DATE",
    callback=parse_date,
    help="审查基准日，如 2026-11-23，按这一天有效的法律审查；默认为今天。",
)
@packs_option
@click.option(
    "--select", metavar="RULE", multiple=True, help="只用这些规则，写编号或者前缀（CERT-001、CERT），可以重复。"
)
@click.option("--ignore", metavar="RULE", multiple=True, help="不用这些规则，写法同 --select，可以重复。")
@click.option(
    "--fail-on",
    type=Choice(THRESHOLDS),
    help="有这一级别及以上的问题时退出码为 1：blocking 必须改正，major 应当修改（默认），minor 建议完善，never 从不。",
)
@click.option("--level", type=Choice(LEVELS), help="送审稿的效力位阶；默认 normative，即行政规范性文件。")
@convert_option
@config_option
@click.option("--color", type=Choice(["auto", "always", "never"]), default="auto", help="颜色；默认只在终端上用。")
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
    form: str,
    output: str | None,
    as_of: date | None,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    level: str | None,
    convert: bool,
    config_path: str | None,
    color: str,
) -> int:
    """审查一份或者多份 Word 送审稿（.docx），按条文顺序列出问题、依据和修改建议。

    DRAFT 也可以是文件夹：其中有送审稿和起草说明、征求意见材料等，一并核对材料是否齐全。
    """
    target = OutputFile(output, drafts) if output else None
    from ..rules.finding import Rank

    today = date.today()
    rank = Rank(level) if level else None
    select, ignore = (tuple(prefix.upper() for prefix in prefixes) for prefixes in (select, ignore))
    given = {"packs": packs, "select": select, "ignore": ignore, "as_of": as_of, "level": rank}
    # All configurations first: a mistake in one should come before minutes of work, not after.
    configs = [_with(load_config(config_path, draft), given) for draft in drafts]
    outcomes: list[Outcome] = []
    exit_code = 0
    for draft, config in zip(drafts, configs, strict=True):
        outcome = _review(draft, config, today, convert)
        outcomes.append(outcome)
        if outcome.report is None:
            complain(outcome.error)
            exit_code = 2
        elif outcome.at_least(fail_on or config.review.fail_on):
            exit_code = max(exit_code, 1)

    if form == "json":
        from ..reports.json import render as render_json

        text = render_json(outcomes)
    else:
        from ..reports.text import render as render_text

        text = render_text(outcomes, _columns(target), _colored(color, target))
    if target:
        target.write(text)
    elif form == "json":
        print_data(text)
    else:
        print_text(text, color=True if color == "always" else None)
    return exit_code


def _with(config: Config, given: Mapping[str, object]) -> Config:
    """The configuration with what the command line says instead."""
    update: dict[str, Any] = {name: value for name, value in given.items() if value}
    return replace(config, review=replace(config.review, **update))


def _review(draft: str, config: Config, today: date, convert: bool) -> Outcome:
    """Review one draft. What is wrong with this file alone must not keep the others from being reviewed."""
    from ..errors import DocumentError, LegalcheckError
    from ..reports.outcome import Options, Outcome
    from ..review import review
    from .app import unexpected

    table = config.review
    options = Options(table.level.value, table.packs, table.select, table.ignore)
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
            profile=config.corpora.profile,
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


def _columns(target: OutputFile | None) -> int:
    if target is not None or not sys.stdout.isatty():
        return 80
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns


def _colored(choice: str, target: OutputFile | None) -> bool:
    """https://no-color.org: NO_COLOR counts if set and not empty; a word on the command line counts more."""
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return target is None and sys.stdout.isatty() and not plain
