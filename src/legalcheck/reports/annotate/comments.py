"""The comments part (ISO/IEC 29500-1 11.3.2) with what points to it: relationship and content type."""

from __future__ import annotations

import posixpath
from datetime import date
from typing import TYPE_CHECKING

from ...document.names import CONTENT_TYPES, PACKAGE_RELS, R_STRICT, R_TRANSITIONAL, W_STRICT, Names, integer, names_of
from ...document.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from ...document.runs import RunMap

_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIZE = "20"  # 10 pt, Word's own size for comments


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
        if self._linked and package.has(self._part):
            self._root = package.parse(self._part)
        else:
            self._part = self._part or _free_name(runs)
            self._root = self._main.makeelement(self.names.comments, nsmap={"w": self.names.namespace})
        self._n = _names(self._root)
        self.count = len(self._root)
        used = [integer(comment.get(self._n.id), -1) for comment in self._root]
        # a mark without its comment would take a new one for its own
        used += [integer(mark.get(self.names.id), -1) for mark in self._main.iter(self.names.comment_reference)]
        self._next = max(used, default=-1) + 1
        self._about = {
            self._n.author: AUTHOR,
            self._n.initials: INITIALS,
            self._n.date: f"{day.isoformat()}T00:00:00Z",
        }

    def add(self, lines: Sequence[str]) -> int:
        """Add a comment of these paragraphs, the first one bold; returns its id."""
        n, make = self._n, self._root.makeelement
        comment = make(n.comment, {n.id: str(self._next), **self._about})
        for index, line in enumerate(lines):
            p = make(n.p)
            p.append(self._paragraph_properties())
            if index == 0:
                mark = make(n.r)
                mark.append(make(n.annotation_ref))
                p.append(mark)
            p.append(self._run(line, bold=index == 0))
            comment.append(p)
        self._root.append(comment)
        self._next += 1
        return self._next - 1

    def write(self) -> bytes:
        """The package with the comments, and with the main part as it stands in the tree now."""
        parts: dict[str, etree._Element] = {self._package.main: self._main, self._part: self._root}
        if not self._linked:
            name, root = self._relationships()
            parts[name] = root
        types = self._package.parse(_TYPES)
        if self._declare(types):
            parts[_TYPES] = types
        return rewrite(self._package, {name: _bytes(root) for name, root in parts.items()})

    def _paragraph_properties(self) -> etree._Element:
        # a draft's own body style is 16 pt with an indent of two characters: not what a comment should look like
        n, make = self._n, self._root.makeelement
        strict = n.namespace == W_STRICT
        properties = make(n.ppr)
        for tag, values in (
            (n.spacing, {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}),
            (n.ind, {"firstLineChars": "0", "firstLine": "0"}),
            (n.jc, {"val": "start" if strict else "left"}),
        ):
            properties.append(make(tag, {f"{{{n.namespace}}}{name}": value for name, value in values.items()}))
        return properties

    def _run(self, text: str, *, bold: bool) -> etree._Element:
        n, make = self._n, self._root.makeelement
        run, properties, words = make(n.r), make(n.rpr), make(n.t, {_XML_SPACE: "preserve"})
        if bold:
            properties.append(make(n.bold))
        for size in (n.sz, n.sz_cs):
            properties.append(make(size, {n.val: _SIZE}))
        words.text = text
        run.extend((properties, words))
        return run

    def _relationships(self) -> tuple[str, etree._Element]:
        from lxml.etree import fromstring

        folder, base = posixpath.split(self._package.main)
        name = posixpath.join(folder, "_rels", base + ".rels")
        if self._package.has(name):
            root = self._package.parse(name)
        else:
            root = fromstring(f'<Relationships xmlns="{PACKAGE_RELS[1:-1]}"/>')
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
