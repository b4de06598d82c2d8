"""Where each format of a report goes: ``--format NAME``, ``--format NAME=FILE``, ``-o FILE``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from ..errors import LegalcheckError, UsageError
from ..reports.formats import DEFAULT, FORMATS, Format, by_suffix
from ..reports.width import visible
from .output import OutputFile, print_data, print_text, write_together

if TYPE_CHECKING:
    from ..reports.outcome import Outcome

_SCREEN = "-"  # as a file name


class Wanted(Struct, frozen=True):
    """One --format as it was written; `file` is "" where none was named."""

    form: Format
    file: str = ""


def parse(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[Wanted]:
    """The callback of --format: each value is NAME or NAME=FILE."""
    wanted = []
    for value in values:
        name, named, file = value.partition("=")
        if name not in FORMATS:
            raise click.BadParameter(f"没有 {name}，可用的有 {'、'.join(FORMATS)}", ctx, parameter)
        if named and not file:
            raise click.BadParameter(f"{value} 缺少文件名，请写作 {name}=文件名", ctx, parameter)
        wanted.append(Wanted(FORMATS[name], file))
    return wanted


def described() -> str:
    """The formats and what each is for, for the help page."""
    return "；".join(f"{form.name} {form.summary}" for form in FORMATS.values())


class Delivery(Struct, frozen=True):
    """One format and where it goes: a file, or the screen where `target` is None."""

    form: Format
    target: OutputFile | None = None


def plan(wanted: Sequence[Wanted], output: str | None, inputs: Sequence[str]) -> list[Delivery]:
    """Who gets what; every file is checked before the work begins.

    Raises:
        UsageError: the options contradict each other, or a file cannot be written.
    """
    if output:
        wanted = [_into(wanted, output, inputs)]
    wanted = wanted or [Wanted(DEFAULT)]
    shown = [each.form for each in wanted if each.file in ("", _SCREEN)]
    if len(shown) > 1:
        names = "、".join(form.name for form in shown)
        example = f"--format {shown[-1].name}=文件名"
        raise UsageError(f"屏幕上只能显示一种格式，{names} 中其余的请写明文件，如 {example}。")
    if shown and shown[0].binary and sys.stdout.isatty():
        example = f"--format {shown[0].name}=结果{shown[0].suffixes[0]}"
        raise UsageError(f"{shown[0].name} 不是文字，不能显示在屏幕上，请写明文件，如 {example}。")
    deliveries: list[Delivery] = []
    for each in wanted:
        target = None if each.file in ("", _SCREEN) else OutputFile(each.file, inputs)
        if target and any(other.target and other.target.same(target) for other in deliveries):
            raise UsageError(f"有两种格式要写入同一个文件 {each.file}，请分别写明不同的文件。")
        deliveries.append(Delivery(each.form, target))
    return deliveries


def _into(wanted: Sequence[Wanted], output: str, inputs: Sequence[str]) -> Wanted:
    if len(wanted) > 1:
        raise UsageError("-o 只能与一种格式一起用；输出多种格式时，请用 --format 名称=文件 分别写明。")
    if wanted:
        (only,) = wanted
        if only.file:
            raise UsageError(f"--format {only.form.name}={only.file} 已写明文件，不能再用 -o {output}，请只留一处。")
        return Wanted(only.form, output)
    if output == _SCREEN or not os.path.splitext(output)[1]:  # noqa: PTH122  a file name may be no valid text
        return Wanted(DEFAULT, output)
    form = by_suffix(output)
    if form is None:
        OutputFile(output, inputs)  # that it is the draft itself is the worse mistake, and said first
        if output.lower().endswith(".docx"):
            raise UsageError(f"Word 批注稿请用 --annotate {output}，合法性审核意见书用 legalcheck opinion。")
        raise UsageError(f"从文件名 {output} 看不出格式，请用 --format 写明，可用的有 {'、'.join(FORMATS)}。")
    return Wanted(form, output)


def deliver(deliveries: Sequence[Delivery], outcomes: Sequence[Outcome], color: str, verbose: bool = False) -> None:
    """Render every format, put all files in place together, then show the rest.

    The files are named on standard error if `verbose` or if a person is looking there, who would else see nothing.

    Raises:
        UsageError: a file could not be written; what goes to the screen has been shown all the same.
    """
    rendered = [
        (each, each.form.render(outcomes, **(_page(each, color) if each.form.screen else {}))) for each in deliveries
    ]
    files = [(each.target, content) for each, content in rendered if each.target]
    failure = None
    try:
        write_together(files)
    except LegalcheckError as error:
        failure = error
    if not failure:
        tell_written([target for target, _ in files], verbose)
    for each, content in rendered:
        if each.target:
            continue
        if each.form.screen and isinstance(content, str):
            print_text(content, color=True if color == "always" else None)
        else:
            print_data(content)
    if failure:
        raise failure


def tell_written(files: Sequence[OutputFile], verbose: bool) -> None:
    """Name the files that were written, on standard error, if `verbose` or if that is a terminal."""
    if verbose or sys.stderr.isatty():
        for file in files:
            click.echo(f"已写入 {visible(file.shown)}", err=True)


def _page(delivery: Delivery, color: str) -> dict[str, Any]:
    """The columns and colours of what the text is laid out for."""
    screen = delivery.target is None and sys.stdout.isatty()
    columns = 80
    if screen:
        from shutil import get_terminal_size

        columns = get_terminal_size((80, 24)).columns
    # https://no-color.org: NO_COLOR counts if set and not empty; a word on the command line counts more.
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return {"columns": columns, "color": color == "always" or (color == "auto" and screen and not plain)}
