"""Where a command writes: standard output, a file that appears whole or not at all, standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from ..errors import UsageError, reason
from ..reports.width import visible


def complain(message: str) -> None:
    """One sentence on standard error."""
    click.echo(f"错误：{visible(message)}", err=True)


def warn(message: str) -> None:
    """One remark on standard error that stops nothing."""
    click.echo(f"注意：{visible(message)}", err=True)


def print_notice(text: str) -> None:
    """Text for people beside the output proper, on standard error."""
    click.echo(text, nl=False, err=True)


def print_text(text: str, color: bool | None = None) -> None:
    """Text for people. What the terminal's encoding lacks is shown as \\u2022 instead of failing."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    click.echo(text, nl=False, color=color)


def print_data(content: str | bytes) -> None:
    """Data for programs: bytes as they are, text always in UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(_encoded(content))
    sys.stdout.buffer.flush()


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


class OutputFile:
    """A file that is checked before the work and replaced in one step after it."""

    def __init__(self, path: str, inputs: Sequence[str] = ()) -> None:
        self.shown = path
        # A device (/dev/null, /dev/stdout) or a pipe cannot be replaced, only written to.
        self._plain = Path(path).exists() and not Path(path).is_file()
        self._target = Path(path) if self._plain else Path(os.path.realpath(path))
        if self._target.is_dir():
            raise UsageError(f"无法写入 {path}：它是文件夹，请写明文件名。")
        for name in inputs:
            if self._is(name):
                raise UsageError(f"输出文件 {path} 就是要审查的送审稿，请换一个文件名，以免覆盖原稿。")
        self._probe()

    def same(self, other: OutputFile) -> bool:
        """Whether both name one file that would be replaced."""
        return not self._plain and (self._target == other._target or self._is(other._target))

    def write(self, content: str | bytes) -> None:
        """Put `content` in place, text as UTF-8; on any error the old file stays as it was."""
        write_together([(self, content)])

    def _stage(self, content: str | bytes) -> None:
        if self._plain:
            return
        with self._temporary.open("wb") as file:
            file.write(_encoded(content))
            file.flush()
            os.fsync(file.fileno())

    def _commit(self, content: str | bytes) -> None:
        if self._plain:
            self._target.write_bytes(_encoded(content))
        else:
            os.replace(self._temporary, self._target)  # noqa: PTH105  both names are ours; the call is atomic

    def _discard(self) -> None:
        if not self._plain:
            with suppress(OSError):
                self._temporary.unlink(missing_ok=True)

    def _probe(self) -> None:
        try:
            if self._plain:
                if not os.access(self._target, os.W_OK):  # opening a pipe and closing it would end its reader
                    raise PermissionError(errno.EACCES, "")
                return
            if self._target.exists():
                with self._target.open("a"):
                    pass
            self._temporary.touch(exist_ok=False)
            self._temporary.unlink()
        except OSError as error:
            raise UsageError(f"无法写入 {self.shown}（{reason(error)}），请换一个位置。") from None

    @property
    def _temporary(self) -> Path:
        return self._target.with_name(f".{self._target.name[:100]}.{os.getpid()}.tmp")

    def _is(self, name: str | Path) -> bool:
        try:
            return self._target.samefile(name)
        except OSError:
            return False


def write_together(files: Sequence[tuple[OutputFile, str | bytes]]) -> None:
    """Put every content in its place: all are on the disk before the first replaces a file.

    Raises:
        UsageError: one could not be written; the sentence says which files are new, the others are as they were.
    """
    done: list[str] = []
    current = ""
    try:
        for file, content in files:
            current = file.shown
            file._stage(content)
        for file, content in files:
            current = file.shown
            file._commit(content)
            done.append(current)
    except OSError as error:
        written = f"，已经写好的有 {'、'.join(done)}" if done else ""
        others = "，其他输出文件也没有写入" if len(files) > 1 and not done else ""
        raise UsageError(f"无法写入 {current}（{reason(error)}），没有留下半成品{others}{written}。") from None
    finally:
        for file, _ in files:
            file._discard()
