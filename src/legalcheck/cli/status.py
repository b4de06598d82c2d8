"""``legalcheck status``: all drafts, where they stand, what each waits for."""

from __future__ import annotations

import sys

import click

from .chinese import Choice, Command
from .desk import registry, shared
from .output import print_data, print_text

SHOWN = 50


@click.command("status", cls=Command, short_help="全部送审稿：到哪一步、还剩几个工作日、等什么")
@click.option("--all", "everything", is_flag=True, help="列出全部，包括审议以后的；不写时只列审议以前最急的 50 份。")
@click.option("--format", "form", type=Choice(["text", "json"]), default="text", help="输出格式；默认 text。")
@shared
def command(everything: bool, form: str, ledger: str, config_path: str | None) -> int:
    """列出台账中的送审稿，最急的在前：状态、审核期限还剩几个工作日、未处理的问题、等什么。"""
    from ..record.status import overview
    from ..reports.status import render_json, render_text

    with registry("", ledger, config_path) as office:
        found = overview(office.ledger, office.today, finished=everything, limit=None if everything else SHOWN)
    if form == "json":
        print_data(render_json(found))
        return 0
    from shutil import get_terminal_size

    columns = get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    print_text(render_text(found, columns))
    return 0
