"""Complex fields: which runs are a field's code and which its result (ISO/IEC 29500-1 17.16.18)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..lazy import regex
from . import limits
from .names import Names, integer, is_on

if TYPE_CHECKING:
    from lxml import etree


class FieldStack:
    """The open fields of one story; `in_code` says whether the present place is inside a field's code."""

    def __init__(self, n: Names) -> None:
        self._n = n
        self._open: list[tuple[etree._Element, bool]] = []  # (w:fldChar that begins it, still in its code)
        self._codes: list[list[str]] = []  # the code of each open field, in pieces
        self._in_code = 0  # how many of the open fields are in their code
        self._settled = 0  # how many of them, the outermost, are known to have a separator or are past it
        self._separated: set[etree._Element] | None = None
        self.in_code = False

    def mark(self, element: etree._Element) -> str:
        """Follow one w:fldChar; returns what a form field shows of itself (check box, chosen entry), else ""."""
        kind = element.get(self._n.fld_char_type)
        shown = ""
        if kind == "begin":
            self._open.append((element, True))
            self._codes.append([])
            self._in_code += 1
        elif kind == "separate":
            if self._open and self._open[-1][1]:
                self._open[-1] = (self._open[-1][0], False)
                self._in_code -= 1
        elif kind == "end" and self._open:
            begin, code = self._open.pop()
            instruction = "".join(self._codes.pop())
            self._settled = min(self._settled, len(self._open))
            if code:  # no separator, so no result: the field shows what its code says
                self._in_code -= 1
                shown = self._form(begin) or face(instruction[: limits.MAX_FIELD_CODE])
                if self._open and self._open[-1][1]:
                    self._codes[-1].append(shown)
                    shown = ""
        self.in_code = self._in_code > 0
        return shown

    def code(self, text: str) -> None:
        """Take down a piece of the innermost field's code."""
        if self._codes and self._open[-1][1]:
            self._codes[-1].append(text)

    def end_paragraph(self, p: etree._Element) -> None:
        """Give up fields that have no separator anywhere: what follows is text, not their code."""
        if self._separated is None:
            self._separated = _separated(p, self._n)
        for at in range(len(self._open) - 1, self._settled - 1, -1):
            begin, code = self._open[at]
            if code and begin not in self._separated:
                del self._open[at], self._codes[at]
                self._in_code -= 1
        self._settled = len(self._open)
        self.in_code = self._in_code > 0

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


_BUTTON = regex(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s(?P<face>.*)", re.IGNORECASE | re.DOTALL)
_EQUATION = regex(r"\s*EQ\s(?P<code>.*)", re.IGNORECASE | re.DOTALL)
# \o\ad(\s\up 9(hán),邯) is a phonetic guide over its base, \o\ac(○,21) an enclosed character
_OVERSTRIKE = regex(r"\\o\s*(?:\\a[a-z]\s*)?\((?P<arguments>.*)\)\s*$", re.IGNORECASE | re.DOTALL)


def face(instruction: str) -> str:
    """What a field without a result shows by its code alone: a button's caption, the base of an overstrike.

    Word keeps 拼音指南 and 带圈字符 in EQ fields; their base characters are part of the sentence. "" for other fields.
    """
    button = _BUTTON.match(instruction)
    if button is not None:
        return button["face"].rstrip()
    equation = _EQUATION.match(instruction)
    overstrike = _OVERSTRIKE.search(equation["code"]) if equation is not None else None
    if overstrike is None:
        return ""
    arguments: list[str] = [""]
    depth = 0
    for character in overstrike["arguments"][:200]:
        depth += (character == "(") - (character == ")")
        if character in ",;，" and depth == 0:
            arguments.append("")
        else:
            arguments[-1] += character
    plain = [argument for argument in arguments if "\\" not in argument]
    return plain[-1].strip() if plain else ""


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
