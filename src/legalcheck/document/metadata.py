"""The elements of an official document (GB/T 9704—2012, section 7) and of its closing articles, as a draft has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from ..lazy import regex
from . import labels, limits
from .dates import DATE, find_date
from .issuers import ORGAN, issuer_level
from .kinds import OWN_NUMBER, kind_at_end, strip_title
from .model import Metadata, Paragraph, Part
from .zones import Zone, is_addressees, is_date_line

_ISSUES = regex(
    r"(?:印发|发布|公布|转发|批转|下发|颁发|颁布|施行|实施)[^《]{0,60}《(?P<inner>[^》]+(?:《[^》]*》[^》]*)*)》"
)
_FORWARDS = regex(
    r"(?:(?:转发|批转).*?关于|印发|发布|公布|颁布).*?"
    r"(?P<kind>意见|办法|规定|细则|规则|方案|预案|规划|计划|目录|清单|标准|规程|规范|制度|措施|请示|报告|通知)"
    r"(?:[（(][^（）()]*[）)])?的(?:通知|决定|公告)$"
)
_STAGE = regex(
    r"(?P<stage>(?:公开)?征求意见(?:稿|二稿|三稿)?|(?:二次)?送审稿|(?:修订|修正)?草案(?:送审稿|征求意见稿)?|讨论稿|审议稿|修订稿|报批稿|报审稿|初稿|代拟稿)"
)
_NUMBER = regex(
    r"(?P<number>[\u4e00-\u9fff]{1,14}\s?[〔\[（(【［〈]\s*(?:19|20|[０-９])[\d０-９]{2,3}\s*[〕\]）)】］〉]\s*(?:第\s*)?[\d０-９Xx×*_\s]{0,8}号)"
)
_BARE_NUMBER = regex(
    r"\s*[〔\[（(【]?\s*(?:19|20)\d{2}\s*年?\s*[〕\]）)】]?\s*第\s*[\d〇一二三四五六七八九十]{1,4}\s*号\s*$|\s*第\s*\d{1,4}\s*号\s*$"
)
_MARK = regex(r"(?P<issuer>[\u4e00-\u9fff（）()、 \u3000]{2,60}?)\s*(?P<what>文件|公告|通告|令|公报)\s*$")
_SECRECY = regex(r"\s*(?P<s>绝密|机密|秘密)\s*(?:[★☆*].*)?$")
_URGENCY = regex(r"\s*(?:特\s*急|加\s*急|平\s*急|急\s*件)\s*$")
_COPY_NUMBER = regex(r"\s*(?:[Nn][Oo]\.?\s*)?\d{6}\s*$")
_LISTED = regex(r"[，,；;](?![^（(]*[）)])")
_SIGNER = regex(r"\s*签发人\s*[:：]")
_ISSUER = regex(
    rf"^(?P<issuer>(?:[^《》，。；：]{{0,40}}?{ORGAN})(?:[ \u3000、]+[^《》，。；：关]{{1,30}}?{ORGAN})*"
    r"(?:等[^关]{0,12}部门)?)"
    r"(?=\s*(?:关于|印发|转发|批转|公告|通告|令|办公厅关于|对|发布|公布))"
)
_EFFECT = regex(
    rf"(?:自|从|于|在)?(?P<when>{DATE}|(?:公布|发布|印发|下发|发文|颁布|通过|签发|批准|文件印发|正式印发)之日)"
    rf"\s*(?P<later>起?(?:满|后|之后)?[\d一二三四五六七八九十]{{1,3}}(?:个月|日|天)(?:后|之后)?|后\d+日)?\s*起?(?:正式|开始)?(?:施行|实施|实行|执行|生效|试行)"
)
_VALIDITY = regex(
    rf"(?:有效期(?:限)?|试行期(?:限)?|施行期(?:限)?|执行期(?:限)?|有效)\s*(?:为|至|到|截至|暂定|自[^至，。；]{{0,30}}至){{0,2}}\s*(?P<v>{DATE}|(?:[\d一二两三四五六七八九十]{{1,3}})\s*(?:年|个月)|\d{{4}}年\d{{1,2}}月底?)"
)
_SELF = regex(
    r"本(?:办法|规定|细则|规则|通知|意见|决定|通告|公告|方案|规范|措施|制度|规程|文件|标准|政策|指引|清单|条例|指导意见|实施)|施行|实施|印发|执行"
)
_ITEM_NUMBER = regex(
    r"(?:^|(?<=[\s\u3000；;。]))(?:附件\s*)?[\d０-９]{1,2}\s*[.．、:：]\s*|^\s*(?:附件\s*[\d一二三四五六七八九十]*\s*[:：]?|附\s*[:：])\s*"
)


_NUMBER_LINES = 12  # a number on a line of its own belongs to the document if it stands among so many


class _Head(Struct):
    """The head of the document, as it is read line by line."""

    title: list[str]
    number: str = ""
    mark: str = ""  # 发文机关标志
    mark_number: str = ""  # what a bare （2020）第6号 belongs to: 中国人民银行公告
    secrecy: str = ""
    stage: str = ""
    addressees: str = ""
    done: bool = False


def extract(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> Metadata:
    """The metadata of a draft; an element that the draft does not state is empty."""
    if len(paragraphs) <= 1 and (not paragraphs or "\n" not in paragraphs[0].text):
        return Metadata()
    head = _head(paragraphs, zones)
    title = _join(head.title)
    bare, in_title = strip_title(title)
    found = _NUMBER.search(in_title) or (_NUMBER.search(title) if OWN_NUMBER.search(bare) else None)
    number = found["number"].lstrip("日") if found else head.number
    if not head.stage and (stage := _STAGE.search(in_title)):
        head.stage = stage["stage"]
    kind, carrier = _kind(bare)
    signatory, document_date = _closing(paragraphs, zones)
    issuer = _issuer(bare) or head.mark or signatory
    effective, validity = _effect(paragraphs, zones)
    return Metadata(
        title=title,
        kind=kind,
        carrier=carrier,
        issuer=issuer,
        issuer_level=issuer_level(issuer),
        document_number=re.sub(r"\s+", "", number),
        draft_stage=head.stage,
        document_date=document_date,
        addressees=_addressees(head.addressees),
        effective=effective,
        effective_date=find_date(effective),
        validity=validity,
        attachments=_attachments(paragraphs, zones),
        secrecy=head.secrecy,
        signatory=signatory,
    )


def _head(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> _Head:
    head = _Head([])
    lines = 0
    for paragraph, zone in zip(paragraphs, zones, strict=True):
        if zone is Zone.OUTSIDE or zone is Zone.CONTENTS:
            continue
        if zone is Zone.CELL and (paragraph.origin.row or 0) > 8:
            break
        in_front = zone is Zone.TITLE or paragraph.origin.part is Part.TEXTBOX or zone is Zone.CELL
        for line in paragraph.text.split("\n"):
            lines += 1
            if lines > 60 or (head.done and lines > _NUMBER_LINES):
                return head
            if line.strip() and len(line) <= limits.MAX_HEAD_LINE:
                _head_line(line.strip(), head, zone, in_front)
            elif line.strip() and zone is Zone.BODY and head.title:
                head.done = True
    return head


def _finished(title: list[str]) -> bool:
    """Whether the lines of a title so far make a whole one: a 文种 stands at the end."""
    return bool(kind_at_end(strip_title(_join(title))[0]))


def _is_organ(name: str) -> bool:
    return re.search(rf"{ORGAN}$", name.strip()) is not None


def _join(lines: list[str]) -> str:
    joined = ""
    for line in lines:
        # two Chinese lines join without a space; a space within the line stays
        joined += (" " if joined and joined[-1].isascii() and line[0].isascii() else "") + line
    return joined


def _kind(bare: str) -> tuple[str, str]:
    """文种 and carrier of a title: 办法 and 通知 for 关于印发《…办法》的通知."""
    own = kind_at_end(bare)
    issued = _ISSUES.search(bare)
    if issued is not None and own in ("通知", "公告", "通告", "决定", "令", "函", "命令"):
        inner = kind_at_end(strip_title(issued["inner"])[0])
        if inner:
            return inner, own
    forwarded = _FORWARDS.search(bare)
    if forwarded is not None:
        return forwarded["kind"], own
    return own, ""


def _issuer(bare: str) -> str:
    match = _ISSUER.match(bare)
    return match["issuer"].strip() if match else ""


def _addressees(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _LISTED.split(line) if part.strip())


def _closing(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> tuple[str, date | None]:
    """署名 and 成文日期: the first signed date of the document."""
    for position, (paragraph, zone) in enumerate(zip(paragraphs, zones, strict=True)):
        if zone is not Zone.CLOSING or not is_date_line(paragraph.text):
            continue
        names: list[str] = []
        for before in range(position - 1, max(-1, position - 5), -1):
            if zones[before] is not Zone.CLOSING or is_date_line(paragraphs[before].text):
                break
            names.insert(0, paragraphs[before].text.strip())
        return " ".join(names), find_date(paragraph.text)
    return "", None


def _effect(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> tuple[str, str]:
    """When the draft takes effect and how long it holds, in its own words; the last such statement counts."""
    effective = validity = ""
    for paragraph, zone in zip(reversed(paragraphs), reversed(zones), strict=True):
        if zone is not Zone.BODY:
            continue
        text = paragraph.text
        if not effective and "日" in text and ("行" in text or "施" in text or "生效" in text):
            for match in _EFFECT.finditer(text):
                effective = match["when"] + (match["later"] or "")
        if not validity and ("有效" in text or "行期" in text):
            for sentence in re.split("[。；]", text):
                period = _VALIDITY.search(sentence)
                if period and _SELF.search(sentence):
                    validity = period["v"]
        if effective and validity:
            break
    return re.sub(r"\s+", "", effective), re.sub(r"\s+", "", validity)


def _attachments(paragraphs: Sequence[Paragraph], zones: Sequence[Zone]) -> tuple[str, ...]:
    names: list[str] = []
    for paragraph, zone in zip(paragraphs, zones, strict=True):
        if zone is not Zone.NOTE or len(paragraph.text) > 4 * limits.MAX_HEAD_LINE:
            continue
        text = (
            labels.ATTACHMENT.sub("", paragraph.text, count=1)
            if labels.ATTACHMENT.match(paragraph.text)
            else paragraph.text
        )
        names.extend(name.strip(" \t\u3000；;。") for name in _ITEM_NUMBER.split(text) if name.strip(" \t\u3000；;。"))
    return tuple(names)


def _head_line(line: str, head: _Head, zone: Zone, in_front: bool) -> None:
    if match := _SECRECY.match(line):
        head.secrecy = head.secrecy or match["s"]
        return
    if _URGENCY.match(line) or _COPY_NUMBER.match(line) or _SIGNER.match(line):
        return
    number = _NUMBER.match(line)
    if number is not None and not in_front and number.end() < len(line):
        number = None  # 依据〔2025〕第12号文件… in the text
    if number and len(line) - number.end() < 30 and not head.number:
        head.number = number["number"]
        rest = line[number.end() :].strip()
        if not rest and in_front and not head.title and not head.mark and OWN_NUMBER.search(line):
            head.title.append(line)
        if not rest or _SIGNER.match(rest):
            return
    if head.done:
        return
    if _BARE_NUMBER.match(line) and head.mark:
        head.number = head.number or head.mark_number + re.sub(r"\s", "", line)
        return
    if not in_front:
        head.done = head.done or (zone is Zone.BODY and bool(head.title))
        return
    mark = _MARK.match(line)
    if mark and not head.title and "关于" not in line and (mark["what"] == "文件" or _is_organ(mark["issuer"])):
        head.mark = head.mark or mark["issuer"].strip()
        head.mark_number = line
        if mark["what"] != "文件":
            head.title.append(line)
        return
    if is_addressees(line):
        if not head.addressees and head.title:
            head.addressees = line.rstrip("：: ")
            head.done = True
        return
    if line.startswith(("（", "(")) and head.title:
        if stage := _STAGE.search(line):
            head.stage = head.stage or stage["stage"]
        elif _finished(head.title):
            return
        else:
            head.title.append(line)
        return
    if is_date_line(line):
        return
    if zone is Zone.TITLE and (not head.title or not _finished(head.title)):
        head.title.append(line)
