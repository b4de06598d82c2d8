"""Finds every citation of a text in one pass from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..corpora.statutes import Catalogue, catalogue
from ..corpora.statutes.keys import title_key
from . import numbers
from .clauses import NUM, WS, arabic, clauses, point
from .model import Citation, ClauseRef, Kind, Number, Role, Warn
from .roles import BOUNDARY, after, before
from .titles import Title, edition_year, read_title, unmarked_after, unmarked_before

_SELF = "(?:实施|管理|暂行|试行|工作)?(?:条例|办法|规定|细则|规则|决定|意见|通知|方案|制度|指南|指引|规范|标准|规程|准则|公告|通告|目录|清单|措施|法|章程|纲要|规划|计划)"
# One alternation that begins with literal characters, so that the scan skips all others at C speed.
_TOKEN = re.compile(
    rf"(?P<title>《)"
    rf"|(?P<unit>第{WS}(?:[（(]{WS})?[〇○零一二两三四五六七八九十百千廿卅0-9０-９])"
    rf"|(?P<open>[〔\[(（【﹝［]{WS}[0-9０-９]{{2,4}})"
    rf"|(?P<order>令{WS}(?:[〔\[(（【﹝［][0-9]{{4}}[〕\])）】﹞］])?{WS}第?{WS}[0-9０-９〇零一二三四五六七八九十百]+{WS}号)"
    rf"|(?P<backward>[0-9０-９]{{1,5}}号令)"
    rf"|(?P<year>[12][0-9]{{3}}年(?:[\u4e00-\u9fff]{{1,8}}[发字函规办通])?第?[0-9]{{1,5}}号)"
    rf"|(?P<back>前(?:[一二两三四五六七八九十]{{0,2}})(?:款(?!项|式)|条(?!件|例)|项(?!目)))"
    rf"|(?P<this>本(?:{_SELF}|条|款(?!项)|项(?!目)|章(?!程)|节|编))"
    rf"|(?P<same>[该同](?:法(?!院|律|规(?!定)|人|定)|条例|办法|规定|决定|条(?!件|例)|款(?!项)))"
    rf"|(?P<attachment>附件{WS}[0-9０-９一二三四五六七八九十]{{1,3}})"
    rf"|(?P<standard>(?:GB|DB|HJ|JGJ|CJJ|GA|JT|TB|NY|LY|SL|YY|WS|HG|QC|SB|CJ|JG|MZ|RB|SN|DA|LD|SJ|YD|GY|AQ|XF|TSG|JJF|JJG|T)[\d/／ ])"
    rf"|(?P<odd>(?:<<|〈|«|‹)[\u4e00-\u9fff])"
    rf"|(?P<marker>(?:根据|依据|依照|按照|违反|参照|适用|符合|和|、)(?=[\u4e00-\u9fff]{{1,38}}(?:法|条例|法典)))"
    rf"|(?P<section>§)"
)
_HEADING_AFTER = re.compile(r"[ \t\u3000\u00a0]|[^规所的第、和至款项以及或与之—－-]")
_UNIT_AFTER = re.compile(
    r"规定|所|的|、|和|及|至|与|或|，|。|；|）|\)|中|情形|要求|内容|执行|办理|条件|进行|予以|处理|$|\n|之|以外|前款"
)
_REFERS = re.compile(r"(?:根据|依据|依照|按照|违反|参照|适用|符合|有|除|因|见|执行|至|对|将|以及|和|、|与|或者|在)$")
_PAREN = re.compile(r"[ \t\u3000]*[（(]")
_ALIAS = re.compile(
    r"(?:以下|下文|下|本文)?(?:统一)?(?:均)?(?:简称|合称|统称|下称)(?:为|：|:)?[《“\"『「〈]?([\u4e00-\u9fffA-Za-z0-9（）()]{1,30}?)[》”\"』」〉]?$"
)
_NUMBERISH = re.compile(r"令|号|(?:19|20)\d\d|简称|下称|合称|统称")
_OPEN_LIST = re.compile(r"[ ]?等")
_LINK = re.compile(r"[ \t\u3000]*(?:的|中的?|之|规定的)?[ \t\u3000]*(?=第|§|附件)")
_LINE_START = re.compile(r"\n[ \t\u3000\u00a0]*$")
_SPACES = " \t\u3000\u00a0"


def find(text: str, *, known: Catalogue | None = None) -> list[Citation]:
    """The citations of `text` in reading order. Offsets are code points, half-open.

    Lines are paragraphs: a 第三条 that opens a line is that line's own number, no citation. Abbreviations (以下简称) declared
    anywhere in `text` count for the whole of it. `known` tells which titles without marks are statutes' (default: the
    shipped catalogue).
    """
    return _Finder(text, known or catalogue()).run()


@dataclass(slots=True)
class _Finder:
    text: str
    known: Catalogue
    out: list[Citation] = field(default_factory=list)
    end: int = 0
    role: Role | None = None
    antecedent: Citation | None = None
    aliases: dict[str, str] = field(default_factory=dict)

    def run(self) -> list[Citation]:
        text = self.text
        at = 0
        search = _TOKEN.search
        while found := search(text, at):
            kind = str(found.lastgroup)
            made = _READERS[kind](self, found)
            if made:
                for one in made:
                    self._add(one)
                at = max(self.end, found.start() + 1)
            else:
                at = found.start() + 1 if kind not in ("marker", "standard") else found.end()
        return self._finish()

    def _add(self, one: Citation) -> None:
        gap = self.text[max(self.end, one.start - 120) : one.start]
        if one.start - self.end > 120:
            self.role = None
        self.role = before(gap, self.role)
        self.out.append(replace(one, role=self.role or Role.MENTION) if self.role else one)
        self.end = one.end
        if one.kind is Kind.TITLED:
            self.antecedent = one
        if one.alias:
            self.aliases.setdefault(title_key(one.alias), one.title)

    def _finish(self) -> list[Citation]:
        """Roles once more in the light of what follows, quotations, and declared abbreviations."""
        text, tail = self.text, ""
        done: list[Citation] = []
        following = len(text)
        for i in range(len(self.out) - 1, -1, -1):
            one = self.out[i]
            gap = text[one.end : min(following, one.end + 100)]
            if following - one.end > 100 or "。" in gap or "\n" in gap or "；" in gap:
                tail = gap
            else:
                tail = (gap + tail)[:140]
            following = one.start
            role: Role | None = one.role
            if "“" in text and _quoted(text, one.start):
                one = replace(one, quoted=True)
            if one.kind in (Kind.TITLED, Kind.NUMBERED, Kind.STANDARD):
                role = Role.MENTION if one.quoted else after(tail, role)
                if role in (Role.BASIS, Role.MENTION) and _amends(one, tail):
                    role = Role.MENTION
                full = self.aliases.get(one.key) if not one.alias else None
                if full and full != one.title:
                    one = replace(one, alias_of=full, key=title_key(full))
                if role is not one.role:
                    one = replace(one, role=role)
            done.append(one)
        done.reverse()
        return done

    # One reader for each kind of token: the citations that begin there, or none.

    def _title(self, found: re.Match[str]) -> list[Citation]:
        title = read_title(self.text, found.start())
        return self._titled(title) if title else []

    def _odd(self, found: re.Match[str]) -> list[Citation]:
        title = read_title(self.text, found.start())
        if title is None or not (title_key(title.text) in self.known or title.text.endswith(("法", "条例"))):
            return []
        return self._titled(title)

    def _titled(self, title: Title, lead: Number | None = None, warned: tuple[Warn, ...] = ()) -> list[Citation]:
        text = self.text
        end = title.end
        warnings: list[Warn] = [*warned, *title.warnings]
        found: list[Number] = [lead] if lead else []
        edition, alias = edition_year(title.text), ""
        while paren := _PAREN.match(text, end):
            close = _closing(text, paren.end() - 1)
            if close < 0:
                break
            inner_start, inner = paren.end(), text[paren.end() : close]
            if not _NUMBERISH.search(inner) and inner not in ("试行", "暂行"):
                break
            got = self._inside(inner_start, close, warnings)
            found.extend(got)
            declared = _declared(inner)
            alias = alias or declared
            year = edition_year(f"（{inner}）")
            edition = edition or year
            if not (got or declared or year or inner in ("试行", "暂行")):
                break
            end = close + 1
        if not found and end < len(text):
            behind = self._number_behind(end, warnings)
            if behind:
                found.append(behind)
                end = behind.end
        open_list = _OPEN_LIST.match(text, end) is not None
        refs: list[ClauseRef] = []
        if lead and lead.key.startswith(("#GB", "#DB", "#HJ")):
            refs, end = point(text, end)
        if not refs:
            link = _LINK.match(text, end)
            refs, stop = clauses(text, link.end()) if link else ([], end)
            end = stop if refs else end
        if refs and arabic(text, refs):
            warnings.append(Warn.ARABIC)
        start = lead.start if lead else title.start
        issuer = "" if lead else _issuer_before(text, title.start, self.end)
        return [
            Citation(
                start,
                end,
                text[start:end],
                Kind.TITLED,
                Role.MENTION,
                title.text,
                title_key(title.text),
                title.text_start,
                title.text_end,
                tuple(found),
                tuple(refs),
                edition,
                issuer,
                title.nested,
                open_list,
                alias,
                warnings=tuple(dict.fromkeys(warnings)),
            )
        ]

    def _inside(self, start: int, end: int, warnings: list[Warn]) -> list[Number]:
        """The numbers within a parenthesis after a title."""
        got: list[Number] = []
        at = start
        while (token := _TOKEN.search(self.text, at, end)) and len(got) < 6:
            made = None
            if token.lastgroup == "open":
                made = numbers.document_number(self.text, token.start(), max(at, start))
            elif token.lastgroup in ("order", "backward", "unit"):
                made = numbers.order(self.text, token.start(), max(at, start))
            elif token.lastgroup == "year":
                made = numbers.year_form(self.text, token.start(), max(at, start))
            elif token.lastgroup == "standard" and (one := numbers.standard(self.text, token.start())):
                made = (one, [])
            if made and made[0].end <= end:
                got.append(made[0])
                warnings.extend(made[1])
                at = made[0].end
            else:
                at = token.start() + 1
        return got

    def _number_behind(self, at: int, warnings: list[Warn]) -> Number | None:
        """A number written straight after the title, without parentheses."""
        found = re.compile(r"[ ]?[\u4e00-\u9fffA-Z]{1,14}[〔\[【﹝［][0-9]{2,4}").match(self.text, at)
        if found is None or self.text[at] in "第和及与、":
            return None
        open_at = max(found[0].rfind(mark) for mark in "〔[【﹝［") + at
        made = numbers.document_number(self.text, open_at, at)
        if made is None or made[0].start > at + 1:
            return None
        warnings.extend(made[1])
        return made[0]

    def _numbered(self, made: tuple[Number, list[Warn]] | None) -> list[Citation]:
        if made is None:
            return []
        number, warnings = made
        text = self.text
        at = number.end
        while at < len(text) and text[at] in _SPACES:
            at += 1
        if text.startswith("《", at) and (title := read_title(text, at)):
            return self._titled(title, number, tuple(warnings))
        kind = Kind.STANDARD if number.key.startswith("#") and number.n == 0 else Kind.NUMBERED
        end = number.end
        if kind is Kind.STANDARD:
            refs, end = point(text, end)
        else:
            link = _LINK.match(text, end) or re.compile(r"(?:号)?文件?(?=第)").match(text, end)
            refs, stop = clauses(text, link.end()) if link else ([], end)
            end = stop if refs else end
        return [
            Citation(
                number.start,
                end,
                text[number.start : end],
                kind,
                Role.MENTION,
                numbers=(number,),
                clauses=tuple(refs),
                open=_OPEN_LIST.match(text, end) is not None,
                warnings=tuple(warnings),
            )
        ]

    def _open(self, found: re.Match[str]) -> list[Citation]:
        return self._numbered(numbers.document_number(self.text, found.start(), self.end))

    def _order(self, found: re.Match[str]) -> list[Citation]:
        return self._numbered(numbers.order(self.text, found.start(), self.end))

    def _year(self, found: re.Match[str]) -> list[Citation]:
        return self._numbered(numbers.year_form(self.text, found.start(), self.end))

    def _standard(self, found: re.Match[str]) -> list[Citation]:
        at = found.start()
        if at and (self.text[at - 1].isascii() and self.text[at - 1].isalnum()):
            return []
        made = numbers.standard(self.text, at)
        return self._numbered((made, [])) if made else []

    def _unit(self, found: re.Match[str]) -> list[Citation]:
        text, at = self.text, found.start()
        refs, end = clauses(text, at)
        if not refs:
            made = numbers.order(text, at, self.end) if numbers.ORDER_BACKWARD.match(text, at) else None
            return self._numbered(made)
        line_start = _LINE_START.search(text[max(0, at - 8) : at]) is not None or (at < 8 and not text[:at].strip())
        first = refs[0]
        if line_start and not self._refers_at_line_start(refs, end):
            return []
        if not line_start and at and (title := unmarked_before(text, at, self.end, self._is_title)):
            return self._unmarked(title, refs, end)
        if (
            at
            and re.match(r"[法例典章则]|办法|规定|规则", text[at - 1])
            and text[at - 1] != "则"
            and not _REFERS.search(text[max(0, at - 4) : at])
        ):
            return []
        if first.heads and not re.search(r"(?:根据|依据|依照|按照|违反|适用|见|和|、)$", text[max(0, at - 3) : at]):
            return []
        bracketed = re.match(rf"第{WS}[（(]", text[at : at + 4]) is not None
        deep = (
            first.article is not None and (first.paragraph or first.item) or bracketed or first.until or len(refs) > 1
        )
        if not deep and not (_UNIT_AFTER.match(text, end) or _REFERS.search(text[max(0, at - 4) : at])):
            return []
        if (
            first.article is None
            and not bracketed
            and not re.match(r"规定|所|的规定|情形|、第|和第|至第|的情形|内容|中", text[end : end + 4])
        ):
            return []
        warned = (Warn.ARABIC,) if arabic(text, refs) else ()
        return [Citation(at, end, text[at:end], Kind.INTERNAL, Role.MENTION, clauses=tuple(refs), warnings=warned)]

    def _refers_at_line_start(self, refs: list[ClauseRef], end: int) -> bool:
        first = refs[0]
        nested = first.paragraph is not None or first.item is not None or first.until is not None or len(refs) > 1
        if first.article is None:
            return first.item is not None and bool(re.match(r"规定|所|的", self.text[end : end + 2]))
        return nested or bool(re.match(r"规定|所称|所列|的规定|中的|情形", self.text[end : end + 4]))

    def _unmarked(self, title: Title, refs: list[ClauseRef], end: int) -> list[Citation]:
        made = self._titled(title)
        if not made:
            return []
        return [one for one in made if one.end >= end] or made

    def _is_title(self, key: str) -> bool:
        return key in self.known or key in self.aliases

    def _marker(self, found: re.Match[str]) -> list[Citation]:
        if found[0] in ("和", "、") and not (
            self.out and self.out[-1].end == found.start() and self.out[-1].kind is Kind.TITLED
        ):
            return []
        title = unmarked_after(self.text, found.end(), self.known)
        return self._titled(title) if title else []

    def _back(self, found: re.Match[str]) -> list[Citation]:
        text, at = self.text, found.start()
        if at and text[at - 1] in "之此以目当事日年月天生提空先往从":
            return []
        word = found[0]
        counted = word[1:-1]
        if counted and not re.match(r"规定|所|的|中|、|和|情形|行为|以外|第", text[found.end() : found.end() + 2]):
            return []
        from ..numerals import parse

        distance = parse(counted) or 1 if counted else 1
        return self._relative(found, word, distance)

    def _this(self, found: re.Match[str]) -> list[Citation]:
        word = found[0]
        text, end = self.text, found.end()
        if word[1:] in ("条", "款", "项", "章", "节", "编"):
            return self._relative(found, word, 0)
        refs_follow = re.compile(rf"(?:的|中)?第{WS}[（(]?{NUM}|(?:的)?(?:有关|相关)?规定|附件").match(text, end)
        marked = re.search(
            r"(?:根据|依据|依照|按照|违反|参照|适用|符合)$", text[max(0, found.start() - 2) : found.start()]
        )
        return self._relative(found, word, 0) if refs_follow or marked else []

    def _same(self, found: re.Match[str]) -> list[Citation]:
        word, text = found[0], self.text
        short = word[1:] in ("条", "款")
        if not re.compile(rf"第{WS}[（(]?{NUM}|(?:的)?规定|所称|所列").match(text, found.end()):
            return []
        if word[0] == "同" and (short or (found.start() and text[found.start() - 1] in "不相共合陪会如")):
            return []
        made = self._relative(found, word, 0)
        if short or self.antecedent is None:
            return made
        return [replace(one, title=self.antecedent.title, key=self.antecedent.key) for one in made]

    def _relative(self, found: re.Match[str], word: str, distance: int) -> list[Citation]:
        text = self.text
        refs, end = clauses(text, found.end())
        if not refs:
            end = found.end()
            link = re.compile(r"(?:的|中的?)?(?=第)").match(text, end)
            if link and link.end() > end:
                refs, stop = clauses(text, link.end())
                end = stop if refs else end
        start = found.start()
        return [
            Citation(
                start,
                end,
                text[start:end],
                Kind.RELATIVE,
                Role.MENTION,
                clauses=tuple(refs),
                relative=word,
                distance=distance,
            )
        ]

    def _attachment(self, found: re.Match[str]) -> list[Citation]:
        text, at = self.text, found.start()
        if at == 0 or text[at - 1] == "\n":
            return []
        return [Citation(at, found.end(), found[0], Kind.ATTACHMENT, Role.MENTION)]

    def _section(self, found: re.Match[str]) -> list[Citation]:
        return []


def _quoted(text: str, at: int) -> bool:
    """Whether `at` stands within “ ” that open in the same line, at most 300 characters before."""
    floor = max(text.rfind("\n", max(0, at - 300), at), at - 300, 0)
    opened = text.rfind("“", floor, at)
    return opened >= 0 and text.rfind("”", opened, at) < 0


def _amends(one: Citation, tail: str) -> bool:
    """根据…《关于修改部分法律的决定》第一次修正: the history of a text, not its basis."""
    return ("关于修改" in one.title or "修正案" in one.title or "关于废止" in one.title) and bool(
        re.match(r"[^。；\n]{0,10}(?:修正|修订|修改)", tail)
    )


def _declared(inner: str) -> str:
    found = _ALIAS.search(inner)
    return found[1] if found else ""


def _closing(text: str, open_at: int) -> int:
    """The index of the parenthesis that closes the one at `open_at`, at most 160 characters on; -1 if there is none."""
    depth = 0
    for i in range(open_at, min(len(text), open_at + 160)):
        char = text[i]
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth -= 1
            if depth == 0:
                return i
        elif char == "\n":
            return -1
    return -1


_ISSUER_BEFORE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}(?:办公厅|办公室|委员会|委办|政府办|党委|市委|县委|省委|中央|国务院|人民政府|政府|部|委|局|厅|办|会)[、和]?){1,6}(?:联合)?(?:关于|印发|下发|出台|制定的|发布的|的)?$"
)


def _issuer_before(text: str, at: int, floor: int) -> str:
    window = text[max(floor, at - 40) : at]
    cut = max((m.end() for m in BOUNDARY.finditer(window)), default=0)
    from .roles import MARKER

    for marker in MARKER.finditer(window, cut):
        cut = marker.end()
    found = _ISSUER_BEFORE.search(window, cut)
    return (
        re.sub(r"(?:联合)?(?:关于|印发|下发|出台|制定的|发布的|的)$", "", found[0])
        if found and found.start() == cut
        else ""
    )


_READERS = {
    "title": _Finder._title,
    "unit": _Finder._unit,
    "open": _Finder._open,
    "order": _Finder._order,
    "backward": _Finder._order,
    "year": _Finder._year,
    "back": _Finder._back,
    "this": _Finder._this,
    "same": _Finder._same,
    "attachment": _Finder._attachment,
    "standard": _Finder._standard,
    "odd": _Finder._odd,
    "marker": _Finder._marker,
    "section": _Finder._section,
}


def titles(text: str) -> Iterator[Citation]:
    """Only the citations that name an instrument, by title or number."""
    return (one for one in find(text) if one.kind in (Kind.TITLED, Kind.NUMBERED, Kind.STANDARD))
