"""The legal basis of a draft: what it cites, and whether that can carry it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from ...citations import Cited, ClauseStatus, InternalKind, Kind, Role, Status, Warn, check_internal
from ...corpora.moved_articles import moved_articles
from ...corpora.statutes import Provenance
from ...corpora.statutory_periods import statutory_periods
from ...document.model import Level, ScopeVerdict
from ...language import Clause, holding
from ...lazy import compiled, regex
from ...numerals import parse
from ..hit import Hit, Span
from .params import Params
from .subject import Subject

RESTS_ON = frozenset({Role.BASIS, Role.BASIS_APPLY, Role.FOLLOW, Role.ANALOGY, Role.BREACH, Role.SCOPE})
ENACTED_KINDS = ("办法", "规定", "细则", "规则")
SUGGESTION_SCORE = 90.0
_LEANS = regex(
    "(?:依据|根据)[^，。；]{0,8}(?:：|——|—|栏|为)|》[^，。；]{0,14}(?:为准|为依据|执行)|(?:违反|依|按|照|据|适用)《"
)
# neither the day or month of a date (3月1日) nor one of a series (第七日)
_PERIOD = regex(
    r"(?<![月第\d一二三四五六七八九十百两])([\d一二三四五六七八九十百两]+)(?:个?(工作日|日|天)|(?:个月|月[之以]?内))"
)
_LENGTHS = regex(r"[\d〇一二三四五六七八九十百两]个?(?:工作日|日|天|月)")  # what each period has
_HISTORY = regex(
    "原(?:依据|根据|依照|按照)|施行(?:之)?前|实施(?:之)?前|生效(?:之)?前|废止(?:之)?前|失效前|当时|原有的?《|原《|行为发生时|历史|列入(?:废止|失效)|已(?:经)?(?:废止|失效)"
)
# to apply "the former" statute today is to rest on it; only what is told of the past is history
_REVIVED = regex(
    "(?<=[据照按合反用行])原(?:有的?)?《(?=[^。；]{0,60}(?:执行|办理|处理|处罚|制定|确定|收取|核发|追究|认定|计算|的规定))"
)


def repealed_basis(subject: Subject, params: Params) -> Iterator[Hit]:
    """Statutes that a clause rests on although they are repealed as of the date (民法典第一千二百六十条 …)."""

    def verdict(cited: Cited) -> dict[str, str] | None:
        found = cited.resolution
        if found.status is not Status.REPEALED or not rests_on(subject, cited):
            return None
        when = f"{found.repealed_on.isoformat()}" if found.repealed_on else ""
        by = f"由{found.repealed_by}" if found.repealed_by else ""
        how = f"（{when}{by}废止）" if when or by else ""
        successor = f"，现行的是《{found.successor}》" if found.successor else ""
        return {"title": cited.citation.title or cited.citation.text, "how": how, "successor": successor}

    yield from _reported(subject, verdict)


def rests_on(subject: Subject, cited: Cited) -> bool:
    """Whether a clause rests on what it cites, so that it falls with it: neither history nor quotation."""
    one = cited.citation
    if one.quoted or (one.role not in RESTS_ON and one.role not in (Role.MENTION, Role.DEFINITION)):
        return False
    placed = subject.clause_at(cited.paragraph, one.start, one.start + 1)
    if placed is None or _HISTORY.search(_REVIVED.sub("《", placed[0].text)):
        return False
    return one.role in RESTS_ON or bool(_LEANS.search(placed[0].text))


def no_such_clause(subject: Subject, params: Params) -> Iterator[Hit]:
    """Cited articles, paragraphs and items that the statute does not have, and those that the draft does not have."""

    def verdict(cited: Cited) -> dict[str, str] | None:
        for clause in cited.resolution.clauses:
            if clause.status in (
                ClauseStatus.NO_SUCH_ARTICLE,
                ClauseStatus.NO_SUCH_PARAGRAPH,
                ClauseStatus.NO_SUCH_ITEM,
            ):
                total = (
                    f"该文件共{clause.articles}条"
                    if clause.status is ClauseStatus.NO_SUCH_ARTICLE
                    else "该条没有这一款、项"
                )
                return {"title": cited.citation.title, "clause": str(clause.ref), "total": total}
        return None

    yield from _reported(subject, verdict)
    for issue in check_internal(subject.draft, known=subject.statutes, cited=subject.cited):
        if issue.kind is InternalKind.ALIAS_BEFORE_DECLARATION:
            continue
        # the attachments of a draft may lie in files of their own
        if issue.kind is InternalKind.NO_SUCH_ATTACHMENT and not issue.available:
            continue
        total = f"本文件共{issue.available}" if issue.available is not None else "其前没有所指的条、款"
        words = {"title": "本文件", "clause": issue.text, "total": total}
        yield from _at(subject, issue.paragraph, issue.start, issue.end, words)


def moved_clause(subject: Subject, params: Params) -> Iterator[Hit]:
    """Article numbers of an older version, told by what the clause is about: ``corpora/moved_articles.csv``."""

    def verdict(cited: Cited) -> dict[str, str] | None:
        statute = cited.resolution.statute
        if statute is None or _former(cited.citation.edition, statute.version_date):
            return None
        title = statute.title.removeprefix("中华人民共和国")
        for ref in cited.citation.clauses:
            row = moved_articles(title).get(ref.article[0]) if ref.article else None
            if row is not None and (row.since is None or row.since <= subject.as_of):
                words = {"about": row.about, "instead": row.instead}
                return {"title": row.title, "clause": str(ref), "now": row.now} | words
        return None

    for hit in _reported(subject, verdict):
        if hit.clause is None or not compiled(hit.words["about"]).search(hit.clause.text):
            continue
        if any(article in hit.clause.text for article in hit.words["now"].split("、")):
            continue  # old and new number together: the text explains the renumbering
        if not (hit.words["instead"] and compiled(hit.words["instead"]).search(hit.clause.text)):
            yield hit


def _former(edition: int | None, current: date | None) -> bool:
    """Whether a citation names an edition, as in （2017年修正）, that is not the one in force."""
    return edition is not None and (current is None or edition < current.year)


def statutory_period(subject: Subject, params: Params) -> Iterator[Hit]:
    """Periods shorter than a person's, or longer than an organ's, by statute: ``corpora/statutory_periods.csv``."""
    for clause in subject.holding(_LENGTHS):
        for row in statutory_periods():
            if not any(word in clause.text for word in row.words):
                continue
            found = compiled(row.matter).search(clause.text)
            if found is None or found.end() <= clause.own or (row.unless and compiled(row.unless).search(clause.text)):
                continue
            for period in _PERIOD.finditer(clause.text, max(found.start() - row.before, 0)):
                if period.start() > found.end() + row.after:
                    break
                days = _days(period[1], period[2] or "月", row.unit)
                worse = days is not None and (days < row.value if row.limit == "min" else days > row.value)
                spans = tuple(sorted((found.span(), period.span())))
                if worse and holding(clause, spans, ("prohibited", "reported", "quoted", "lapsed")) is None:
                    bound = f"《{row.title}》{row.article}规定的{row.value}{row.unit}"
                    how = "短于" if row.limit == "min" else "长于"
                    yield Hit(clause, spans, {"conflict": f"{period[0]}{how}{bound}"})


def _days(number: str, unit: str, wanted: str) -> int | None:
    """The period in days of the wanted kind; None where the kinds cannot be compared."""
    value = parse(number)
    if value is None:
        return None
    if unit.endswith("月"):
        return value * (30 if wanted == "日" else 21)
    if unit == "工作日" and wanted == "日":
        return value * 7 // 5
    return value


def odd_citation(subject: Subject, params: Params) -> Iterator[Hit]:
    """Titles, numbers and marks that are not written as they should be, and numbers that belong to another document."""

    def verdict(cited: Cited) -> dict[str, str] | None:
        one, found = cited.citation, cited.resolution
        if found.number_mismatch:
            return {"what": f"名称与文号不符，应为{found.number_mismatch}"}
        wrong = [_FORMS[warning] for warning in one.warnings if warning in _FORMS]
        if wrong:
            number = one.number.text if one.number else ""
            return {"what": "、".join(wrong) + (f"，规范写法为{number}" if number else "")}
        near = found.suggestion
        if found.status is Status.UNKNOWN and near and near.score >= SUGGESTION_SCORE and one.role in RESTS_ON:
            return {"what": f"目录中没有《{one.title}》，疑为《{near.title}》（相似度 {near.score:.0f}）"}
        return None

    yield from _reported(subject, verdict)


def no_enacting_clause(subject: Subject, params: Params) -> Iterator[Hit]:
    """A draft with articles that names no statute as the basis of what it sets (立法技术规范（试行）（一）5)."""
    draft = subject.draft
    if draft.metadata.kind not in ENACTED_KINDS or draft.scope.verdict is ScopeVerdict.OUT_OF_SCOPE:
        return
    if not any(unit.level is Level.ARTICLE for unit in draft.provisions):
        return
    basis = (Role.BASIS, Role.BASIS_APPLY, Role.FOLLOW, Role.POLICY)
    if any(c.citation.role in basis and c.citation.kind in (Kind.TITLED, Kind.NUMBERED) for c in subject.cited):
        return
    yield Hit(None)


_FORMS = {
    Warn.BRACKETS: "文号年份应当使用六角括号〔〕",
    Warn.MISSING_BRACKET: "文号缺少括号",
    Warn.EXTRA_DI: "文号序号前不加“第”字",
    Warn.LEADING_ZERO: "文号序号不编虚位",
    Warn.SHORT_YEAR: "文号年份应当标全称",
    Warn.YEAR_FORM: "文号年份应当使用六角括号〔〕",
    Warn.MISPLACED: "文号次序颠倒",
    Warn.ORDER_FORM: "令号应当写作“令第…号”",
    Warn.WRONG_MARKS: "文件名称应当使用书名号《》",
    Warn.UNCLOSED_MARKS: "书名号没有闭合",
}


def _reported(subject: Subject, verdict: Callable[[Cited], dict[str, str] | None]) -> Iterator[Hit]:
    for cited in subject.cited:
        words = verdict(cited)
        if words is None:
            continue
        memory = cited.resolution.provenance is Provenance.MEMORY
        end = cited.citation.end if cited.end_paragraph == cited.paragraph else cited.citation.start + 1
        yield from _at(subject, cited.paragraph, cited.citation.start, end, words, memory)


def _at(
    subject: Subject, paragraph: int, start: int, end: int, words: dict[str, str], memory: bool = False
) -> Iterator[Hit]:
    found: tuple[Clause, Span] | None = subject.clause_at(paragraph, start, end)
    if found is None:
        return
    clause, span = found
    if span[0] < span[1]:
        yield Hit(clause, (span,), words, memory)
