"""A reader of comments that shares nothing with the writer, and findings planted at random spans."""

from __future__ import annotations

import io
import posixpath
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree

from legalcheck import Draft, Finding, Ground, Location, Report, Severity
from legalcheck.document import read
from legalcheck.document.model import Part

AUTHOR = "合法性审核"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
DAY = date(2026, 11, 23)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ONE = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# not on the page, or not in the line of the paragraph
_PASSED = {
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "sdtPr", "rt", "Fallback",
    "txbxContent", "tblPr", "trPr", "tcPr", "txBody", "customXmlPr", "smartTagPr", "sdtEndPr",
}  # fmt: skip


@dataclass
class Comment:
    """A comment as a Word user meets it: its lines, and the words it is on with all that stands before them."""

    author: str
    date: str
    lines: list[str]
    words: str = ""
    before: str = ""
    marks: list[str] = field(default_factory=list)

    @property
    def quoted(self) -> str | None:
        """The words it quotes because it does not stand on them."""
        line = next((line for line in self.lines if line.startswith("原文")), None)
        return None if line is None else line[line.index("“") + 1 : line.rindex("”")]


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def main_part(members: dict[str, bytes]) -> str:
    for link in etree.fromstring(members["_rels/.rels"]):
        if (link.get("Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((link.get("Target") or "").lstrip("/"))
    raise AssertionError("no main part")


def comments_part(members: dict[str, bytes]) -> str:
    main = main_part(members)
    folder, base = posixpath.split(main)
    links = members.get(posixpath.join(folder, "_rels", base + ".rels"), b"<none/>")
    for link in etree.fromstring(links):
        if (link.get("Type") or "").endswith("/comments"):
            target = link.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return ""


def comments(data: bytes) -> list[Comment]:
    """All comments of a file in the order of the comments part, with their ranges in the body."""
    members = parts(data)
    part = comments_part(members)
    if not part or part not in members:
        return []
    found: dict[str, Comment] = {}
    for element in etree.fromstring(members[part]):
        identity = attribute(element, "id") or ""
        lines = ["".join(t.text or "" for t in p.iter() if local(t) == "t") for p in element if local(p) == "p"]
        twin = found.get(identity)
        assert twin is None or twin.author != AUTHOR, "a comment took another's id"
        found[identity] = Comment(attribute(element, "author") or "", attribute(element, "date") or "", lines)
    text = ""
    starts: dict[str, int] = {}
    for kind, value in _stream(etree.fromstring(members[main_part(members)]), _hiding_styles(members)):
        if kind == "text":
            text += value
        elif value in found:
            found[value].marks.append(kind)
            if kind == "commentRangeStart":
                starts[value] = len(text)
            elif kind == "commentRangeEnd":
                found[value].words, found[value].before = text[starts[value] :], text[: starts[value]]
    return list(found.values())


def _hiding_styles(members: dict[str, bytes]) -> set[str]:
    found = set()
    for name, data in members.items():
        if name.lower().endswith("styles.xml"):
            for style in etree.fromstring(data):
                if any(_vanish(child) for child in style if local(child) == "rPr"):
                    found.add(attribute(style, "styleId") or "")
    return found


def _vanish(properties: etree._Element) -> bool | None:
    for item in properties:
        if local(item) == "vanish":
            return attribute(item, "val") not in ("0", "false", "off")
    return None


def _stream(root: etree._Element, hiding: set[str]) -> Iterator[tuple[str, str]]:
    """The visible text of the main story, in pieces, and the marks of comments between them."""
    fields: list[bool] = []  # of each open field: still in its code

    def style(properties: etree._Element, name: str) -> bool:
        return any(attribute(item, "val") in hiding for item in properties if local(item) == name)

    def hides(run: etree._Element, by_paragraph: bool) -> bool:
        for properties in run:
            if local(properties) == "rPr":
                own = _vanish(properties)
                return own if own is not None else by_paragraph != style(properties, "rStyle")
        return by_paragraph

    def walk(element: etree._Element, hidden: bool, by_paragraph: bool) -> Iterator[tuple[str, str]]:
        for child in element:
            name = local(child)
            if name.startswith("commentR"):
                yield name, attribute(child, "id") or ""
            elif name == "fldChar":
                kind = attribute(child, "fldCharType")
                if kind == "begin":
                    fields.append(True)
                elif kind == "separate" and fields:
                    fields[-1] = False
                elif kind == "end" and fields:
                    fields.pop()
            elif name in _PASSED:
                continue
            elif name == "t" or name in _ONE:
                if not hidden and not any(fields):
                    yield "text", _ONE.get(name) or shown(child)
            elif name == "p":
                hiding_style = any(style(item, "pStyle") for item in child if local(item) == "pPr")
                yield from walk(child, False, hiding_style)
            else:
                yield from walk(child, hidden or (name == "r" and hides(child, by_paragraph)), by_paragraph)

    yield from walk(root, False, False)


def shown(t: etree._Element) -> str:
    """What a w:t shows: without xml:space="preserve" the white space at its ends is trimmed (17.3.3.31)."""
    text = t.text or ""
    space = next((a.get(_XML_SPACE) for a in (t, *t.iterancestors()) if a.get(_XML_SPACE)), None)
    return (text if space == "preserve" else text.strip("\t\n\r ")).replace("\n", " ")


def canonical(data: bytes) -> bytes:
    """The main part without our comments, with neighbouring runs of the same properties made one: what is seen."""
    members = parts(data)
    part = comments_part(members)
    ours = set()
    if part in members:
        ours = {attribute(c, "id") for c in etree.fromstring(members[part]) if attribute(c, "author") == AUTHOR}
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    root = etree.fromstring(members[main_part(members)], parser)
    for element in list(root.iter()):
        if local(element) in ("commentRangeStart", "commentRangeEnd") and attribute(element, "id") in ours:
            _drop(element)
        elif local(element) == "commentReference" and attribute(element, "id") in ours:
            run = element.getparent()
            assert run is not None
            assert [local(child) for child in run] in (["commentReference"], ["rPr", "commentReference"])
            _drop(run)
    for run in list(root.iter()):
        if local(run) == "r":
            _merge(run)
    for t in root.iter():
        if local(t) == "t" and "wordprocessingml" in str(t.tag):
            text = shown(t)
            t.attrib.pop(_XML_SPACE, None)
            t.text = text
    for run in list(root.iter()):
        if local(run) == "r":
            _join_texts(run)
    return etree.tostring(root, method="c14n")


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _merge(run: etree._Element) -> None:
    """Take the runs that follow into this one, as long as their properties are the same."""
    if run.getparent() is None:
        return
    while True:
        following = run.getnext()
        if following is None or local(following) != "r" or (run.tail or "").strip():
            return
        if dict(run.attrib) != dict(following.attrib) or _properties(run) != _properties(following):
            return
        for child in list(following):
            if local(child) != "rPr":
                run.append(child)
        _drop(following)


def _properties(run: etree._Element) -> bytes:
    return b"".join(
        etree.tostring(child, method="c14n", exclusive=True, with_tail=False) for child in run if local(child) == "rPr"
    )


def _join_texts(run: etree._Element) -> None:
    for t in list(run):
        before = t.getprevious()
        if local(t) == "t" and before is not None and local(before) == "t" and not (before.tail or "").strip():
            before.text = (before.text or "") + (t.text or "")
            _drop(t)


@dataclass
class Verdict:
    """How an annotated copy stands to its draft: `wrong` says what is not as it must be, the rest counts comments."""

    wrong: list[str] = field(default_factory=list)
    exact: int = 0  # on their very words, the text before them the same
    widened: int = 0  # on the formula, field … that holds the words, which they quote
    elsewhere: int = 0  # at the text box, note reference or title, quoting the words


def check(report: Report, draft: bytes, copy: bytes) -> Verdict:
    """Compare a copy with the draft it was made from and the findings it was made of."""
    verdict = Verdict()
    if read(copy).paragraphs != report.draft.paragraphs:
        verdict.wrong.append("the reader gives another text")
    if canonical(copy) != canonical(draft):
        verdict.wrong.append("text or formatting of the main part differ")
    verdict.wrong += _other_parts(draft, copy)
    there, before = comments(copy), comments(draft)
    if [c for c in there if c.author != AUTHOR] != before:
        verdict.wrong.append("comments that were there have changed")
    ours = [c for c in there if c.author == AUTHOR]
    if len(ours) != len(report.findings):
        verdict.wrong.append(f"{len(ours)} comments for {len(report.findings)} findings")
        return verdict
    for finding, comment in zip(report.findings, ours, strict=True):
        if sorted(comment.marks) != ["commentRangeEnd", "commentRangeStart", "commentReference"]:
            verdict.wrong.append(f"{finding.rule}: marks {comment.marks}")
        elif finding.location.paragraph is not None:
            _place(report.draft, finding, comment, verdict)
    return verdict


def _place(draft: Draft, finding: Finding, comment: Comment, verdict: Verdict) -> None:
    paragraph = draft.paragraphs[finding.location.paragraph or 0]
    words = paragraph.text[finding.location.start : finding.location.end]
    in_line = paragraph.origin.part in (Part.BODY, Part.TABLE)
    quoted = comment.quoted
    if quoted is None:
        earlier = "".join(
            p.text for p in draft.paragraphs[: paragraph.index] if p.origin.part in (Part.BODY, Part.TABLE)
        )
        before = _plain(earlier + paragraph.text[: finding.location.start])
        verdict.exact += 1
        if not in_line or _plain(comment.words) != _plain(words):
            verdict.wrong.append(f"{finding.rule}: on {comment.words!r}, not {words!r}")
        elif _plain(comment.before)[-_CONTEXT:] != before[-_CONTEXT:]:
            verdict.wrong.append(f"{finding.rule}: on the right words in another place")
    elif "".join(quoted.split()) not in "".join(words.split()):
        verdict.wrong.append(f"{finding.rule}: quotes {quoted!r}, not {words!r}")
    else:
        verdict.widened += in_line
        verdict.elsewhere += not in_line


_CONTEXT = 30  # characters: that the words are those at this place, not the same ones elsewhere

# what the reader above does not know: symbols, and the faces of form fields
_UNKNOWN = re.compile("[\\s\u2190-\u2bff\uf000-\uf0ff\u00a0-\u00bf\u00d7\u00f7\u0370-\u03ff]|\\[[^\\]]*\\]?")


def _plain(text: str) -> str:
    return _UNKNOWN.sub("", text)


def _other_parts(draft: bytes, copy: bytes) -> list[str]:
    """Everything but the main part, the comments and what points to them is copied byte for byte."""
    old, new = parts(draft), parts(copy)
    free = {main_part(old), comments_part(new), "[Content_Types].xml"}
    free |= {name for name in new if name.endswith(".rels") and posixpath.basename(main_part(old)) in name}
    return [f"{name} has changed" for name in {*old, *new} - free if old.get(name) != new.get(name)]


def plant(draft: Draft, seed: object, count: int = 8) -> Report:
    """A report with findings at random spans of every kind of story, and one on the whole draft."""
    chance = random.Random(f"{seed}")
    chosen = list(draft.paragraphs)
    chance.shuffle(chosen)
    first_of_part = {p.origin.part: p for p in chosen if p.text}
    chosen = [p for p in chosen if p.text][:count]
    chosen += [p for p in first_of_part.values() if p not in chosen]
    found = [finding(0, Location())]
    for number, paragraph in enumerate(sorted(chosen, key=lambda p: p.index), 1):
        start = chance.randrange(len(paragraph.text))
        end = chance.randint(start + 1, min(len(paragraph.text), start + chance.choice((3, 10, 60))))
        place = Location("", paragraph.index, start, end, part=paragraph.origin.part)
        found.append(finding(number, place, paragraph.text[start:end]))
    return report(draft, *found)


def finding(number: int, place: Location, quote: str = "") -> Finding:
    return Finding(
        f"PLANT-{number:03}", "植入的问题", "form", Severity.MINOR, f"第{number}处<问题>&", "建议删去。",
        (Ground("《行政许可法》第十四条", "行政许可法", "", "第十四条"),), "verified", quote, (), (), place,
    )  # fmt: skip


def report(draft: Draft, *findings: Finding) -> Report:
    return Report(draft, DAY, "0", {}, "", "", findings)


def shown_by_libreoffice(files: Sequence[bytes], folder: Path) -> list[int | None]:
    """For every file how many of our comments LibreOffice shows; None where it does not open it."""
    for number, data in enumerate(files):
        (folder / f"{number}.docx").write_bytes(data)
    subprocess.run(
        [
            SOFFICE or "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "odt", "--outdir", str(folder / "odt"),
            *(str(folder / f"{number}.docx") for number in range(len(files))),
        ],
        check=False, capture_output=True, timeout=300,
    )  # fmt: skip
    found: list[int | None] = []
    for number in range(len(files)):
        opened = folder / "odt" / f"{number}.odt"
        if not opened.exists():
            found.append(None)
            continue
        content = etree.fromstring(parts(opened.read_bytes())["content.xml"])
        creators = [e.text for e in content.iter() if local(e) == "creator" and local(e.getparent()) == "annotation"]
        found.append(creators.count(AUTHOR))
    return found
