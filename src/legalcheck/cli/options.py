"""Options that several commands share."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..config import Config

# Spelled out, so that --help need not load the modules that define them; a test holds them together.
LEVELS = ("normative", "dept_rule", "local_rule", "local_regulation", "admin_regulation", "law")
THRESHOLDS = ("blocking", "major", "minor", "never")

config = click.option(
    "--config", "config_path", metavar="文件", help="配置文件；不写时从送审稿和当前文件夹逐级向上找 legalcheck.toml。"
)
packs = click.option(
    "--pack", "packs", metavar="名称", multiple=True, help="只用这个规则包，可以重复；不写时用全部规则包。"
)


def load_config(path: str | None, beside: str = "") -> Config:
    """The configuration named by --config, else the nearest one above `beside` or the working folder."""
    from .. import config as configuration

    found = Path(path) if path else configuration.find(Path(beside))
    return _load(found) if found else configuration.Config()


@cache
def _load(path: Path) -> Config:
    from ..config import load

    return load(path)
