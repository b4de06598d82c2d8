"""The record of one draft, as a reader follows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from .width import fold, visible
from .words import SEVERITY

if TYPE_CHECKING:
    from ..record.case import Case, Item
    from ..record.changes import Change, Outcome
    from ..record.events import Event

COLUMNS = 80


def history(events: Sequence[Event], today: date) -> str:
    """All events of a case in order, then its findings and where it stands."""
    from ..record.case import fold as add_up

    case = add_up(events)
    lines = [visible(case.title), f"  编号 {case.id[:12]}　起草单位 {visible(case.unit)}", ""]
    names = {finding.fingerprint: finding.rule for review in case.reviews for finding in review.findings}
    for event in events:
        when = event.moment.astimezone().strftime("%Y-%m-%d %H:%M")
        said = _said(event.kind, event.data, names, event.draft)
        who = f"{visible(event.by)}（{visible(event.data['role'])}）" if event.by else ""
        first, *rest = fold(f"{when}  {who}  {said}", COLUMNS)
        lines += [first, *(f"{'':18}{part}" for line in rest for part in fold(line, COLUMNS - 18))]
    items = list(case.items.values())
    if items:
        lines += ["", "问题", *item_lines(items)]
    return "".join(f"{line}\n" for line in (*lines, "", state_line(case, today)))


def item_lines(items: Iterable[Item]) -> Iterator[str]:
    """Findings, two lines each: reference, place and rule; what became of it."""
    for item in items:
        finding = item.finding
        head = f"  {finding.fingerprint[:8]}  {SEVERITY[finding.severity]}  {finding.location}  {finding.rule} "
        yield visible(head + finding.title)
        yield f"            {_became(item)}"


def state_line(case: Case, today: date) -> str:
    """Where a draft stands, when its review is due and what it waits for."""
    from ..record import workdays
    from ..record.steps import UNDER_REVIEW, WAITS_FOR

    words = f"状态：{case.state.label}"
    if case.due and case.state in UNDER_REVIEW:
        left = workdays.between(today, case.due)
        words += (
            f"，审核期限 {case.due}（" + (f"还剩 {left} 个工作日" if left >= 0 else f"已超过 {-left} 个工作日") + "）"
        )
    waits = WAITS_FOR.get(case.state)
    return words + (f"，等待{waits}" if waits else "") + "。"


def compared(outcome: Outcome) -> str:
    """A re-review against the one before: what is fixed, what is new, what reopened."""
    lines = ["", "与上一次审查相比"]
    lines += _group("已修改", outcome.fixed)
    lines += _group("新出现", outcome.new)
    for title, items in (
        ("条文改动后重新打开（原处理不再有效）", [now for _, now in outcome.reopened]),
        ("改了文字，问题仍在", [now for _, now in outcome.reworded]),
        ("沿用原处理", outcome.carried),
        ("仍未处理", outcome.waiting),
    ):
        lines += _group(title, items) if items else []
    return "".join(f"{line}\n" for line in lines)


def changes(found: Sequence[Change]) -> str:
    """The changes between two versions, provision by provision."""
    if not found:
        return "两个版本的文字没有改动。\n"
    lines = []
    for change in found:
        lines.append(f"▌{visible(change.provision) or '（条文以外）'}  {change.edit.value}")
        for mark, text in (("-", change.old), ("+", change.new)):
            if text:
                lines += [
                    f"  {mark if n == 0 else ' '} {line}" for n, line in enumerate(fold(visible(text), COLUMNS - 4))
                ]
    lines.append(f"共 {len(found)} 处改动。")
    return "".join(f"{line}\n" for line in lines)


def _group(title: str, items: Iterable[Item]) -> list[str]:
    lines = [
        visible(
            f"    {item.finding.fingerprint[:8]}  {item.finding.location}  {item.finding.rule} {item.finding.title}"
        )
        for item in items
    ]
    return [f"  {title} {len(lines)} 处" + ("：" if lines else ""), *lines]


def _became(item: Item) -> str:
    clearance = item.clearance
    if clearance is None:
        return item.disposal.label
    basis = f"；依据：{'、'.join(clearance.basis)}" if clearance.basis else ""
    return visible(f"{item.disposal.label}（{clearance.by}：{clearance.reason}{basis}）")


def _said(kind: str, body: dict[str, Any], names: dict[str, str], draft: str) -> str:
    from ..record.case import Disposal
    from ..record.events import Kind

    if kind == Kind.STEP:
        said = str(body["step"]) + (f"：{body['note']}" if body["note"] else "")
        if body["evidence"]:
            said += "；材料：" + "、".join(dict.fromkeys(entry["name"] for entry in body["evidence"]))
        return visible(said + (f"；审核期限 {body['due']}" if "due" in body else ""))
    if kind == Kind.REVIEWED:
        counts = [sum(finding["severity"] == severity for finding in body["findings"]) for severity in SEVERITY]
        found = "，".join(f"{word} {count} 处" for word, count in zip(SEVERITY.values(), counts, strict=True))
        return visible(f"审查 {body['name']}（{draft[:8]}）：{found}")
    if kind == Kind.CLEARED:
        which = f"{body['finding'][:8]} {names.get(body['finding'], '')}"
        basis = f"；依据：{'、'.join(body['basis'])}" if body["basis"] else ""
        return visible(f"处理 {which}：{Disposal(body['as']).label}。{body['reason']}{basis}")
    if kind == Kind.UNDONE:
        return visible(f"撤销对 {body['finding'][:8]} {names.get(body['finding'], '')} 的处理：{body['reason']}")
    number = f"（{body['number']}）" if body["number"] else ""
    return visible(f"出具意见{number}：{body['conclusion']}" + (f"。{body['reason']}" if body["reason"] else ""))
