"""``--annotate OUT``: a copy of every draft with the findings as Word comments."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DocumentError, UsageError, reason
from .deliver import tell_written
from .output import OutputFile, complain, warn, write_together

if TYPE_CHECKING:
    from ..reports.annotate import Annotated
    from ..reports.outcome import Outcome
    from .deliver import Delivery

_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


class Copies:
    """Where the annotated copies go: one draft's into a file or a folder, several drafts' into a folder.

    In a folder a copy has its draft's name. Raises `UsageError` where `out` fits neither, cannot be written, or is a
    draft itself or the file of another output.
    """

    def __init__(self, out: str, drafts: Sequence[str], deliveries: Sequence[Delivery], convert: bool) -> None:
        self._out = out
        self._drafts = drafts
        self._deliveries = deliveries
        self._convert = convert
        path = Path(out)
        word = path.suffix.lower() in _SUFFIXES
        self._folder = path.is_dir() or out.endswith(("/", os.sep)) or (len(drafts) > 1 and not path.suffix)
        if not self._folder:
            if len(drafts) > 1:
                raise UsageError(f"有 {len(drafts)} 份送审稿，--annotate 请写文件夹，如 --annotate 批注稿/。")
            if not word:
                raise UsageError(f"批注稿是 Word 文件，{out} 请改为以 .docx 结尾的文件名，或者写文件夹，如 批注稿/。")
            self._target(path, drafts)
        elif path.exists() and not path.is_dir():
            raise UsageError(f"--annotate 写的是文件夹，而 {out.rstrip('/' + os.sep)} 是文件，请换一个名称。")
        elif not path.parent.is_dir():
            raise UsageError(f"无法写入 {out}（文件夹不存在），请换一个位置。")

    def write(self, outcomes: Sequence[Outcome], verbose: bool = False) -> int:
        """Write the copies of all drafts that were reviewed, together; returns 2 if one could not be made, else 0."""
        code = 0
        made: list[tuple[Outcome, Path, Annotated]] = []
        for outcome in outcomes:
            try:
                copy = self._annotate(outcome)
            except DocumentError as error:
                complain(f"{outcome.path}：{error}")
                code = 2
            else:
                made += [(outcome, *copy)] if copy else []
        sources = [*self._drafts, *(str(source) for _, source, _ in made)]
        files = [(self._target(self._path(source, copy), sources), copy.data) for _, source, copy in made]
        for index, (file, _) in enumerate(files):
            if any(file.same(other) for other, _ in files[:index]):
                raise UsageError(f"有两份送审稿同名，批注稿都要写入 {file.shown}，请分别审查。")
        write_together(files)
        tell_written([file for file, _ in files], verbose)
        for (outcome, _, made_copy), (file, _) in zip(made, files, strict=True):
            for note in made_copy.notes:
                warn(f"{outcome.path}：{note}")
            if outcome.report and not outcome.report.findings:
                warn(f"{outcome.path}：没有要批注的问题，{file.shown} 与送审稿相同。")
        return code

    def _annotate(self, outcome: Outcome) -> tuple[Path, Annotated] | None:
        """The draft's own path and its copy; None where the review has failed."""
        if outcome.report is None:
            return None
        from ..document.convert import SUFFIXES, convert
        from ..document.source import load
        from ..reports.annotate import annotate

        source = _draft(Path(outcome.path), outcome.report.draft_digest)
        converted = self._convert and source.suffix.lower() in SUFFIXES
        return source, annotate(outcome.report, convert(source) if converted else load(source)[0])

    def _path(self, source: Path, copy: Annotated) -> Path:
        path = Path(self._out)
        if self._folder:
            try:
                path.mkdir(exist_ok=True)
            except OSError as error:
                raise UsageError(f"无法写入 {self._out}（{reason(error)}），请换一个位置。") from None
            return path / (source.stem + copy.suffix)
        if path.suffix.lower() != copy.suffix:
            raise UsageError(
                f"{source.name} 的内部格式是 {copy.suffix}，批注稿的文件名也要以 {copy.suffix} 结尾，Word 才打得开。"
            )
        return path

    def _target(self, path: Path, inputs: Sequence[str]) -> OutputFile:
        target = OutputFile(str(path), inputs)
        if any(each.target and each.target.same(target) for each in self._deliveries):
            raise UsageError(f"批注稿和另一种输出要写入同一个文件 {path}，请分别写明不同的文件。")
        return target


def _draft(path: Path, digest: str) -> Path:
    """The file that was reviewed: `path`, or within that folder the one with this SHA-256."""
    if not path.is_dir():
        return path
    import hashlib

    for file in sorted(path.rglob("*")):
        readable = file.suffix.lower() in _SUFFIXES and file.is_file()
        if readable and hashlib.sha256(file.read_bytes()).hexdigest() == digest:
            return file
    raise DocumentError("文件夹中的送审稿在审查以后有改动，请重新审查后再生成批注稿。")
