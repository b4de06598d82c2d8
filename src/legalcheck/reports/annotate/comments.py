"""The comments part (ISO/IEC 29500-1 11.3.2) with what points to it: relationship and content type."""

from __future__ import annotations

import posixpath
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ...document.names import CONTENT_TYPES, PACKAGE_RELS, R_STRICT, R_TRANSITIONAL, W_STRICT, Names, integer, names_of
from ...document.rewrite import rewrite
from ...document.xml import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from ...document.runs import RunMap

_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SIZE = '<w:sz w:val="20"/><w:szCs w:val="20"/>'  # 10 pt, Word's own size for comments
_OTHER = f'<w:r><w:rPr>{_SIZE}</w:rPr><w:t xml:space="preserve">'
_FIRST = f'<w:r><w:annotationRef/></w:r><w:r><w:rPr><w:b/>{_SIZE}</w:rPr><w:t xml:space="preserve">'


class Comments:
    """The comments of one package, those already there included; `count` says how many these are.

    `names` is the vocabulary of the main part. New comments bear the date `day` and go after the old ones.
    """

    def __init__(self, runs: RunMap, day: date) -> None:
        from . import AUTHOR, INITIALS

        self._runs = runs
        self._package = package = runs.package
        self._main = runs.roots[package.main]
        self.names = _names(self._main)
        links = package.relationships(package.main).values()
        self._part = next((link.target for link in links if link.kind == "comments"), "")
        self._linked = bool(self._part)
        self._old = package.parse(self._part) if self._linked and package.has(self._part) else None
        self._part = self._part or _free_name(runs)
        old = [] if self._old is None else list(self._old)
        self.count = len(old)
        self._n = self.names if self._old is None else _names(self._old)
        used = [integer(comment.get(self._n.id), -1) for comment in old]
        # a mark without its comment would take a new one for its own
        used += [integer(mark.get(self.names.id), -1) for mark in self._main.iter(self.names.comment_reference)]
        self._next = max(used, default=-1) + 1
        self._new: list[str] = []
        self._about = f'w:author="{AUTHOR}" w:initials="{INITIALS}" w:date="{day.isoformat()}T00:00:00Z"'
        left = "start" if self._n.namespace == W_STRICT else "left"
        # a draft's own body style is 16 pt with an indent of two characters: not what a comment should look like
        self._properties = (
            '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{left}"/></w:pPr>'
        )

    def add(self, lines: Sequence[str]) -> int:
        """Add a comment of these paragraphs, the first one bold; returns its id."""
        paragraphs = "".join(
            f"<w:p>{self._properties}{_FIRST if index == 0 else _OTHER}{escape(line)}</w:t></w:r></w:p>"
            for index, line in enumerate(lines)
        )
        self._new.append(f'<w:comment w:id="{self._next}" {self._about}>{paragraphs}</w:comment>')
        self._next += 1
        return self._next - 1

    def write(self) -> bytes:
        """The package with the comments, and with the main part as it stands in the tree now."""
        parts = {self._package.main: _bytes(self._main), self._part: self._comments()}
        if not self._linked:
            name, root = self._relationships()
            parts[name] = _bytes(root)
        types = self._package.parse(_TYPES)
        if self._declare(types):
            parts[_TYPES] = _bytes(types)
        return rewrite(self._package, parts)

    def _comments(self) -> bytes:
        # as text: elements made one by one take several times as long
        new = f'{_DECLARATION}<w:comments xmlns:w="{self._n.namespace}">{"".join(self._new)}</w:comments>'.encode()
        if self._old is None:
            return new
        self._old.extend(parse(new, self._part))
        return _bytes(self._old)

    def _relationships(self) -> tuple[str, etree._Element]:
        folder, base = posixpath.split(self._package.main)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if self._package.has(name):
            root = self._package.parse(name)
        else:
            root = parse(f'<Relationships xmlns="{PACKAGE_RELS[1:-1]}"/>'.encode(), name)
        taken = {link.get("Id") for link in root}
        number = next(i for i in range(1, len(taken) + 2) if f"rId{i}" not in taken)
        namespace = R_STRICT if self.names.namespace == W_STRICT else R_TRANSITIONAL
        target = posixpath.relpath(self._part, folder or ".")
        about = {"Id": f"rId{number}", "Type": f"{namespace}/comments", "Target": target}
        root.append(root.makeelement(PACKAGE_RELS + "Relationship", about))
        return name, root

    def _declare(self, types: etree._Element) -> bool:
        """Give the comments part its content type; False where it has it."""
        part = "/" + self._part
        for entry in types.iterchildren(CONTENT_TYPES + "Override"):
            if entry.get("PartName", "").lower() == part.lower():
                return False
        about = {"PartName": part, "ContentType": _CONTENT_TYPE}
        types.append(types.makeelement(CONTENT_TYPES + "Override", about))
        return True


def _names(root: etree._Element) -> Names:
    names = names_of(str(root.tag))
    assert names is not None  # the reader has accepted the main part
    return names


def _free_name(runs: RunMap) -> str:
    folder = posixpath.dirname(runs.package.main)
    names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in range(len(runs.package.members) + 1))
    return next(name for name in names if not runs.package.has(name))


def _bytes(root: etree._Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
