"""``legalcheck sweep``: clean up the documents already in force."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .chinese import Choice, Command, parse_date
from .options import LEVELS, load_config
from .options import config as config_option
from .options import packs as packs_option
from .output import complain, print_text

if TYPE_CHECKING:
    from ..sweep.dispatch import Engine
    from ..sweep.settings import Settings

DEFAULT_RUN = "sweep-run"
MOST_JOBS = 1024


def _parse_count(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isdecimal() or not 1 <= int(value) <= MOST_JOBS:
        raise click.BadParameter(f"{value} 不是 1 到 {MOST_JOBS} 的整数", ctx, parameter)
    return int(value)


@click.command(
    "sweep",
    cls=Command,
    short_help="成批审查现行文件，提出废止、修改、保留的建议",
    epilog="退出码：0 全部建议保留；1 有建议废止、修改的，或者有文件未能审查；2 命令、配置或者清单有误；130 中断。",
)
@click.argument("source", metavar="来源")
@click.option(
    *("-o", "--output"),
    default=DEFAULT_RUN,
    metavar="结果目录",
    help=f"结果目录，默认为 {DEFAULT_RUN}；已有结果的，只审查有变化的文件。",
)
@click.option(
    "--as-of",
    metavar="日期",
    callback=parse_date,
    help="清理基准日，如 2026-11-23，按这一天有效的法律审查；默认为今天。",
)
@click.option("--since", metavar="上次的结果目录", help="上一次的结果目录：沿用其中没有变化的结果，并列出变化。")
@click.option("--jobs", metavar="个数", callback=_parse_count, help="同时审查的进程数；默认为处理器的个数。")
@click.option(
    "--engine", type=Choice(["pool", "ray"]), default="pool", help="pool 用本机的进程（默认），ray 用 Ray 集群。"
)
@click.option("--address", metavar="地址", help="Ray 集群的地址，如 auto、10.0.0.1:6379；不写时在本机临时启动。")
@packs_option
@click.option("--select", metavar="规则", multiple=True, help="只用这些规则，写编号或者前缀，可以重复。")
@click.option("--ignore", metavar="规则", multiple=True, help="不用这些规则，写法同 --select，可以重复。")
@click.option("--level", type=Choice(LEVELS), help="文件的效力位阶；默认 normative，即行政规范性文件。")
@config_option
def command(
    source: str,
    output: str,
    as_of: date | None,
    since: str | None,
    jobs: int | None,
    engine: str,
    address: str | None,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str | None,
    config_path: str | None,
) -> int:
    """审查来源中的全部文件（.docx、.txt），逐份提出废止、修改或者保留的建议。

    来源是文件夹（含下级文件夹）、清单（.csv，有“路径”列，可以有“制定机关”“年份”“标题”“文号”列），或者 fsspec
    网址。结果和报告写入结果目录；中断后再次运行同一命令即可继续。
    """
    from ..errors import UsageError
    from ..sweep.changes import compare
    from ..sweep.run import sweep
    from ..sweep.store import open_run
    from ..sweep.summary import summarise
    from ..sweep.text import needs_action, render

    if address and engine != "ray":
        raise UsageError("--address 只用于 Ray，请加上 --engine ray。")
    run, old = Path(output), Path(since) if since else None
    if old is not None and old.resolve() == run.resolve():
        raise UsageError("--since 和 -o 是同一个目录，请用 -o 另指定一个目录存放新的结果。")
    settings = _settings(source, config_path, as_of, packs, select, ignore, level)
    bar = _Bar()
    try:
        with closing(bar):
            sweep(source, run, settings, _engine(engine, settings, jobs, address), progress=bar, since=old)
    except KeyboardInterrupt:
        complain(f"已中断，完成 {bar.done} 份，共 {bar.total} 份；再次运行同一命令即可继续。")
        return 130
    changes = compare(run, old) if old is not None else None
    with closing(open_run(run)) as database:
        summary = summarise(database)
        print_text(render(summary, database, run, changes))
    return 1 if needs_action(summary) else 0


def _settings(
    source: str,
    config_path: str | None,
    as_of: date | None,
    packs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str | None,
) -> Settings:
    """legalcheck.toml, with what the command line says instead."""
    from ..sweep.settings import Settings

    config = load_config(config_path, "" if "://" in source else os.path.join(source, ""))  # noqa: PTH118
    table = config.review
    return Settings(
        as_of or table.as_of or date.today(),
        level or table.level.value,
        packs or table.packs,
        tuple(prefix.upper() for prefix in select) or table.select,
        tuple(prefix.upper() for prefix in ignore) or table.ignore,
        tuple(str(folder.absolute()) for folder in config.packs.folders),
        tuple(path.absolute() for path in config.corpora.statutes),
        config.corpora.profile.absolute() if config.corpora.profile else None,
    )


def _engine(name: str, settings: Settings, jobs: int | None, address: str | None) -> Callable[[], Engine]:
    if name == "ray":
        from ..sweep.cluster import Cluster

        return lambda: Cluster(settings, address, jobs)
    from ..sweep.pool import Pool

    return lambda: Pool(settings, jobs or os.cpu_count() or 1)


class _Bar:
    """The progress bar on standard error: documents, rate and time left; nothing where that is no terminal."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self._bar: Any = None
        self._start = 0.0

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            self._start = time.monotonic()
            self._bar = click.progressbar(
                length=total,
                label="审查",
                file=sys.stderr,
                show_pos=True,
                show_eta=False,
                item_show_func=self._rate,
                bar_template="%(label)s [%(bar)s] %(info)s",
                hidden=not sys.stderr.isatty(),
            )
            self._bar.__enter__()
        step, self.done, self.total = done - self.done, done, total
        self._bar.update(step, done)

    def _rate(self, done: int | None) -> str | None:
        seconds = time.monotonic() - self._start
        if not done or seconds < 0.5:
            return None
        minutes, left = divmod(round((self.total - done) * seconds / done), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
        return f"{done / seconds:.0f} 份/秒，剩余 {clock}"

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
