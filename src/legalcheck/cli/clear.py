"""``legalcheck clear``: dispose of findings, one by one or from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .chinese import Choice, Command
from .desk import digest_of, registry, shared
from .output import OutputFile, print_text

if TYPE_CHECKING:
    from ..record.registry import Decision

DISPOSALS = ("lawful", "mistaken", "not_adopted")


@click.command(
    "clear",
    cls=Command,
    short_help="处理问题：依据充分、误报、未采纳；或者撤销处理",
    epilog="处理由审核人员办理，未采纳由起草单位办理；"
    "是否已修改只由复审认定（legalcheck review 新稿 --continues 旧稿）。",
)
@click.argument("draft", metavar="DRAFT")
@click.argument("references", nargs=-1, metavar="[FINDING]...")
@click.option(
    "--as",
    "disposal",
    type=Choice(DISPOSALS),
    help="lawful 依据充分（写明 --basis），mistaken 误报，not_adopted 起草单位不采纳。",
)
@click.option("--by", metavar="NAME", default="", help="办理人，须在人员名册（legalcheck.toml）中。")
@click.option("--reason", metavar="TEXT", default="", help="理由。")
@click.option("--basis", metavar="TEXT", multiple=True, help="依据，如“《城乡规划法》第四十条”，可以重复；须现行有效。")
@click.option("--from", "table", metavar="FILE", help="按填好的表格（CSV）一次处理多项，要么全部记入，要么一项也不记。")
@click.option("--template", metavar="FILE", help="写出待处理问题的表格，填好后用 --from 读入。")
@click.option("--undo", is_flag=True, help="撤销处理；原来的处理仍留在台账中。")
@shared
def command(
    draft: str,
    references: tuple[str, ...],
    disposal: str | None,
    by: str,
    reason: str,
    basis: tuple[str, ...],
    table: str | None,
    template: str | None,
    undo: bool,
    ledger: str,
    config_path: str | None,
) -> int:
    """处理一份送审稿的问题。FINDING 是问题编号的前几位（legalcheck record show 可以查看）。"""
    from ..record.case import Disposal
    from ..record.registry import Decision
    from ..reports.history import item_lines

    chosen = [bool(table), bool(template), undo, disposal is not None]
    if sum(chosen) != 1:
        raise UsageError("请写明怎样处理：--as、--from、--template、--undo 用其中一个。")
    digest = digest_of(draft)
    if template:
        return _template(draft, digest, template, ledger, config_path)
    if not by:
        raise UsageError("请用 --by 写明办理人。")
    if table:
        from ..reports.decisions import read

        if references or reason or basis:
            raise UsageError("用 --from 时，问题、理由和依据都写在表格中，不要再写在命令行上。")
        decisions: list[Decision] = read(table)
    elif not references:
        raise UsageError("请写明问题的编号，运行 legalcheck record show 可以查看。")
    with registry(draft, ledger, config_path) as office:
        if undo:
            items = office.undo(digest, references, by, reason)
        else:
            if not table:
                decisions = [Decision(one, Disposal(str(disposal)), reason, basis) for one in references]
            items = office.clear(digest, decisions, by)
        done = "撤销" if undo else "处理"
        print_text(f"已{done} {len(items)} 个问题：\n" + "".join(f"{line}\n" for line in item_lines(items)))
    return 0


def _template(draft: str, digest: str, template: str, ledger: str, config_path: str | None) -> int:
    from ..errors import LedgerError
    from ..reports.decisions import write

    target = OutputFile(template, [draft])
    with registry(draft, ledger, config_path) as office:
        known = office.ledger.case_of(digest)
        if known is None:
            raise LedgerError("台账中没有这份送审稿，请先送审、受理、审查。")
        case = office.ledger.case(known)
    text, count = write(case)
    target.write(text)
    print_text(f"已写出 {count} 个待处理的问题：{template}\n")
    return 0
