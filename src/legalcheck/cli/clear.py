"""``legalcheck clear``: dispose of findings, one by one or from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from .chinese import Choice, Command
from .desk import digest_of, registry, shared
from .output import OutputFile, print_text, warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..record.case import Item
    from ..record.registry import Decision

# as people say it, and as the record and scripts have it
DISPOSALS = {"依据充分": "lawful", "误报": "mistaken", "未采纳": "not_adopted"}


@click.command(
    "clear",
    cls=Command,
    short_help="处理问题：依据充分、误报、未采纳；或者撤销处理",
    epilog="处理由审核人员办理，未采纳由起草单位办理；"
    "是否已修改只由复审认定（legalcheck review 新稿 --continues 旧稿）。",
)
@click.argument("draft", metavar="送审稿")
@click.argument("references", nargs=-1, metavar="[问题编号]...")
@click.option(
    "--as",
    "disposal",
    type=Choice([*DISPOSALS, *DISPOSALS.values()]),
    metavar="怎样",
    help="依据充分（lawful，须写明 --basis）、误报（mistaken）、未采纳（not_adopted，由起草单位办理）。",
)
@click.option("--by", metavar="姓名", default="", help="办理人，须在人员名册（legalcheck.toml）中。")
@click.option("--reason", metavar="文字", default="", help="理由。")
@click.option("--basis", metavar="文字", multiple=True, help="依据，如“《城乡规划法》第四十条”，可以重复；须现行有效。")
@click.option("--from", "table", metavar="文件", help="按填好的表格（CSV）一次处理多项，要么全部记入，要么一项也不记。")
@click.option("--template", metavar="文件", help="写出待处理问题的表格，填好后用 --from 读入。")
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
    """处理一份送审稿的问题。问题编号由 legalcheck record show 列出，可以只写前几位。"""
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
                chosen_as = Disposal(DISPOSALS.get(str(disposal), str(disposal)))
                decisions = [Decision(one, chosen_as, reason, basis) for one in references]
            items = office.clear(digest, decisions, by)
        done = "撤销" if undo else "处理"
        print_text(f"已{done} {len(items)} 个问题：\n" + "".join(f"{line}\n" for line in item_lines(items)))
        for remark in _remarks(items):
            warn(remark)
    return 0


def _remarks(items: Sequence[Item]) -> Iterator[str]:
    """What still keeps the gate shut, told while those who can change it are at hand."""
    from ..record.case import Disposal
    from ..rules.finding import Severity

    kept = [item for item in items if item.disposal is Disposal.NOT_ADOPTED]
    blocking = [item for item in kept if item.finding.severity is Severity.BLOCKING]
    baseless = [
        item for item in kept if item.finding.severity is Severity.MAJOR and item.clearance and not item.clearance.basis
    ]
    if blocking:
        yield f"必须改正的问题（{_numbers(blocking)}）不能以未采纳过关，不改正就不得提请审议。"
    if baseless:
        yield f"未采纳的问题（{_numbers(baseless)}）没有写明依据，不得提请审议；请撤销后用 --basis 写明依据重新处理。"


def _numbers(items: Sequence[Item]) -> str:
    return "、".join(item.finding.fingerprint[:8] for item in items)


def _template(draft: str, digest: str, template: str, ledger: str, config_path: str | None) -> int:
    from ..errors import LedgerError
    from ..reports.decisions import write

    if not template.lower().endswith(".csv"):
        raise UsageError(f"表格是 CSV 格式，{template} 请改为以 .csv 结尾的文件名；Excel、WPS 可以直接打开。")
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
