"""The form of a draft: title, dates, validity, repeal, numbering, attachments, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ...document.model import Level, Provision
from ...language import Clause
from ...lazy import regex
from ...numerals import parse, to_chinese
from ..finding import Rank
from ..hit import Hit
from .common import clause_of, in_articles
from .params import Params
from .subject import Subject

_DIGITS = "〇○零一二三四五六七八九"
_DAY = rf"(20\d\d|二[{_DIGITS}]{{3}})年([\d一二三四五六七八九十]{{1,2}})月([\d一二三四五六七八九十]{{1,3}})日"
_EFFECT = regex(rf"(?:自|从|于){_DAY}(?:起|开始|之日起)(?:[^，。；]{{0,4}}(?:施行|执行|实施|生效|计算|实行|适用))")
_DATED = regex(rf"(?:落款|成文|公布|发布|印发|签发)(?:日期|时间)?(?:为|是|于|：)?{_DAY}|{_DAY}(?:公布|发布|印发|签发)")
_SELF = regex("本(?:办法|规定|细则|通知|意见|通告|公告|决定|规则|方案|标准|办法所)|新(?:标准|办法|规定)")
_GENTLE = regex("补发|增发|提高|减免|免征|补贴|补助|奖励|资助|待遇|继续|有利于|废止|有效期|截至|至20")
_FORCE = regex("(?:施行|实施|执行|实行|生效)")
_YEARS = regex(
    r"有效期(?:限)?(?:为|至|是|暂定|一般为|不超过)*(?P<n>[\d一二两三四五六七八九十]{1,3})(?:个)?(?P<unit>年|个?月)"
)
_TRIAL = regex("暂行|试行")
_REVISED = regex("（(?:20\\d\\d年)?(?:修订|修正|修改)(?:稿|版)?）|(?:修订|重新制定|修改后)的?[^，。]{0,10}《")
_REPEALS = regex("废止|停止执行|失效|停止施行|不再执行|以本[^，。；]{2,4}为准")
_NOT_RULES = frozenset({"请示", "报告", "函", "纪要", "批复", "议案", "通报", "讲话", "总结", "汇报"})
_ISSUES = regex("(?:印发|发布|公布|下发|颁布|颁发|施行)[^《]*《")
_DUTIES = regex("(?:公民|企业|个人|经营者|申请人|当事人|村民|居民|单位)[^。；]{0,20}(?:应当|必须|不得|严禁)")
_OWN_ATTACHMENT = regex(
    "(?:详?见|按照|依照|填写|参见|具体见|如|列入|由|在)附件(?P<n>[\\d一二三四五六七八九十]{0,2})|附件(?P<m>[\\d一二三四五六七八九十]{1,2})(?:所列|规定|中的?|的)"
)
_ABBREVIATION = regex("（以下(?:统称|简称|称)(?:为|：)?(?P<name>[^（）；，]{2,16})）")
_BRACKETED = regex(r"[（(][^（）()]*[）)]$")
_BRACKETS = regex(r"[\[(（【［〈](?:19|20)\d{2}[\])）】］〉]")


def _date(match: re.Match[str]) -> date | None:
    numbers = [parse(group) or 0 for group in match.groups() if group]
    try:
        return date(*numbers[:3])
    except (TypeError, ValueError):
        return None


def no_effective_date(subject: Subject, params: Params) -> Iterator[Hit]:
    """A draft in articles that nowhere says from when it is in force."""
    metadata = subject.draft.metadata
    if metadata.effective or metadata.effective_date or not in_articles(subject.draft):
        return
    if not any(_FORCE.search(clause.text) and "自" in clause.text for clause in subject.clauses[-40:]):
        yield Hit(None)


def backdated(subject: Subject, params: Params) -> Iterator[Hit]:
    """An effective date earlier than the day the text was issued, which the text or its closing lines state."""
    stated = [(clause, hit) for clause in subject.clauses if (hit := _EFFECT.search(clause.text, clause.own))]
    if not stated:
        return
    text = "\n".join(clause.text[clause.own :] for clause in subject.clauses)  # no date belongs to two lines
    issued = [day for hit in _DATED.finditer(text) if (day := _date(hit))]
    if subject.draft.metadata.document_date:
        issued.append(subject.draft.metadata.document_date)
    for clause, hit in stated if issued else ():
        day = _date(hit)
        if day is None or not _SELF.search(clause.text) or _GENTLE.search(clause.text):
            continue
        last = max(issued)
        if day < last:
            yield Hit(clause, (hit.span(),), {"effective": _chinese(day), "issued": _chinese(last)})


def too_early(subject: Subject, params: Params) -> Iterator[Hit]:
    """In force sooner after its publication than the profile allows."""
    metadata, delay = subject.draft.metadata, subject.profile.effective_delay_days
    if not delay or metadata.document_date is None or metadata.effective_date is None:
        return
    if metadata.effective_date < metadata.document_date + timedelta(days=delay):
        yield Hit(None, (), {"days": str(delay)})


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def validity(subject: Subject, params: Params) -> Iterator[Hit]:
    """A validity longer than the profile allows; none at all where the profile asks for one."""
    profile, metadata = subject.profile, subject.draft.metadata
    trial = bool(_TRIAL.search(metadata.title))
    longest = profile.trial_validity_max_years if trial else profile.validity_max_years
    stated = False
    for clause in subject.clauses:
        if "有效期" not in clause.text:
            continue
        hit = _YEARS.search(clause.text, clause.own)
        if hit is None or not (_FORCE.search(clause.text) or _SELF.search(clause.text)):
            continue
        stated = True
        years = (parse(hit["n"]) or 0) / (1 if hit["unit"] == "年" else 12)
        if years > longest:
            yield Hit(clause, (hit.span(),), {"longest": f"，{profile.title}一般不超过{to_chinese(longest)}年"})
    if profile.validity_required and not stated and not metadata.validity and in_articles(subject.draft):
        yield Hit(None, (), {"longest": "，没有载明有效期"})


def no_repeal(subject: Subject, params: Params) -> Iterator[Hit]:
    """A revised text that says nothing of the one it takes the place of."""
    if not in_articles(subject.draft) or not _REVISED.search(subject.draft.metadata.title):
        return
    if not any(_REPEALS.search(clause.text) for clause in subject.clauses):
        yield Hit(None)


def title(subject: Subject, params: Params) -> Iterator[Hit]:
    """A name that only a statute may bear, or a kind of document that cannot carry rules for the public."""
    metadata = subject.draft.metadata
    bare = _BRACKETED.sub("", re.sub(r"\s", "", metadata.title))
    inner = re.findall("《([^《》]+)》", bare)
    issued = metadata.carrier and _ISSUES.search(bare)
    own = inner[-1] if inner and issued else bare
    own = _BRACKETED.sub("", own)
    if subject.rank in (Rank.LAW, Rank.ADMIN_REGULATION, Rank.LOCAL_REGULATION):
        return
    for name in subject.profile.forbidden_names:
        if own.endswith(name) and not own.endswith(
            ("办法", "做法", "方法", "执法", "司法", "用法", "普法", "合法", "看法")
        ):
            yield Hit(_title_clause(subject), (), {"why": f"名称以“{name}”结尾"})
            return
    if metadata.kind in _NOT_RULES and in_articles(subject.draft) and _any(subject, _DUTIES):
        yield Hit(_title_clause(subject), (), {"why": f"以“{metadata.kind}”设定权利义务"})


def _any(subject: Subject, words: re.Pattern[str]) -> bool:
    return any(words.search(clause.text) for clause in subject.clauses)


def _title_clause(subject: Subject) -> Clause | None:
    first = subject.clauses[0] if subject.clauses else None
    return first if first is not None and first.provision is None else None


def numbering(subject: Subject, params: Params) -> Iterator[Hit]:
    """Numbers of chapters, articles, headings and items that leave a gap or come twice."""
    last: dict[tuple[int | None, Level], Provision] = {}
    for unit in subject.draft.provisions:
        if unit.level in (Level.ATTACHMENT, Level.PARAGRAPH) or not unit.number:
            continue
        whole = unit.level in (Level.PART, Level.CHAPTER, Level.ARTICLE)
        group = (subject.draft.attachment(unit.index) if whole else unit.parent, unit.level)
        before = last.get(group)
        last[group] = unit
        if before is None:
            continue
        if unit.number[0] in (1, before.number[0] + 1):
            continue
        if unit.number[0] == before.number[0] and len(unit.number) > 1:
            continue
        clause = clause_of(subject, unit.index)
        if clause is not None:
            yield Hit(clause, (), {"before": before.label, "found": unit.label})


def attachments(subject: Subject, params: Params) -> Iterator[Hit]:
    """A clause that refers to an attachment of the draft which is not there."""
    draft = subject.draft
    there = sum(unit.level is Level.ATTACHMENT for unit in draft.provisions)
    count = max(there, len(draft.metadata.attachments))
    for clause in subject.clauses:
        if "附件" not in clause.text:
            continue
        hit = _OWN_ATTACHMENT.search(clause.text, clause.own)
        if hit is None or "》" in clause.text[max(0, hit.start() - 12) : hit.start()]:
            continue
        number = parse(hit["n"] or hit["m"] or "") or 1
        if number > count:
            yield Hit(clause, (hit.span(),), {"attachment": hit.group()})


def abbreviations(subject: Subject, params: Params) -> Iterator[Hit]:
    """An abbreviation that is declared and never used, or declared twice."""
    if "以下" not in subject.text or not in_articles(subject.draft):
        return
    texts = _texts(subject)
    whole = "".join(clause.text[clause.own :] for clause in subject.clauses)
    end = 0
    seen: set[tuple[int, str]] = set()
    for clause in subject.clauses:
        end += len(clause.text) - clause.own
        if "以下" not in clause.text:
            continue
        text = texts[clause.provision] if clause.provision is not None else 0
        for hit in _ABBREVIATION.finditer(clause.text, clause.own):
            name = hit["name"]
            if text and (text, name) in seen:
                yield Hit(clause, (hit.span(),), {"name": name, "what": "重复定义"})
            elif name not in clause.text[hit.end() :] and whole.find(name, end) < 0:
                yield Hit(clause, (hit.span(),), {"name": name, "what": "定义后没有使用"})
            seen.add((text, name))


def _texts(subject: Subject) -> list[int]:
    """For each provision, which of the texts in articles it stands in (each begins with 第一条), 0 outside articles."""
    count = 0
    found: list[int] = []
    for unit in subject.draft.provisions:
        if unit.level is Level.ARTICLE:
            count += unit.number == (1,)
            found.append(count)
        else:
            found.append(found[unit.parent] if unit.parent is not None else 0)
    return found


def document_number(subject: Subject, params: Params) -> Iterator[Hit]:
    """A document number whose year is not in 〔 〕 (GB/T 9704—2012, 7.2.5)."""
    number = subject.draft.metadata.document_number
    if _BRACKETS.search(number):
        yield Hit(None, (), {"number": number})
