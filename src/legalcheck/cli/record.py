"""``legalcheck record``: what the ledger holds, and the steps that a draft takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .chinese import Command, Group
from .desk import by_option, digest_of, evidence, registry, shared
from .output import OutputFile, print_data, print_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..record.registry import Registry, Submission


@click.group("record", cls=Group, short_help="登记送审、受理等步骤，查看和核验台账")
def command() -> None:
    """登记送审稿的各个步骤，查看、核验、导出台账。"""


@command.command("step", cls=Command, short_help="登记一个步骤：送审、受理、退回补正……")
@click.argument("draft", metavar="送审稿")
@click.argument("name", metavar="步骤")
@by_option
@click.option("--note", metavar="文字", default="", help="说明：理由、意见、会议名称等，有的步骤必须写。")
@click.option(
    "--evidence", "items", metavar="文件", multiple=True, help="材料：文件、“名称=文件”或者材料文件夹，可以重复。"
)
@click.option("--continues", metavar="旧稿", default="", help="补正后重新送审时，被替换的原送审稿。")
@click.option("--days", type=int, default=0, metavar="天数", help="延期几个工作日。")
@shared
def step(
    draft: str,
    name: str,
    by: str,
    note: str,
    items: tuple[str, ...],
    continues: str,
    days: int,
    ledger: str,
    config_path: str | None,
) -> int:
    """登记送审稿的一个步骤。

    步骤是：送审、形式审查、退回补正、受理、征询论证、征询回复、顾问意见、延期、紧急、修改、审议通过、审议后修改、
    审议不通过、签发、登记、公布、备案、施行、评估、继续有效、废止、失效、撤回。
    审查、处理问题和出具意见用 review、clear、opinion 命令。
    """
    from datetime import date
    from pathlib import Path

    from ..errors import UsageError
    from ..record.registry import Submission
    from ..record.roster import Roster
    from ..record.steps import STEPS
    from ..reports.history import state_line
    from .options import load_config

    if draft in STEPS:
        raise UsageError(f"送审稿写在前面，步骤写在后面：legalcheck record step {name} {draft} --by 姓名。")
    digest = digest_of(draft)
    target: str | Submission = digest
    handed = evidence(items)
    if name == "送审":
        from ..document import read
        from ..review.package import read_package

        path = Path(draft)
        if path.is_dir():
            handed += evidence((draft,))
            path = path / read_package(path).draft
        if path.is_file():
            read_draft = read(path)
            target = Submission(digest, read_draft.metadata.title or path.name)
    previous = digest_of(continues) if continues else ""
    if name == "送审":
        # Before the first ledger is made: what is refused leaves nothing behind.
        Roster(load_config(config_path, draft).people).entitled(by, date.today(), STEPS[name].roles)
    with registry(draft, ledger, config_path, create=name == "送审") as office:
        if isinstance(target, Submission) and not previous and not note:
            _must_be_new(target, office)
        if name.startswith("审议"):
            _must_be_open(draft, office)
        case = office.step(name, target, by, note=note, evidence=handed, continues=previous, days=days)
        print_text(f"已登记：{name}。\n{state_line(case, office.today)}\n")
    return 0


def _must_be_new(submission: Submission, office: Registry) -> None:
    """Refuse a further draft of the same title: most often it is a revised one, which must not begin anew."""
    from ..errors import LedgerError
    from ..record.status import overview

    if office.ledger.case_of(submission.draft):
        return
    for row in overview(office.ledger, office.today, limit=None).rows:
        if row.title == submission.title:
            raise LedgerError(
                f"台账中已有同名的送审稿（编号 {row.case[:8]}，{row.state.label}）；是它的修改稿的，请用 "
                "legalcheck review 新稿 --continues 旧稿 登记，退回补正后重新送审的，请写明 --continues 旧稿；"
                "确实是另一份的，用 --note 说明。"
            )


def _must_be_open(draft: str, office: object) -> None:
    from ..errors import LedgerError
    from ..record.gate import gate
    from ..record.registry import Registry

    assert isinstance(office, Registry)
    decision = gate(draft, ledger=office.ledger, config=office.config)
    if not decision.open:
        raise LedgerError(f"这份送审稿不得提请审议：{decision.reasons[0]}运行 legalcheck gate 可以查看全部原因。")


@command.command("show", cls=Command, short_help="一份送审稿的经过：步骤、问题、处理、意见")
@click.argument("draft", metavar="送审稿")
@shared
def show(draft: str, ledger: str, config_path: str | None) -> int:
    """按时间列出一份送审稿的全部记录，再列出各个问题现在怎样。送审稿是文件，或者台账中的编号。"""
    from ..errors import LedgerError
    from ..record.registry import events_of
    from ..reports.history import history

    with registry(draft, ledger, config_path) as office:
        events = events_of(office.ledger, digest_of(draft))
        if not events:
            raise LedgerError("台账中没有这份送审稿；内容改动过的，请用 legalcheck review 新稿 --continues 旧稿 登记。")
        print_text(history(events, office.today))
    return 0


@command.command("diff", cls=Command, short_help="两个版本逐条有哪些改动")
@click.argument("old", metavar="旧稿")
@click.argument("new", metavar="新稿")
def diff(old: str, new: str) -> int:
    """逐条列出新旧两稿之间的改动；退出码 0 没有改动，1 有。"""
    from ..document import read
    from ..record.changes import diff as compare
    from ..reports.history import changes

    found = compare(read(old), read(new))
    print_text(changes(found))
    return 1 if found else 0


@command.command("verify", cls=Command, short_help="核验台账有没有被改动")
@click.option(
    "--head", metavar="摘要", default="", help="以前核验时记下的末条摘要：据此发现台账被截去末尾或者整个重写。"
)
@shared
def verify(head: str, ledger: str, config_path: str | None) -> int:
    """重新计算全部记录的摘要和前后衔接；退出码 0 完好，1 被改动，2 无法核验。"""
    from ..record.verify import verify as check

    with registry("", ledger, config_path) as office:
        result = check(office.ledger, head.strip().lower())
        lines = [
            f"台账 {office.ledger.place}（编号 {result.ledger_id}）：{result.count} 条记录，末条摘要 {result.head}"
        ]
        lines += result.problems or ["完好：每条记录的内容、顺序和衔接都与摘要相符。"]
        print_text("".join(f"{line}\n" for line in lines))
    return 1 if result.problems else 0


@command.command("export", cls=Command, short_help="导出全部记录，每行一条 JSON")
@click.option("-o", "--output", metavar="文件", help="写入文件而不是屏幕。")
@shared
def export(output: str | None, ledger: str, config_path: str | None) -> int:
    """导出台账，可以备份，也可以在另一处用 record import 重建。"""
    from ..record.exchange import export as lines

    target = OutputFile(output) if output else None
    with registry("", ledger, config_path) as office:
        text = "".join(lines(office.ledger))
    if target:
        target.write(text)
    else:
        print_data(text)
    return 0


@command.command("import", cls=Command, short_help="由导出的文件重建台账")
@click.argument("file", metavar="文件", type=click.Path(exists=False))
@shared
def restore(file: str, ledger: str, config_path: str | None) -> int:
    """由 record export 的文件建立一个新的台账；摘要链不完好的不导入。"""
    from ..errors import UsageError, reason
    from ..record.exchange import restore as fill
    from ..record.ledger import locate
    from .options import load_config

    place = locate(ledger, load_config(config_path).record.ledger)
    try:
        with open(file, encoding="utf-8") as lines:  # noqa: PTH123
            count = fill(place, _decoded(lines, file))
    except OSError as error:
        raise UsageError(f"无法读取 {file}（{reason(error)}），请核对路径。") from None
    print_text(f"已导入 {count} 条记录，摘要链完好。\n")
    return 0


def _decoded(lines: Iterable[str], file: str) -> Iterator[str]:
    """The lines of a file; what is no text is told of the file and not of the ledger being filled."""
    from ..errors import LedgerError

    try:
        yield from lines
    except UnicodeDecodeError:
        raise LedgerError(f"{file} 不是 UTF-8 编码的文字，不是导出的台账，没有导入任何记录。") from None
