"""click in Chinese: help pages, usage lines and the sentence for each mistake on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from ..reports.width import fold, pad, width

if TYPE_CHECKING:
    from datetime import date


class Formatter(click.HelpFormatter):
    """Help text wrapped by columns instead of characters, since Chinese has no spaces and is twice as wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"用法：{prog} {args}\n".replace(" \n", "\n"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{heading}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            flowing = paragraph.replace("\n", "") if not paragraph.startswith("\b") else ""
            lines = fold(flowing, self.width - len(indent)) if flowing else paragraph.split("\n")[1:]
            self.write("".join(f"{indent}{line}\n" for line in lines))
            self.write_paragraph()
        if self.buffer and self.buffer[-1] == "\n":
            self.buffer.pop()

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 28, col_spacing: int = 2) -> None:
        rows = list(rows)
        indent = " " * self.current_indent
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, text in rows:
            lines = fold(text, max(self.width - len(indent) - first, 20))
            if width(term) + col_spacing > first:
                self.write(f"{indent}{term}\n")
                term = ""
            for line in lines:
                self.write(f"{indent}{pad(term, first)}{line}".rstrip() + "\n")
                term = ""


class Context(click.Context):
    formatter_class = Formatter


class Command(click.Command):
    """A command whose help page is Chinese throughout."""

    context_class = Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return _usage(super().collect_usage_pieces(ctx))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option()

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)


class Group(click.Group):
    """A group whose help page is Chinese throughout, and whose commands are too."""

    context_class = Context
    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return _usage(super().collect_usage_pieces(ctx))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _help_option()

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Each command and what it does, for the help page."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.short_help or ""))
        return rows

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(self.summaries(ctx))

    def _meant(self, ctx: click.Context, word: str) -> str:
        """What to write instead of a word that is no command."""
        import difflib

        known = self.list_commands(ctx)
        if word.lower().endswith((".docx", ".doc", ".wps")) and "review" in known:
            return f"，审查文件请写 legalcheck review {word}"
        close = difflib.get_close_matches(word, known, n=1)
        return f"，是否要用 {close[0]}？" if close else f"，可用的有 {'、'.join(known)}"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise click.UsageError(f"没有命令 {args[0]}{self._meant(ctx, args[0])}", ctx)
        return super().resolve_command(ctx, args)


class Choice(click.Choice[str]):
    """A choice whose error is a Chinese sentence."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"没有 {value}，可用的有 {'、'.join(map(str, self.choices))}"


def parse_date(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The callback of an option that takes a day."""
    from datetime import date

    if value is None:
        return None
    import re

    try:
        written = re.fullmatch(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?", value.strip())
        return date(*map(int, written.groups())) if written else date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value} 不是日期，请写作 2026-11-23 的样子", ctx, parameter) from None


def sentence(error: click.ClickException) -> str:
    """What is wrong with a command line, in one Chinese sentence."""
    text = _what(error).rstrip("。 ")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return text + (f"；用法见 {context.command_path} --help。" if context else "。")


def _what(error: click.ClickException) -> str:
    message = error.message
    match error:
        case click.NoSuchOption():
            close = f"（是否要用 {' 或 '.join(error.possibilities)}？）" if error.possibilities else ""
            return f"没有选项 {error.option_name}{close}"
        case click.MissingParameter():
            return f"缺少{_parameter(error)}"
        case click.BadParameter() if "not a valid integer" in message:
            return f"{_parameter(error)}后面应当是整数"
        case click.BadParameter():
            return f"{_parameter(error)}的值无效：{message}"
        case click.BadOptionUsage() if "not take" in message:
            return f"选项 {error.option_name} 后面不能带值"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值"
        case click.FileError():
            return f"无法打开文件 {error.ui_filename}"
    if message.startswith("Got unexpected extra argument"):
        extra = message[message.find("(") + 1 : message.rfind(")")]
        return f"多出了参数 {extra}"
    return message


def _parameter(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return "参数"
    if isinstance(parameter, click.Option):
        return f"选项 {max(parameter.opts, key=len)} "
    return f"参数 {parameter.human_readable_name.rstrip('.')} "


def _usage(pieces: list[str]) -> list[str]:
    words = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
    return [words.get(piece, piece) for piece in pieces]


@cache
def _help_option() -> click.Option:
    """That of click would look for a translation of its help on the disk."""
    return click.Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_print_help, help="显示这份说明。"
    )


def _print_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [
        (record[0], record[1].replace("  [required]", "（必须写明）").replace("  [default: ", "  [默认："))
        for parameter in command.get_params(ctx)
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx))
    ]
    with formatter.section("选项"):
        formatter.write_dl(rows)
