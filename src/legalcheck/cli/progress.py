"""How far a long run has come, on standard error: a bar on a terminal, one line an item elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from ..reports.width import fold, visible

verbose_option = click.option("-v", "--verbose", is_flag=True, help="在标准错误上显示进度和写好的文件。")


def tracked(paths: Sequence[str], verbose: bool) -> Iterator[str]:
    """The paths one by one, telling each before it is worked on, if `verbose`.

    On a terminal the bar owns its line: say nothing else on standard error before the last path is done.
    """
    if not verbose:
        yield from paths
    elif sys.stderr.isatty():
        with click.progressbar(
            paths, label="审查", show_pos=True, show_percent=False, width=20, item_show_func=_name, file=sys.stderr
        ) as bar:
            yield from bar
    else:
        for number, path in enumerate(paths, start=1):
            click.echo(f"[{number}/{len(paths)}] {visible(path)}", err=True)
            yield path


def _name(path: str | None) -> str:
    return fold(visible(os.path.basename(path)), 28)[0] if path else ""  # noqa: PTH119  may be no valid text
