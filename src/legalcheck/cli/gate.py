"""``legalcheck gate``: may these drafts be put before the meeting?"""

from __future__ import annotations

import click

from .chinese import Choice, Command
from .desk import ledger_option
from .options import config as config_option
from .options import load_config
from .output import print_data, print_text


@click.command(
    "gate",
    cls=Command,
    short_help="能否提请集体审议：0 可以，1 不得，2 无法判断",
    epilog="退出码：0 都可以提请审议；1 有不得提请的；2 有无法判断的（台账读不了、时钟不对、命令有误）。",
)
@click.argument("drafts", nargs=-1, required=True, metavar="送审稿...")
@click.option("--format", "form", type=Choice(["text", "json"]), default="text", help="输出格式；默认 text。")
@ledger_option
@config_option
def command(drafts: tuple[str, ...], form: str, ledger: str, config_path: str | None) -> int:
    """判断送审稿能否提请集体审议。

    只有内容一字不差的送审稿经过审查、必须改正和应当修改的问题都由有权的人员处理、意见为合法并已签署、台账完好时才放行；人员名册、规则范围以本处的配置文件为准。
    """
    from ..record.gate import Verdict, gate
    from ..reports.gate import render_json, render_text

    decisions = [(draft, gate(draft, ledger=ledger, config=load_config(config_path, draft))) for draft in drafts]
    if form == "json":
        print_data(render_json(decisions))
    else:
        print_text(render_text(decisions))
    if any(decision.verdict is Verdict.UNKNOWN for _, decision in decisions):
        return 2
    return 0 if all(decision.open for _, decision in decisions) else 1
