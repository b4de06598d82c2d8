"""``legalcheck text``: what legalcheck reads in a draft, so that a reviewer can see it."""

from __future__ import annotations

import sys

import click

from .chinese import Command
from .output import OutputFile, print_data, print_text, warn
from .source import convert_option, open_draft


@click.command("text", cls=Command, short_help="按 Word 显示的编号输出送审稿的全部文字")
@click.argument("draft", metavar="送审稿")
@click.option("-o", "--output", metavar="文件", help="写入文件而不是屏幕。")
@convert_option
def command(draft: str, output: str | None, convert: bool) -> int:
    """输出送审稿的全部可见文字（正文、表格、文本框、脚注、页眉页脚），编号与 Word 显示的一致，一段一行。"""
    target = OutputFile(output, [draft]) if output else None
    content = open_draft(draft, convert)
    for note in content.notes:
        warn(note)
    text = content.text + "\n"
    if target:
        target.write(text)
    elif sys.stdout.isatty():
        from ..reports.width import visible

        print_text("".join(visible(line) + "\n" for line in text.splitlines()))
    else:
        print_data(text.encode("utf-8", "replace").decode("utf-8"))
    return 0
