"""How far a long run has come, on standard error: a bar on a terminal, one line an item elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import click

from ..reports.width import fold, pad, visible

_COLUMNS = 28

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
    """A file's name in always as many columns: the bar counts characters and would leave half of a wide one."""
    name = os.path.basename(path or "")  # noqa: PTH119  a file name may be no valid text
    return pad(fold(visible(name), _COLUMNS)[0], _COLUMNS)
