"""Complex fields: which runs are a field's code and which its result (ISO/IEC 29500-1 17.16.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import Names, integer, is_on

if TYPE_CHECKING:
    from lxml import etree


class FieldStack:
    """The open fields of one story; `in_code` says whether the present place is inside a field's code."""

    def __init__(self, n: Names) -> None:
        self._n = n
        self._open: list[tuple[etree._Element, bool]] = []  # (w:fldChar that begins it, still in its code)
        self._separated: set[etree._Element] | None = None
        self.in_code = False

    def mark(self, element: etree._Element) -> str:
        """Follow one w:fldChar; returns what a form field shows of itself (check box, chosen entry), else ""."""
        kind = element.get(self._n.fld_char_type)
        shown = ""
        if kind == "begin":
            self._open.append((element, True))
        elif kind == "separate":
            if self._open:
                self._open[-1] = (self._open[-1][0], False)
        elif kind == "end" and self._open:
            begin, code = self._open.pop()
            if code or self._form(begin) is not None:
                shown = self._form(begin) or ""
        self.in_code = any(code for _, code in self._open)
        return shown

    def end_paragraph(self, p: etree._Element) -> None:
        """Give up fields that have no separator anywhere: what follows is text, not their code."""
        if self._separated is None:
            self._separated = _separated(p, self._n)
        separated = self._separated
        self._open = [(begin, code) for begin, code in self._open if not code or begin in separated]
        self.in_code = any(code for _, code in self._open)

    def _form(self, begin: etree._Element) -> str | None:
        """A legacy form field's own face: a check box, or the chosen entry of a drop-down list (17.16.17)."""
        n = self._n
        data = begin.find(n.ff_data)
        if data is None:
            return None
        for child in data:
            if child.tag == n.check_box:
                checked = child.find(n.checked)
                if checked is None:
                    checked = child.find(n.default)
                return "☒" if checked is not None and is_on(checked.get(n.val)) else "☐"
            if child.tag == n.dd_list:
                chosen = child.find(n.result)
                if chosen is None:
                    chosen = child.find(n.default)
                index = integer(chosen.get(n.val), 0) if chosen is not None else 0
                entries = child.findall(n.list_entry)
                return entries[index].get(n.val) if 0 <= index < len(entries) else None
        return None


def _separated(p: etree._Element, n: Names) -> set[etree._Element]:
    """The w:fldChar elements that begin a field which has a separator, in the whole part that `p` stands in."""
    found: set[etree._Element] = set()
    stack: list[etree._Element] = []
    for mark in p.getroottree().getroot().iter(n.fld_char):
        kind = mark.get(n.fld_char_type)
        if kind == "begin":
            stack.append(mark)
        elif kind == "separate":
            if stack:
                found.add(stack[-1])
        elif kind == "end" and stack:
            stack.pop()
    return found
