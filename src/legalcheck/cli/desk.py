"""What the commands on the record share: the ledger they open, and the draft they speak of."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError, reason
from .options import load_config

if TYPE_CHECKING:
    from ..record.registry import Registry

ledger_option = click.option(
    "--ledger",
    metavar="位置",
    default="",
    help="台账：SQLite 文件或者 postgresql:// 地址；默认见配置文件。",
)
by_option = click.option("--by", metavar="姓名", required=True, help="办理人，须在人员名册（legalcheck.toml）中。")
_SHORTEST_CASE = 8


def shared(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options --ledger and --config."""
    from .options import config

    return ledger_option(config(function))


@contextmanager
def registry(draft: str, ledger: str, config_path: str | None, *, create: bool = False) -> Iterator[Registry]:
    """The registry for a draft: the nearest configuration, its roster, profile and ledger."""
    from ..corpora.profile import load_profile, national
    from ..record.ledger import Ledger, locate
    from ..record.registry import Registry

    config = load_config(config_path, draft)
    profile = load_profile(config.corpora.profile) if config.corpora.profile else national()
    with Ledger(locate(ledger, config.record.ledger), create=create) as opened:
        if config.record.ledger_id and opened.id != config.record.ledger_id:
            raise UsageError(f"台账 {opened.place} 的编号是 {opened.id}，不是配置所指定的 {config.record.ledger_id}。")
        yield Registry(opened, config, date.today(), profile)


def digest_of(draft: str) -> str:
    """The SHA-256 that names a draft: of the file, of the draft in a folder of materials, or as written (8 or more of
    its first characters)."""
    import hashlib

    path = Path(draft)
    if path.is_dir():
        from ..review.package import read_package

        path = path / read_package(path).draft
    if path.is_file():
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise UsageError(f"无法读取 {draft}（{reason(error)}），请检查权限。") from None
    word = draft.lower()
    if _SHORTEST_CASE <= len(word) <= 64 and all(char in "0123456789abcdef" for char in word):
        return word
    from ..document.source import near

    raise UsageError(
        f"找不到送审稿 {draft}，{near(path)}请核对路径；也可以写台账中的编号（至少 {_SHORTEST_CASE} 位）。"
    )


def evidence(items: tuple[str, ...]) -> list[Any]:
    """--evidence: a file (its material is told from its name), NAME=FILE, NAME=TEXT, or a folder of materials."""
    found: list[Any] = []
    for item in items:
        name, named, file = item.partition("=")
        if not named:
            name, file = "", item
        found += _evidence(name, file)
    return found


def _evidence(name: str, file: str) -> Iterator[Any]:
    import hashlib

    from ..document.package import recognise
    from ..record.registry import Evidence

    path = Path(file)
    if path.is_dir():
        from ..review.package import read_package

        package = read_package(path)
        for entry in package.files:
            data = (path / entry.name).read_bytes()
            for material in sorted(entry.materials):
                yield Evidence(material.value, entry.name, hashlib.sha256(data).hexdigest())
            for material in sorted(entry.mentions - entry.materials):
                yield Evidence(material.value, f"{entry.name}（文中说明）", hashlib.sha256(data).hexdigest())
        return
    if not path.is_file():
        if not name:
            raise UsageError(f"找不到材料 {file}，请核对路径，或者写作“名称=文件”。")
        yield Evidence(name, file, "")
        return
    kinds = [name] if name else sorted(material.value for material in recognise(path.name))
    if not kinds:
        raise UsageError(f"看不出 {file} 是哪一种材料，请写作“名称={file}”，如“起草说明={file}”。")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    for kind in kinds:
        yield Evidence(kind, os.path.basename(file), digest)  # noqa: PTH119
