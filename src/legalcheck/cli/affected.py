"""``legalcheck affected``: which documents a statute, a certificate or an approval touches."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import click

from .chinese import Choice, Command, parse_date
from .options import config as config_option
from .options import load_config
from .output import OutputFile, print_data, print_text, warn
from .sweep import DEFAULT_RUN


@click.command(
    "affected",
    cls=Command,
    short_help="查一部法规、一项证明或者审批涉及哪些文件",
    epilog="退出码：0 没有涉及的文件；1 有；2 命令有误，或者没有清理结果。",
)
@click.argument("name", metavar="[名称]", required=False)
@click.option(
    "--run", default=DEFAULT_RUN, metavar="结果目录", help=f"legalcheck sweep 的结果目录，默认为 {DEFAULT_RUN}。"
)
@click.option("--if-repealed", metavar="名称", help="假设这部法规废止且没有替代，列出会失去依据的文件；同时写 --on。")
@click.option("--on", metavar="日期", callback=parse_date, help="假设废止的日期，如 2027-01-01；默认为今天。")
@click.option(
    "--format", "form", type=Choice(["text", "csv", "jsonl"]), default="text", help="输出格式；默认 text，给人看。"
)
@click.option("-o", "--output", metavar="文件", help="写入文件而不是屏幕；写完才替换，不留半成品。")
@config_option
def command(
    name: str | None,
    run: str,
    if_repealed: str | None,
    on: date | None,
    form: str,
    output: str | None,
    config_path: str | None,
) -> int:
    """从清理结果中查出引用一部法规，或者要求提交一项证明、办理一项审批的文件和条款。

    名称是法规名称、简称或者文号，可以带条款（《行政处罚法》第九条），也可以是证明或者审批事项的名称。
    """
    from ..corpora.statutes import catalogue
    from ..errors import UsageError
    from ..sweep.affected import affected
    from ..sweep.affected import if_repealed as outlook
    from ..sweep.answers import render_outlook, render_touched
    from ..sweep.store import meta, open_run

    if bool(name) == bool(if_repealed):
        raise UsageError("请写明要查的法规、证明或者审批事项，或者用 --if-repealed 写明假设废止的法规，二者选一。")
    if on and not if_repealed:
        raise UsageError("--on 要与 --if-repealed 一起使用。")
    target = OutputFile(output) if output else None
    known = catalogue(*load_config(config_path).corpora.statutes)
    with closing(open_run(Path(run))) as database:
        if not meta(database, "complete"):
            warn(f"{run} 里的清理还没有做完，以下只是已经审查的文件；再次运行 legalcheck sweep 可以继续。")
        if if_repealed:
            day = on or date.today()
            future = outlook(database, if_repealed, day, known)
            text, found = render_outlook(if_repealed, day.isoformat(), future, form), bool(future)
        else:
            touched = affected(database, name or "", known)
            text, found = render_touched(name or "", touched, form), bool(touched)
    if target:
        target.write(text)
    elif form == "text":
        print_text(text)
    else:
        print_data(text)
    return 1 if found else 0
