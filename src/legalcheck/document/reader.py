"""From a package to paragraphs: which parts are read, in which order.

Reading order: the body with its tables and text boxes, footnotes, endnotes, headers, footers. Notes are read where the
visible text refers to them, headers and footers where a section shows them, each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from ..errors import DocumentError, UnsafeDocumentError
from . import limits
from .body import Source, Walker
from .container import Package
from .drawings import drawn_lines
from .model import Paragraph, Part
from .names import DIAGRAM_IDS, Names, is_on, names_of
from .numbering import Numbering
from .styles import Styles
from .stylesheet import StyleSheet
from .xml import is_large, is_single_byte, parse, refuse_dtd, root_tag, stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_DIAGRAM = tuple(tag.rpartition("}")[0] + "}" for tag in DIAGRAM_IDS)
_WORD = "请用 Word 打开并修复后另存为 .docx 再试"


class Content(Struct, frozen=True):
    """What was read: the paragraphs, what could not be read (in Chinese), and, if asked for, where it came from.

    `sources` runs parallel to `paragraphs`; `roots` holds the parsed part of every story, by name.
    """

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]
    sources: tuple[list[Source], ...]
    roots: dict[str, etree._Element]


def read_package(
    package: Package, *, keep_sources: bool = False, roots: Mapping[str, etree._Element] | None = None
) -> Content:
    """Read every story of a package. `roots` gives parts that the caller has parsed already, by part name."""
    try:
        return _Reading(package, keep_sources, dict(roots or {})).run()
    except RecursionError:
        raise UnsafeDocumentError("文件中的元素嵌套过深，已拒绝读取；请用 Word 重新另存后再试。") from None
    except MemoryError:
        raise UnsafeDocumentError("文件过大，内存不足；请把文件拆分后再试。") from None


class _Reading:
    def __init__(self, package: Package, keep_sources: bool, roots: dict[str, etree._Element]) -> None:
        self._package = package
        self._keep = keep_sources
        self._roots = roots
        self._relationships = package.relationships(package.main)
        self._by_kind: dict[str, str] = {}
        for relationship in self._relationships.values():
            self._by_kind.setdefault(relationship.kind, relationship.target)

    def run(self) -> Content:
        package = self._package
        data = package.read(package.main)
        styles_part, numbering_part = self._part("styles"), self._part("numbering")
        styles_data = package.read(styles_part) if styles_part else b""
        hidden = says(b"vanish", data) or says(b"vanish", styles_data)
        numbered = bool(numbering_part) and (says(b"numId", data) or says(b"numId", styles_data))
        other_parts = self._other_stories()
        for other in other_parts.values():
            # notes, headers and footers are few and short; their own w:vanish and numbers count as well
            hidden = hidden or says(b"vanish", other)
            numbered = numbered or (bool(numbering_part) and says(b"numId", other))
        styles = Styles(StyleSheet(styles_data, styles_part) if styles_data else None)
        numbering_data = package.read(numbering_part) if numbering_part else b""
        if not numbered:  # not worth parsing, but a hostile part is refused all the same
            refuse_dtd(numbering_data, numbering_part)
        numbering = Numbering(parse(numbering_data, numbering_part) if numbered else None, styles)
        walker = Walker(styles, numbering, check_hidden=hidden, keep_sources=self._keep, diagram=self._diagram)

        n = self._walk_body(walker, data)
        del data
        shown = self._headers_and_footers(walker.sections, n)
        walker.sections.clear()  # they hold the body's tree
        self._notes_part("footnotes", walker.footnotes, Part.FOOTNOTE, walker, other_parts)
        self._notes_part("endnotes", walker.endnotes, Part.ENDNOTE, walker, other_parts)
        for part, kind in shown:
            story, names = self._root(part, other_parts.get(part))
            walker.walk(story, names, kind, part)
        return Content(
            tuple(walker.paragraphs),
            tuple(self._unread(walker)),
            tuple(walker.sources or ()),
            self._roots if self._keep else {},
        )

    def _walk_body(self, walker: Walker, data: bytes) -> Names:
        main = self._package.main
        broken = DocumentError(f"文件已损坏（主文档不是 Word 文稿）；{_WORD}。")
        # a field may end in another paragraph than it begins in: with fields the whole tree is wanted
        if not self._keep and main not in self._roots and is_large(data) and not says(b"fldChar", data):
            n = names_of(root_tag(data, main))
            if n is None:
                raise broken
            walker.walk(stream(data, main, n.body), n, Part.BODY, main)
            return n
        root, n = self._root(main, data)
        bodies = root.findall(n.body)
        if root.tag != n.document or not bodies:
            raise broken
        # one w:body is what the schema allows; where there are more, none is left unread
        walker.walk(bodies[0] if len(bodies) == 1 else chain.from_iterable(bodies), n, Part.BODY, main)
        return n

    def _part(self, kind: str) -> str:
        target = self._by_kind.get(kind, "")
        return target if target and self._package.has(target) else ""

    def _other_stories(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for relationship in self._relationships.values():
            if relationship.kind in ("footnotes", "endnotes", "header", "footer"):
                target = relationship.target
                if target not in found and self._package.has(target):
                    if len(found) >= limits.MAX_HEADER_PARTS:
                        raise UnsafeDocumentError("文件中的页眉页脚过多，已拒绝读取；请用 Word 重新另存后再试。")
                    found[target] = self._package.read(target)
        return found

    def _root(self, part: str, data: bytes | None = None) -> tuple[etree._Element, Names]:
        root = self._roots.get(part)
        if root is None:
            root = parse(data if data is not None else self._package.read(part), part)
            if self._keep:
                self._roots[part] = root
        n = names_of(str(root.tag))
        if n is None:
            raise DocumentError(f"文件已损坏（{part} 不是 WordprocessingML）；{_WORD}。")
        return root, n

    def _diagram(self, story: str, rid: str) -> tuple[str, tuple[str, ...]]:
        """The text of a SmartArt diagram: one line a point, in the order of its data part."""
        package = self._package
        relationships = self._relationships if story == package.main else package.relationships(story)
        relationship = relationships.get(rid)
        if relationship is None or relationship.kind != "diagramData" or not package.has(relationship.target):
            return "", ()
        lines: list[str] = []
        for body in package.parse(relationship.target).iter(*(d + "t" for d in _DIAGRAM)):
            lines.extend(drawn_lines(body))
        return relationship.target, tuple(line for line in lines if line)

    def _notes_part(self, kind: str, ids: list[str], part: Part, walker: Walker, data: dict[str, bytes]) -> None:
        name = self._part(kind)
        if not name or not ids:
            return
        root, n = self._root(name, data.get(name))
        notes: dict[str, tuple[etree._Element, int]] = {}
        element = 0
        for note in root:
            notes.setdefault(note.get(n.id, ""), (note, element))
            element += sum(1 for _ in note.iter(n.p))
        read: set[str] = set()
        for note_id in ids:  # grows while notes refer to further notes
            if note_id in notes and note_id not in read:
                read.add(note_id)
                note, first = notes[note_id]
                walker.walk(note, n, part, name, first)

    def _headers_and_footers(self, sections: list[etree._Element], n: Names) -> list[tuple[str, Part]]:
        even = self._even_and_odd()
        headers: dict[str, Part] = {}
        footers: dict[str, Part] = {}
        title_page = any(_title_page(section, n) for section in sections)
        for section in sections:
            for reference in section:
                if reference.tag == n.header_reference:
                    found, kind, part = headers, "header", Part.HEADER
                elif reference.tag == n.footer_reference:
                    found, kind, part = footers, "footer", Part.FOOTER
                else:
                    continue
                page = reference.get(n.type, "default")
                if (page == "first" and not title_page) or (page == "even" and not even):
                    continue
                relationship = self._relationships.get(reference.get(n.rid, ""))
                if relationship is not None and relationship.kind == kind and self._package.has(relationship.target):
                    found.setdefault(relationship.target, part)
        return [*headers.items(), *footers.items()]

    def _even_and_odd(self) -> bool:
        settings = self._part("settings")
        if not settings:
            return False
        data = self._package.read(settings)
        refuse_dtd(data, settings)
        if not says(b"evenAndOddHeaders", data):
            return False
        root = parse(data, settings)
        n = names_of(str(root.tag))
        setting = root.find(n.even_and_odd) if n is not None else None
        return n is not None and setting is not None and is_on(setting.get(n.val))

    def _unread(self, walker: Walker) -> Iterator[str]:
        kinds = [r.kind for r in self._relationships.values()]
        objects = kinds.count("oleObject") + kinds.count("package")
        if objects:
            yield f"文中有 {objects} 个嵌入对象（如 Excel 表格、公式或附件），其中的文字未读取，请另行核对。"
        if walker.embedded:
            yield "文中嵌入了其他文档（altChunk 或子文档），其中的文字未读取，请合并为一个文件后再审查。"
        if not walker.paragraphs:
            yield "文中没有可读的文字，无法审查；如为扫描件，请提交起草时的 Word 文件。"
        images = kinds.count("image")
        if walker.paragraphs and images and sum(len(p.text) for p in walker.paragraphs) < 50 * images:
            yield f"文中有 {images} 幅图片而文字很少，可能是扫描件，图片里的文字未读取，请另行核对。"


def _title_page(section: etree._Element, n: Names) -> bool:
    setting = section.find(n.title_pg)
    return setting is not None and is_on(setting.get(n.val))


def says(word: bytes, data: bytes) -> bool:
    """Whether a part may contain that name; UTF-16 parts are taken to."""
    return re.search(word, data) is not None or (bool(data) and not is_single_byte(data))
