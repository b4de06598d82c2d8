"""What a draft says of its own parts: articles, paragraphs, items, attachments and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from ..corpora.statutes import Catalogue
from ..corpora.statutes.keys import title_key
from ..document.model import Draft, Level, Part, Provision
from ..lazy import regex
from ..numerals import parse
from .draft import Cited, placed
from .model import Citation, ClauseRef, Kind


class InternalKind(StrEnum):
    """What is wrong with a reference to the draft itself."""

    NO_SUCH_ARTICLE = "no_such_article"  # 第二十条 in a draft of 18 articles
    NO_SUCH_PARAGRAPH = "no_such_paragraph"  # 第三条第四款, where 第三条 has two
    NO_SUCH_ITEM = "no_such_item"
    NOTHING_BEFORE = "nothing_before"  # 前款 in the first paragraph, 前条 in the first article
    NO_SUCH_ATTACHMENT = "no_such_attachment"  # 附件3, where there are two
    ALIAS_BEFORE_DECLARATION = "alias_before_declaration"  # 《办法》 above its 以下简称


class InternalIssue(Struct, frozen=True):
    """One wrong reference, at [start, end) of the text of `paragraph`. `available` is how many there are (articles,
    paragraphs, items, attachments), None where that is not the question."""

    kind: InternalKind
    paragraph: int
    start: int
    end: int
    text: str
    provision: int | None = None
    available: int | None = None


def check_internal(
    draft: Draft, *, known: Catalogue | None = None, cited: Sequence[Cited] | None = None
) -> list[InternalIssue]:
    """The wrong internal references of a draft, in reading order; `cited` are its `citations`, if they are at hand.

    Only drafts with articles (第一条) are checked for articles. Where a cover notice and an attached text each have
    their own numbering, a reference is held against the one it stands in. Left alone are quotations, headers, clauses
    that speak of changing another text (将第三条修改为), and a bare 第五条 after another instrument in the same
    sentence, whose it may be.
    """
    if cited is None:
        found = list(placed(draft, known=known))
    else:
        found = [(one.citation, one.paragraph, one.end_paragraph, one.provision) for one in cited]
    layout = _Layout(draft)
    issues: list[InternalIssue] = []
    other: tuple[int, int] | None = None  # paragraph and end of the last instrument named
    for one, paragraph, end_paragraph, provision in found:
        text = draft.paragraphs[paragraph].text
        if one.kind in (Kind.TITLED, Kind.NUMBERED, Kind.STANDARD):
            other = (end_paragraph, one.end)
            continue
        foreign = other is not None and other[0] == paragraph and "。" not in text[other[1] : one.start]
        if one.quoted or (foreign and one.kind is Kind.INTERNAL) or _amending(text, one):
            continue
        if draft.paragraphs[paragraph].origin.part in (Part.HEADER, Part.FOOTER):
            continue
        for kind, available, ref in layout.check(one, provision):
            start, end = (ref.start, ref.end) if ref and one.kind is Kind.INTERNAL else (one.start, one.end)
            issues.append(InternalIssue(kind, paragraph, start, end, text[start:end], provision, available))
    issues.extend(_early_aliases([(one, paragraph, provision) for one, paragraph, _, provision in found]))
    return sorted(issues, key=lambda issue: (issue.paragraph, issue.start, issue.kind))


_CHANGES = regex(r"(?:将|原|删去|删除|增加|改为|作为|修改|取消)[^，。；]{0,6}$")
_CHANGED = regex(r"[^，。；]{0,12}(?:修改为|改为|修改|修订为|删去|删除|中的“|后增加|调整为)")


def _amending(text: str, one: Citation) -> bool:
    before = text[max(0, one.start - 10) : one.start]
    return bool(_CHANGES.search(before) or _CHANGED.match(text[one.end : one.end + 20]))


_NOTE = regex(r"附件[：:](.+)", re.DOTALL)


def _listed(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"(?<!\d)([1-9]\d?)[.．、]", text)]


_Found = tuple[InternalKind, int | None, ClauseRef | None]


class _Layout:
    """The articles, paragraphs and items of a draft, counted per text (cover or attachment)."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @cached_property
    def articles(self) -> dict[int | None, dict[tuple[int, ...], Provision]]:
        found: dict[int | None, dict[tuple[int, ...], Provision]] = {}
        for unit in self.draft.provisions:
            if unit.level is Level.ARTICLE:
                found.setdefault(self.draft.attachment(unit.index), {})[unit.number] = unit
        return found

    @cached_property
    def children(self) -> dict[int, dict[Level, set[int]]]:
        """The numbers of the paragraphs, and of the items, below each unit."""
        found: dict[int, dict[Level, set[int]]] = {}
        for unit in self.draft.provisions:
            if unit.parent is not None and unit.number and unit.level in (Level.PARAGRAPH, Level.ITEM):
                for above in self.draft.ancestors(unit.parent):
                    found.setdefault(above.index, {}).setdefault(unit.level, set()).add(unit.number[0])
                    if unit.level is Level.PARAGRAPH or above.level is Level.ARTICLE:
                        break
        return found

    @cached_property
    def attachments(self) -> set[int]:
        units = (unit for unit in self.draft.provisions if unit.level is Level.ATTACHMENT)
        return {unit.number[0] if unit.number else 1 for unit in units}

    @cached_property
    def _noted(self) -> set[int]:
        """The numbers of the attachment note, also of one that runs on in a line (附件：1.申请表2.承诺书)."""
        last = 0
        for name in self.draft.metadata.attachments:
            last = max(last + 1, *_listed(name), 0)
        inline = (_NOTE.search(paragraph.text) for paragraph in self.draft.paragraphs)
        return set(range(1, last + 1)).union(*(_listed(found[1]) for found in inline if found))

    def _article(self, provision: int | None) -> Provision | None:
        return next((u for u in self.draft.ancestors(provision) if u.level is Level.ARTICLE), None)

    def check(self, one: Citation, provision: int | None) -> Iterator[_Found]:
        if one.kind is Kind.ATTACHMENT:
            yield from self._attachment(one)
            return
        if one.kind is Kind.RELATIVE and one.relative.startswith(("该", "同")):
            return
        articles = self.articles.get(self.draft.attachment(provision), {})
        if one.kind is Kind.RELATIVE and one.relative.startswith("前"):
            yield from self._previous(one, provision, articles)
            return
        if one.kind not in (Kind.INTERNAL, Kind.RELATIVE) or not articles:
            return
        for ref in one.clauses:
            for unit in (ref, ref.until):
                if unit is not None:
                    yield from self._clause(unit, provision, articles)

    def _clause(
        self, ref: ClauseRef, provision: int | None, articles: dict[tuple[int, ...], Provision]
    ) -> Iterator[_Found]:
        if ref.article is not None:
            number = ref.article if ref.article[1] else ref.article[:1]
            article = articles.get(number)
            if article is None:
                yield InternalKind.NO_SUCH_ARTICLE, max(n[0] for n in articles if n), ref
                return
        else:
            article = self._article(provision)
            if article is None:
                return
        counted = self.children.get(article.index, {})
        paragraphs = counted.get(Level.PARAGRAPH, set())
        if ref.paragraph is not None and paragraphs and ref.paragraph not in paragraphs:
            yield InternalKind.NO_SUCH_PARAGRAPH, max(paragraphs), ref
            return
        if ref.item is not None:
            items = self._items(article, ref.paragraph)
            if ref.item not in items:
                yield InternalKind.NO_SUCH_ITEM, max(items, default=0), ref

    def _items(self, article: Provision, paragraph: int | None) -> set[int]:
        """The items below an article, or below one of its paragraphs."""
        items: set[int] = set()
        for unit in self.draft.provisions:
            if unit.level is not Level.ITEM or not unit.number:
                continue
            above = list(self.draft.ancestors(unit.parent))
            if not any(u.index == article.index for u in above):
                continue
            own = next((u for u in above if u.level is Level.PARAGRAPH), None)
            if paragraph is None or own is None or own.number == (paragraph,):
                items.add(unit.number[0])
        return items

    def _previous(
        self, one: Citation, provision: int | None, articles: dict[tuple[int, ...], Provision]
    ) -> Iterator[_Found]:
        article = self._article(provision)
        if article is None or not article.number:
            return
        if one.relative.endswith("条"):
            before = sum(1 for number in articles if number < article.number)
            if before < one.distance:
                yield InternalKind.NOTHING_BEFORE, before, None
        elif one.relative.endswith("款"):
            own = next((u for u in self.draft.ancestors(provision) if u.level is Level.PARAGRAPH), None)
            # An item stands within its own paragraph; 前款 there means the one before that.
            if own is None or not own.number:
                return
            if own.number[0] - 1 < one.distance:
                yield InternalKind.NOTHING_BEFORE, own.number[0] - 1, None
                return
            for ref in one.clauses:
                if ref.item is not None and one.distance == 1:
                    items = self._items(article, own.number[0] - 1)
                    if ref.item not in items:
                        yield InternalKind.NO_SUCH_ITEM, max(items, default=0), ref
        elif one.relative.endswith("项"):
            item = next((u for u in self.draft.ancestors(provision) if u.level is Level.ITEM), None)
            if item is not None and item.number and item.number[0] - 1 < one.distance:
                yield InternalKind.NOTHING_BEFORE, item.number[0] - 1, None

    def _attachment(self, one: Citation) -> Iterator[_Found]:
        numbers = self.attachments | self._noted
        digits = re.search(r"[0-9０-９一二三四五六七八九十]+$", one.text)
        n = parse(digits[0]) if digits else None
        if n is not None and n not in numbers:
            yield InternalKind.NO_SUCH_ATTACHMENT, len(numbers), None


def _early_aliases(found: list[tuple[Citation, int, int | None]]) -> Iterator[InternalIssue]:
    declared: set[str] = set()
    names = {title_key(one.alias) for one, _, _ in found if one.alias}
    for one, paragraph, provision in found:
        if one.alias_of and title_key(one.title) in names - declared:
            yield InternalIssue(
                InternalKind.ALIAS_BEFORE_DECLARATION, paragraph, one.start, one.end, one.text, provision
            )
        if one.alias:
            declared.add(title_key(one.alias))
