"""Reads the facts out of a statute's full text: its title, dates, number of articles and chapters. No sentence is
kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct

from ...errors import CorpusError
from ...numerals import parse
from .model import StatuteLevel

LARGEST = 20_000_000  # bytes: the longest law has well under one million
_NUM = "[〇○零一二两三四五六七八九十百千0-9]{1,10}"
_ARTICLE = re.compile(rf"第\s*({_NUM})\s*条(?:之([一二三四五六七八九十]{{1,3}}))?(?![例款件])")
_HEAD = re.compile(rf"(第\s*{_NUM}\s*(编|分编|章|节))[\s　]*([^。；]{{0,40}})$")
_ITEM = re.compile(r"[（(][一二三四五六七八九十]{1,4}[)）]")
_SUBITEM = re.compile(r"\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳]")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_EFFECT = re.compile(r"自\s*(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|生效)")
_STEM_DATE = re.compile(r"[_(（\s]*((?:19|20)\d{2})-?(\d{2})-?(\d{2})[)）]?$")
_MARKUP = re.compile(r"\*\*|__|^#{1,6}\s*|^>\s*|<!--.*?-->")
_NUMBER = re.compile(
    r"(?:(?:中华人民共和国)?国务院|[\u4e00-\u9fff]{2,12}人民政府|[\u4e00-\u9fff]{1,2}(?:省|市)?府|[\u4e00-\u9fff]{2,14}(?:部|委员会|总局|局|署|银行))令(?:〔\d{4}〕)?第?\s*\d{1,4}\s*号"
)


class FullText(Struct, frozen=True):
    """The facts of one text."""

    title: str
    level: StatuteLevel
    version_date: date | None
    effective: date | None
    articles: int | None
    heads: tuple[tuple[str, int, int], ...]
    number: str = ""
    structure: str = ""


def read(path: Path) -> FullText:
    """The facts of the text file `path` (.txt, .md). Raises CorpusError with a Chinese reason where it has none."""
    return parse_text(read_lines(path), path.stem)


def read_lines(path: Path) -> list[str]:
    """The lines of `path` that are not blank, without markup. Raises CorpusError where there are none."""
    lines = [line for line in map(_clean, _without_front_matter(_lines(path))) if line]
    if not lines:
        raise CorpusError("文件中没有文字")
    return lines


def parse_text(lines: list[str], stem: str) -> FullText:
    """The facts of a text given as its lines; `stem` is the file's name, which often carries title and date.

    Raises CorpusError with a Chinese reason where the lines are no full text of a statute.
    """
    lines = [line for line in lines if line.strip()]
    if not lines:
        raise CorpusError("文件中没有文字")
    title, after = _title(lines, stem)
    articles, heads, last = _count(lines[after:])
    if not articles:
        raise CorpusError("没有找到“第一条”，不是按条编写的法规全文")
    header = "\n".join(lines[after : after + 12]).split("第一条")[0]
    days = [day for found in _DAY.finditer(header) if (day := _date(*found.groups()))]
    stamped = _STEM_DATE.search(stem)
    version = _date(*stamped.groups()) if stamped else max(days, default=None)
    effect = None
    for found in _EFFECT.finditer("\n".join(last)):
        effect = _date(*found.groups())
    number = _NUMBER.search(header)
    canonical = re.sub(r"\s", "", number[0]) if number else ""
    if canonical and "第" not in canonical and "〔" not in canonical:
        canonical = canonical.replace("令", "令第")
    if effect and version and effect < version:
        effect = version  # an amended text keeps the first date in its last article
    return FullText(
        title, _level(title, header), version, effect, articles, tuple(heads), canonical, structure(lines[after:])
    )


def _title(lines: list[str], stem: str) -> tuple[str, int]:
    named = _STEM_DATE.sub("", stem).strip()
    for count in (1, 2, 3):
        joined = re.sub(r"\s", "", "".join(lines[:count]))
        if named and joined == re.sub(r"\s", "", named):
            return joined, count
    first = re.sub(r"[\s　]", "", lines[0])
    if (
        re.search(r"[\u4e00-\u9fff]", first)
        and len(first) <= 80
        and not re.search(r"[。；：]", first)
        and not re.match(r"第.{1,4}[编章节条]", first)
    ):
        return first.strip("《》"), 1
    if re.search(r"[\u4e00-\u9fff]{3}", named):
        return named, 0
    raise CorpusError("看不出法规名称，请以法规名称作为首行或者文件名")


def _count(lines: list[str]) -> tuple[int, list[tuple[str, int, int]], list[str]]:
    """The highest article number reached in order, the chapters with their articles, and the last article's lines."""
    highest = 0
    heads: list[tuple[str, int]] = []
    last: list[str] = []
    for line in lines:
        if found := _ARTICLE.match(line):
            number = parse(found[1])
            # In order, with a small gap for what a damaged text lost; a citation at the start of a line breaks the
            # order.
            if highest == 0 and number is not None and number > 3:
                raise CorpusError("正文不从第一条开始，可能只是法规的一部分")
            if number is not None and highest < number <= highest + 3:
                highest = number
                last = [line]
                continue
            if number is not None and found[2] and number == highest:
                last = [line]
                continue
        elif (head := _HEAD.match(line)) and len(line) <= 50:
            name = "".join(head[1].split()) + " " + " ".join(head[3].split())
            heads.append((name.strip(), highest + 1))
            continue
        last.append(line)
    spans: list[tuple[str, int, int]] = []
    for index, (name, first) in enumerate(heads):
        following = (later for title, later in heads[index + 1 :] if _rank(title) <= _rank(name))
        end = next(following, highest + 1) - 1
        if end >= first:  # the table of contents gives empty spans
            spans.append((name, first, end))
    return highest, spans, last[-3:]


def structure(lines: list[str]) -> str:
    """The 款 and 项 of each article, "" where the text has gaps: ``0,0/0,5`` says that 第二条 has two 款 and 第三条
    one with five 项; ``+0`` is an inserted article (第三条之一)."""
    articles: list[list[int]] = []
    marks: list[str] = []
    number = sub = 0
    for line in lines:
        if found := _ARTICLE.match(line):
            n, inserted = parse(found[1]), (parse(found[2]) or 0) if found[2] else 0
            rest = line[found.end() :]
            if (n, inserted) in ((number + 1, 0), (number, sub + 1)) and (not rest or rest[0] in " \u3000\t*　"):
                number, sub = n or 0, inserted
                articles.append([0] if rest.strip(" \u3000\t*") else [])
                marks.append("+" if inserted else "")
                continue
            if n is not None and not inserted and n > number + 1 and (not rest or rest[0] in " \u3000"):
                return ""
        if not articles or _HEAD.match(line) or _SUBITEM.match(line):
            continue
        if _ITEM.match(line) and articles[-1]:
            articles[-1][-1] += 1
        elif line[-1:] in "。：；":
            articles[-1].append(0)
        else:
            return ",".join(m + "/".join(map(str, a)) for m, a in zip(marks, articles, strict=True)) if number else ""
    return ",".join(m + "/".join(map(str, a)) for m, a in zip(marks, articles, strict=True))


def _rank(head: str) -> int:
    return "编章节".find(head.split(" ")[0][-1])


def _level(title: str, header: str) -> StatuteLevel:
    local = re.match(r".{2,12}?(?:省|市|自治区|自治州|自治县|县|区)", title)
    if "全国人民代表大会" in header and not local:
        return StatuteLevel.LAW
    if "国务院令" in header or (
        "国务院" in header[:200] and not local and title.endswith(("条例", "规定", "办法", "细则"))
    ):
        return StatuteLevel.ADMIN_REGULATION
    if "人民代表大会" in header or (local and title.endswith("条例")):
        return StatuteLevel.LOCAL_REGULATION
    if re.search(r"人民政府令|府令|政府.{0,12}常务会议", header):
        return StatuteLevel.LOCAL_RULE
    if re.search(r"(?:部|委员会|总局|局|署|银行)令", header):
        return StatuteLevel.DEPT_RULE
    if title.endswith(("法", "法典")) and not title.endswith(("办法", "方法")):
        return StatuteLevel.LAW
    return (
        StatuteLevel.LOCAL_RULE
        if local and title.endswith(("办法", "规定")) and "令" in header
        else StatuteLevel.NORMATIVE
    )


def _without_front_matter(lines: Iterator[str]) -> Iterator[str]:
    """Markdown files may open with settings between two lines of dashes."""
    for number, line in enumerate(lines):
        if number == 0 and line.strip("\ufeff ") == "---":
            for inner in lines:
                if inner.strip() == "---":
                    break
            continue
        yield line


def _clean(line: str) -> str:
    return _MARKUP.sub("", line.strip().strip("\ufeff")).strip(" \t\u3000*")


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _lines(path: Path) -> Iterator[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError("文件无法打开") from error
    if len(data) > LARGEST:
        raise CorpusError("文件过大")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return iter(data.decode(encoding).splitlines())
        except UnicodeDecodeError:
            continue
    raise CorpusError("文字编码不是UTF-8或者GB18030")
