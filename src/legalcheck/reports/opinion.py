"""The opinion of the legality review (合法性审核意见书) as a Word document, from the record alone.

Its sections are those of review-process.md section 7.1, which no national rule fixes; the layout is GB/T 9704—2012.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..rules.finding import Severity
from .gongwen import Gongwen
from .words import SCOPE, SEVERITY

if TYPE_CHECKING:
    from ..corpora.profile import Profile
    from ..record.case import Case, Item, Note

_ORDINALS = "一二三四五六七八九十"
_ADVICE_WORD = {
    "合法": "经审核，送审稿内容合法，可以按程序提请集体审议。",
    "应当予以修改": "经审核，送审稿存在上述问题，应当予以修改；修改后报我单位复核，未经复核不得提请集体审议。",
    "不合法": "经审核，送审稿不合法，不得提请集体审议，建议不制定该文件。",
    "不属于审核范围": "经审核，送审稿不属于行政规范性文件合法性审核范围，按照一般公文办理。",
}


def render(case: Case, *, profile: Profile, ledger_id: str, today: date) -> bytes:
    """The opinion on the newest version of a draft: signed where the record holds a signed one, else marked 底稿."""
    from ..record.case import Disposal
    from ..record.opinion import conclusion, heads

    review = case.review
    signed = case.opinion if case.opinion and case.opinion.draft == case.versions[-1] else None
    stated = signed.conclusion if signed else conclusion(case).value
    title = f"关于《{_named(case.title)}》的合法性审核意见"
    day = datetime.fromisoformat(signed.at).astimezone() if signed else datetime.combine(today, datetime.min.time())
    page = Gongwen(title, day.date())
    if not signed:
        page.number("（底稿，未经签署，不得作为审核意见使用）")
    elif signed.number:
        page.number(signed.number)
    page.title(title)
    page.addressee(f"{case.unit}：")
    page.paragraph(_received(case))

    sections = iter(_ORDINALS)
    page.heading(f"{next(sections)}、审核的文本和材料")
    assert review is not None
    version = f"第 {len(case.versions)} 稿，" if len(case.versions) > 1 else ""
    page.paragraph(
        f"送审稿文件：{review.name}，{version}SHA-256 摘要为 {review.draft}。本意见只对该文本有效。", ragged=True
    )
    page.paragraph(f"随文材料：{_materials(case.notes) or '无'}。")

    page.heading(f"{next(sections)}、审核依据")
    page.paragraph(
        "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）、《国务院办公厅关于全面推行"
        "行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）以及本意见所列各项依据，"
        f"以 {_day(review.as_of)}有效的为准。"
    )

    page.heading(f"{next(sections)}、审核情况")
    page.paragraph(
        f"审核范围：{SCOPE_WORDS[review.scope]}。"
        + "；".join(reason.rstrip("。；") for reason in review.scope_reasons)
        + "。"
    )
    for head in heads(case):
        found = f"有 {len(head.items)} 处问题（{_numbers(case, head.items)}）" if head.items else "未发现问题"
        page.paragraph(f"{found}。", lead=f"{head.title}：", ragged=True)

    listed = [item for item in _standing(case) if item.finding.severity is not Severity.MINOR]
    page.heading(f"{next(sections)}、存在的问题和修改建议")
    if not listed:
        page.paragraph("没有需要修改的问题。")
    for number, item in enumerate(listed, start=1):
        _item(page, number, item)

    minor = [item for item in _standing(case) if item.finding.severity is Severity.MINOR]
    if minor:
        page.heading(f"{next(sections)}、文字和技术建议（供参考）")
        for number, item in enumerate(minor, start=len(listed) + 1):
            _item(page, number, item)

    disposed = [item for item in case.items.values() if item.clearance]
    if disposed:
        page.heading(f"{next(sections)}、问题的处理情况")
        page.table(
            [("条款", "问题", "处理", "理由和依据", "办理人"), *(_disposed(item) for item in disposed)],
            (24, 32, 20, 58, 22),
        )
    fixed = [item.finding for item in case.items.values() if item.disposal is Disposal.FIXED]
    if fixed:
        page.heading(f"{next(sections)}、复核情况")
        places = "；".join(f"{finding.location}（{finding.title}）" for finding in fixed)
        page.paragraph(f"前次审核提出的下列 {len(fixed)} 处问题，经复核已经修改：{places}。")
    counsel = [note for note in case.notes if note.step == "顾问意见"]
    if counsel:
        page.heading(f"{next(sections)}、法律顾问的意见")
        for note in counsel:
            page.paragraph(f"{note.by}（{note.unit}）：{note.text}")

    page.heading(f"{next(sections)}、审核结论")
    page.paragraph(_ADVICE_WORD[stated], lead=f"{stated}。")
    if signed and signed.reason:
        page.paragraph(signed.reason)

    page.heading(f"{next(sections)}、其他事项")
    asked = (
        "起草单位应当根据本意见修改；特殊情况下未完全采纳的，应当在提请集体审议时详细说明理由和依据。" if listed else ""
    )
    page.paragraph(f"{asked}修改后内容有实质性变化的，应当重新送审。本意见仅供制定机关内部审议使用。")
    reviewers = list(dict.fromkeys(done.by for done in case.reviews))
    page.paragraph(f"审核人员：{'、'.join(reviewers)}。审核负责人：{signed.by if signed else '（待签署）'}。")
    page.paragraph(
        f"台账编号 {ledger_id}，送审稿编号 {case.id[:12]}"
        + (f"，意见记录 {signed.event[:16]}" if signed else "")
        + "。",
        ragged=True,
    )
    page.signature(signed.unit if signed else "（待签署）", day.date())
    if listed:
        page.attachment("附件", "意见采纳情况反馈表")
        page.table(
            [
                ("序号", "条款", "修改建议", "采纳情况", "未采纳的理由和依据"),
                *(
                    (str(number), item.finding.location, item.finding.advice, "", "")
                    for number, item in enumerate(listed, start=1)
                ),
            ],
            (12, 28, 62, 20, 34),
        )
    return page.save()


def _named(title: str) -> str:
    """The draft as the opinion calls it: with what stage it is at, which many titles say themselves."""
    title = title.strip("《》")
    return title if title.endswith(("稿）", "稿)")) else f"{title}（送审稿）"


def _received(case: Case) -> str:
    submitted, accepted = case.note("送审"), case.note("受理")
    words = "你单位"
    if submitted:
        words += f"于{_day(_local(submitted))}"
    words += "报送的送审稿"
    if accepted:
        words += f"，我单位于{_day(_local(accepted))}受理"
    return f"{words}。现提出合法性审核意见如下。"


def _standing(case: Case) -> list[Item]:
    return case.standing(*Severity)


def _numbers(case: Case, items: Iterable[Item]) -> str:
    order = [item for item in _standing(case) if item.finding.severity is not Severity.MINOR]
    order += [item for item in _standing(case) if item.finding.severity is Severity.MINOR]
    return "、".join(str(order.index(item) + 1) for item in items)


def _item(page: Gongwen, number: int, item: Item) -> None:
    finding = item.finding
    page.heading(f"{number}．{finding.location}：{finding.title}（{SEVERITY[finding.severity]}）", level=2)
    if finding.quote:
        page.paragraph(f"“{finding.quote}”", lead="原文：")
    page.paragraph(f"{finding.message.rstrip('。')}。", lead="问题：")
    if finding.ground:
        page.paragraph(f"{'；'.join(finding.ground)}。", lead="依据：")
    page.paragraph(finding.advice, lead="建议：")


def _disposed(item: Item) -> tuple[str, ...]:
    finding, clearance = item.finding, item.clearance
    assert clearance is not None
    basis = f"依据：{'、'.join(clearance.basis)}" if clearance.basis else ""
    said = clearance.reason.rstrip("。") + "。" + basis
    return (finding.location, f"{finding.rule} {finding.title}", item.disposal.label, said, clearance.by)


def _materials(notes: Iterable[Note]) -> str:
    found: dict[str, str] = {}
    for note in notes:
        for name, file, _ in note.evidence:
            found.setdefault(name, file)
    return "；".join(f"{name}（{file}）" if file else name for name, file in found.items())


def _local(note: Note) -> date:
    return datetime.fromisoformat(note.at).astimezone().date()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


SCOPE_WORDS = {verdict.value: words for verdict, words in SCOPE.items()}
