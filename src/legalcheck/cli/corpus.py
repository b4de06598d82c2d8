"""``legalcheck corpus``: how old the statute catalogue is, what it knows, and statutes of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .chinese import Group, parse_date
from .options import config as config_option
from .options import load_config
from .output import print_text

if TYPE_CHECKING:
    from ..corpora.statutes import Catalogue

as_of_option = click.option(
    "--as-of", metavar="日期", callback=parse_date, help="截至哪一天，如 2026-11-23；默认为今天。"
)


@click.group("corpus", cls=Group, short_help="查看法规目录，导入本单位的法规文本")
def command() -> None:
    """查看法规目录的时效和内容，导入本单位的法规文本。"""


@command.command("status", short_help="法规目录有多新、收录多少")
@as_of_option
@config_option
def status(as_of: date | None, config_path: str | None) -> int:
    """显示法规目录的数据截至何时、收录多少；数据超过一年时提示。"""
    from ..corpora.statutes import report
    from ..reports import corpus

    print_text(corpus.status(report.status(as_of or date.today(), _catalogue(config_path))))
    return 0


@command.command("show", short_help="一部法规的历史和现状")
@click.argument("title", metavar="法规名称")
@as_of_option
@config_option
def show(title: str, as_of: date | None, config_path: str | None) -> int:
    """显示一部法规在某一天的效力、条数和沿革；法规名称可以是全称、简称或者文号，可以带书名号。"""
    from ..corpora.statutes import report
    from ..reports import corpus

    found = report.show(title.strip("《》〈〉 "), as_of or date.today(), _catalogue(config_path))
    if found is None:
        raise UsageError(f"法规目录中没有“{title}”，请核对名称；目录未收录不等于不存在。")
    print_text(corpus.history(found))
    return 0


@command.command("import", short_help="把一个文件夹的法规全文导入本地目录")
@click.argument("folder", metavar="文件夹")
@click.option("-o", "--output", default="own-statutes.jsonl", show_default=True, metavar="文件", help="本地目录文件。")
def import_folder(folder: str, output: str) -> int:
    """读取文件夹中的法规全文（.docx、.txt、.md），把名称、日期、条数等事实写入本地目录；不保存条文原文。"""
    from ..citations.local import import_texts
    from ..reports import corpus

    result = import_texts(Path(folder), Path(output), date.today())
    print_text(corpus.imported(result))
    return 1 if result.unreadable else 0


@command.command("check", short_help="检验法规目录文件是否完好")
@click.argument("files", nargs=-1, metavar="[文件...]")
def check(files: tuple[str, ...]) -> int:
    """检验自带的全部目录；写明本地目录文件的，一并检验。"""
    from ..corpora.statutes import catalogue, report
    from ..reports import corpus

    _load_tables()
    paths = tuple(Path(name) for name in files)
    for path in paths:
        if not path.is_file():
            raise UsageError(f"找不到法规目录文件 {path}，请检查路径。")
    found = report.check(catalogue(*paths))
    print_text(corpus.problems(found, paths))
    return 1 if found else 0


def _load_tables() -> None:
    """Read every other corpus once: one that cannot be used raises `CorpusError` with its file."""
    from ..corpora import approvals, certificates, moved_articles, powers, profile, statutory_periods

    certificates.certificates()
    approvals.approvals()
    moved_articles.moved_articles("")
    statutory_periods.statutory_periods()
    powers.powers()
    profile.national()


def _catalogue(config_path: str | None) -> Catalogue:
    from ..corpora.statutes import catalogue

    return catalogue(*load_config(config_path).corpora.statutes)
