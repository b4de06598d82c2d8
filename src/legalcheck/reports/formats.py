"""The formats of a review's report: one table, from which a format is found by name or by a file's suffix.

Every format is a module of this package with ``render(outcomes) -> str`` (bytes where `binary`), imported when it is
asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from .outcome import Outcome


class Format(Struct, frozen=True):
    """One format: its name on the command line, what it is for (in Chinese), and the suffixes of its files.

    `screen` formats are laid out for the terminal they are shown on: their `render` takes `columns` and `color` too.
    """

    name: str
    summary: str
    suffixes: tuple[str, ...]
    binary: bool = False
    screen: bool = False

    def render(self, outcomes: Sequence[Outcome], **page: Any) -> str | bytes:
        """The report on `outcomes` in this format."""
        rendered: str | bytes = import_module(f"{__package__}.{self.name}").render(outcomes, **page)
        return rendered


FORMATS = {
    form.name: form
    for form in (
        Format("text", "给人看（默认）", (".txt",), screen=True),
        Format("html", "网页，送审稿和问题对照着看", (".html", ".htm")),
        Format("markdown", "贴到工单、合并请求", (".md", ".markdown")),
        Format("xlsx", "Excel 统计和明细", (".xlsx",), binary=True),
        Format("csv", "逐条明细表", (".csv",)),
        Format("json", "给系统用的完整数据", (".json",)),
        Format("sarif", "给代码托管平台", (".sarif", ".sarif.json")),
        Format("junit", "给持续集成", (".xml",)),
    )
}
DEFAULT = FORMATS["text"]


def by_suffix(file_name: str) -> Format | None:
    """The format whose files end as this one does; None where no format's do."""
    lower = file_name.lower()
    matching = [(len(suffix), form) for form in FORMATS.values() for suffix in form.suffixes if lower.endswith(suffix)]
    return max(matching, key=lambda pair: pair[0])[1] if matching else None
