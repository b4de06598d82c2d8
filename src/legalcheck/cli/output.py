"""Where a command writes: standard output, a file that appears whole or not at all, standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..errors import UsageError
from ..reports.width import visible


def complain(message: str) -> None:
    """One sentence on standard error."""
    click.echo(f"错误：{visible(message)}", err=True)


def warn(message: str) -> None:
    """One remark on standard error that stops nothing."""
    click.echo(f"注意：{visible(message)}", err=True)


def print_text(text: str, color: bool | None = None) -> None:
    """Text for people. What the terminal's encoding lacks is shown as \\u2022 instead of failing."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")
    click.echo(text, nl=False, color=color)


def print_data(text: str) -> None:
    """Data for programs: always UTF-8, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


class OutputFile:
    """A file that is checked before the work and replaced in one step after it."""

    def __init__(self, path: str, inputs: Sequence[str] = ()) -> None:
        self._target = Path(os.path.realpath(path))
        self._shown = path
        if self._target.is_dir():
            raise UsageError(f"无法写入 {path}：它是文件夹，请写明文件名。")
        for name in inputs:
            if _same_file(self._target, name):
                raise UsageError(f"输出文件 {path} 就是要审查的送审稿，请换一个文件名，以免覆盖原稿。")
        # A device (/dev/null, /dev/stdout) cannot be replaced, only written to.
        self._plain = self._target.exists() and not self._target.is_file()
        self._probe()

    def write(self, text: str) -> None:
        """Put `text` in place, UTF-8; on any error the old file stays as it was."""
        try:
            if self._plain:
                self._target.write_text(text, encoding="utf-8")
                return
            temporary = self._temporary()
            try:
                with temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(temporary, self._target)  # noqa: PTH105  both names are ours; the call is atomic
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"无法写入 {self._shown}（{reason(error)}），没有留下半成品。") from None

    def _probe(self) -> None:
        try:
            if self._plain:
                with self._target.open("a"):
                    return
            if self._target.exists():
                with self._target.open("a"):
                    pass
            temporary = self._temporary()
            temporary.touch(exist_ok=False)
            temporary.unlink()
        except OSError as error:
            raise UsageError(f"无法写入 {self._shown}（{reason(error)}），请换一个位置。") from None

    def _temporary(self) -> Path:
        return self._target.with_name(f".{self._target.name[:100]}.{os.getpid()}.tmp")


_REASONS = {
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘只能读取",
    errno.ENAMETOOLONG: "文件名太长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common case."""
    return _REASONS.get(error.errno or 0) or f"系统报告 {error.strerror}"


def _same_file(target: Path, name: str) -> bool:
    try:
        return target.samefile(name)
    except OSError:
        return False
