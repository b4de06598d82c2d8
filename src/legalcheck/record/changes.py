"""What changed between two versions of a draft, and what that means for its findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from ..document.model import Draft
from .case import Case, Disposal, Item

ALIKE = 60.0  # rapidfuzz ratio from which two quotes are held to be one clause, changed


class Outcome(Struct, frozen=True):
    """A re-review against the one before, finding by finding.

    `fixed` are gone, `new` have no forerunner, `carried` keep their disposal, `waiting` are as open as before.
    `reopened` pairs a finding that was disposed of with the one on the same clause after it was changed; `reworded`
    does so for one that was open.
    """

    fixed: tuple[Item, ...] = ()
    new: tuple[Item, ...] = ()
    carried: tuple[Item, ...] = ()
    waiting: tuple[Item, ...] = ()
    reopened: tuple[tuple[Item, Item], ...] = ()
    reworded: tuple[tuple[Item, Item], ...] = ()


def compare(before: Case, after: Case) -> Outcome:
    """What a re-review found, against the case as it stood before."""
    old = {name: item for name, item in before.items.items() if item.disposal is not Disposal.FIXED}
    now = {name: item for name, item in after.items.items() if item.disposal is not Disposal.FIXED}
    kept = [item for name, item in now.items() if name in old]
    gone = [item for name, item in old.items() if name not in now]
    come = [item for name, item in now.items() if name not in old]
    pairs: list[tuple[Item, Item]] = []
    for item in come:
        forerunner = _forerunner(item, [other for other in gone if all(other is not left for left, _ in pairs)])
        if forerunner is not None:
            pairs.append((forerunner, item))
    return Outcome(
        fixed=tuple(item for item in gone if all(item is not left for left, _ in pairs)),
        new=tuple(item for item in come if all(item is not right for _, right in pairs)),
        carried=tuple(item for item in kept if item.disposal is not Disposal.OPEN),
        waiting=tuple(item for item in kept if item.disposal is Disposal.OPEN),
        reopened=tuple((left, right) for left, right in pairs if left.disposal is not Disposal.OPEN),
        reworded=tuple((left, right) for left, right in pairs if left.disposal is Disposal.OPEN),
    )


def _forerunner(item: Item, gone: Sequence[Item]) -> Item | None:
    """Of the findings that are gone, the one by the same rule on what looks most like the same clause."""
    from rapidfuzz import fuzz

    same = [other for other in gone if other.finding.rule == item.finding.rule]
    scored = [(fuzz.ratio(other.finding.quote, item.finding.quote), n) for n, other in enumerate(same)]
    best = max(scored, default=(0.0, -1), key=lambda pair: (pair[0], -pair[1]))
    return same[best[1]] if best[0] >= ALIKE else None


class Edit(StrEnum):
    """How a provision differs."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"


class Change(Struct, frozen=True):
    """One line of the draft that differs: `provision` as cited in the version it stands in (the new one if in both)."""

    edit: Edit
    provision: str
    old: str
    new: str


def diff(old: Draft, new: Draft) -> list[Change]:
    """The changes from one version to the next, paragraph by paragraph, in reading order.

    A paragraph counts as changed, rather than removed and added, where the two are alike; a number that moved because
    another provision came in before it is no change.
    """
    left, right = list(_lines(old)), list(_lines(new))
    matcher = SequenceMatcher(None, [text for _, text in left], [text for _, text in right], autojunk=False)
    changes: list[Change] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            changes += _paired(left[a:b], right[c:d])
    return changes


def _paired(removed: list[tuple[str, str]], added: list[tuple[str, str]]) -> Iterator[Change]:
    """Removed and added lines in reading order, those joined that are alike, else that bear the same number."""
    at = 0
    pairs = _pairs(removed, added)
    for n, (provision, text) in enumerate(added):
        match = pairs.get(n)
        for place, gone in removed[at : match if match is not None else at]:
            yield Change(Edit.REMOVED, place, gone, "")
        if match is None:
            yield Change(Edit.ADDED, provision, "", text)
        else:
            yield Change(Edit.CHANGED, provision, removed[match][1], text)
            at = match + 1
    for place, gone in removed[at:]:
        yield Change(Edit.REMOVED, place, gone, "")


def _pairs(removed: list[tuple[str, str]], added: list[tuple[str, str]]) -> dict[int, int]:
    """Which added line takes the place of which removed one; both orders are kept."""
    from rapidfuzz import fuzz

    found: dict[int, int] = {}
    at = 0
    for n, (_, text) in enumerate(added):
        match = next((m for m in range(at, len(removed)) if fuzz.ratio(removed[m][1], text) >= ALIKE), None)
        if match is not None:
            found[n], at = match, match + 1
    for n, (provision, _) in enumerate(added):
        low = max((m for k, m in found.items() if k < n), default=-1)
        high = min((m for k, m in found.items() if k > n), default=len(removed))
        if n not in found and provision:
            match = next((m for m in range(low + 1, high) if removed[m][0] == provision), None)
            if match is not None:
                found[n] = match
    return found


def _lines(draft: Draft) -> Iterator[tuple[str, str]]:
    """Each paragraph as the provision it stands in and its text without typed numbers."""
    parts: dict[int, tuple[str, list[str]]] = {}
    for segment in draft.segments:
        text = draft.paragraphs[segment.paragraph].text[segment.start : segment.end].strip()
        where, texts = parts.setdefault(segment.paragraph, (draft.path(segment.provision), []))
        if text:
            texts.append(text)
    for where, texts in (parts[index] for index in sorted(parts)):
        if texts:
            yield where, "".join(texts)
