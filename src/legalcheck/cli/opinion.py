"""``legalcheck opinion``: the signed opinion as a Word document."""

from __future__ import annotations

import click

from .chinese import Choice, Command
from .desk import digest_of, registry, shared
from .output import OutputFile, print_text

CONCLUSIONS = ("合法", "应当予以修改", "不合法", "不属于审核范围")


@click.command("opinion", cls=Command, short_help="签署并写出合法性审核意见书（.docx）")
@click.argument("draft", metavar="送审稿")
@click.option("-o", "--output", metavar="文件", required=True, help="意见书文件（.docx）。")
@click.option("--by", metavar="姓名", default="", help="签署的审核负责人；不写时只出未签署的底稿，不记入台账。")
@click.option("--number", metavar="文字", default="", help="意见书的文号，如“青司审〔2026〕5号”。")
@click.option(
    "--conclusion", type=Choice(CONCLUSIONS), help="结论；不写时由台账得出，只能改得更重（用 --reason 说明）。"
)
@click.option("--reason", metavar="文字", default="", help="结论的说明，写入意见书。")
@shared
def command(
    draft: str,
    output: str,
    by: str,
    number: str,
    conclusion: str | None,
    reason: str,
    ledger: str,
    config_path: str | None,
) -> int:
    """按台账写出合法性审核意见书。

    结论由台账得出：必须改正的问题都已处理、应当修改的都已处理或者未采纳而有依据，为合法；否则应当予以修改；
    没有制定权限的，不合法。写明 --by 时即为签署，记入台账；意见已经签署的，不写 --by 可以再次打印。
    """
    from ..errors import LedgerError, UsageError
    from ..reports.opinion import render

    if not output.lower().endswith(".docx"):
        raise UsageError(f"意见书是 Word 文件，{output} 请改为以 .docx 结尾的文件名；没有签署，没有记入台账。")
    target = OutputFile(output, [draft])
    digest = digest_of(draft)
    with registry(draft, ledger, config_path) as office:
        known = office.ledger.case_of(digest)
        if known is None:
            raise LedgerError("台账中没有这份送审稿，请先送审、受理、审查。")
        if by:
            case = office.sign(digest, by, number=number, asked=conclusion, reason=reason)
        else:
            case = office.ledger.case(known)
        target.write(render(case, profile=office.profile, ledger_id=office.ledger.id, today=office.today))
    signed = case.opinion is not None and case.opinion.draft == case.versions[-1]
    stated = case.opinion.conclusion if signed and case.opinion else "（底稿，未签署）"
    print_text(f"已写出意见书：{output}\n结论：{stated}\n")
    return 0
