"""The styles part, style by style: each is parsed when it is first asked for.

Templates bring hundreds of styles of which a draft uses a few; to build the tree of all takes longer than to read a
short draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..lazy import regex
from .names import Names, is_on, names_of
from .xml import children_apart, parse

if TYPE_CHECKING:
    from lxml import etree

_STYLE = b"w:style"  # where a producer has another prefix, the part is parsed whole
_TAG = regex(rb'(?:[\w:]+="[^"&]*"\s*)*>')  # no entities in it
_ATTRIBUTE = regex(rb'w:(styleId|default|type)="([^"]*)"')


class StyleSheet:
    """The styles of a part by id, the first where an id comes twice; `default` is the default paragraph style's id.

    Raises `DocumentError` where the part, or as soon as a style that is asked for, is no well-formed XML.
    """

    def __init__(self, data: bytes, story: str) -> None:
        self.default: str | None = None
        self._story = story
        self._elements: dict[str, etree._Element] = {}
        self._raw: dict[str, bytes] = {}
        self._around = (b"", b"")
        if not self._take_apart(data):
            root = parse(data, story)
            self.names: Names | None = names_of(str(root.tag))
            self._take(root)

    def __contains__(self, style_id: object) -> bool:
        return style_id in self._elements or style_id in self._raw

    def __getitem__(self, style_id: str) -> etree._Element:
        found = self._elements.get(style_id)
        if found is None:
            before, after = self._around
            root = parse(before + self._raw[style_id] + after, self._story)
            found = self._elements[style_id] = root[0]
        return found

    def _take(self, root: Iterable[etree._Element]) -> None:
        n = self.names
        for element in root if n is not None else ():
            if element.tag == n.style:  # type: ignore[union-attr]
                style_id = element.get(n.style_id, "")  # type: ignore[union-attr]
                self._elements.setdefault(style_id, element)
                self._note_default(style_id, element.get(n.default), element.get(n.type))  # type: ignore[union-attr]

    def _take_apart(self, data: bytes) -> bool:
        parted = children_apart(data, self._story, _STYLE)
        if parted is None:
            return False
        before, elements, after = parted
        tags: list[bytes] = [found.group() for element in elements if (found := _TAG.match(element))]
        if len(tags) < len(elements):
            return False
        self._around = before, after
        for tag, element in zip(tags, elements, strict=True):
            attributes = {name: value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(tag)}
            style_id = attributes.get(b"styleId", "")
            self._raw.setdefault(style_id, element)
            self._note_default(style_id, attributes.get(b"default"), attributes.get(b"type"))
        self.names = names_of(str(parse(before + elements[0] + after, self._story).tag))
        return True

    def _note_default(self, style_id: str, default: str | None, kind: str | None) -> None:
        if default is not None and is_on(default) and kind == "paragraph":
            self.default = style_id
