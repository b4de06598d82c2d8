"""Text for a terminal: what a character shows, how wide it is, where a Chinese line may break.

Widths are counted in columns. Characters of ambiguous width (Unicode TR 11: “ ” … — ①) count as two, as Chinese
terminals show them: a line may end early elsewhere, and is never too long.
"""

from __future__ import annotations

import unicodedata

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕］｝”’…—·%％‰℃,.;:?!)]}>")
_NEVER_LAST = frozenset("（《〈「『【〔［｛“‘([{<")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+")


def visible(text: str) -> str:
    """`text` with everything that could steer a terminal, or hide from the eye, written out as 〈U+202E〉.

    Those are the control, format (direction overrides, zero width), surrogate and separator characters, and the
    noncharacters, which XML forbids. A tab or a line break becomes a space.
    """
    return "".join(map(glyph, text)) if not text.isprintable() else text


def glyph(char: str) -> str:
    """One character as `visible` shows it."""
    if char in "\t\n\r\v\f":
        return " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or ord(char) & 0xFFFE == 0xFFFE:
        return f"〈U+{ord(char):04X}〉"
    return char


def char_width(char: str) -> int:
    """Columns of one character: 0, 1 or 2."""
    if char < "\x7f":
        return 1
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def width(text: str) -> int:
    """Columns of a string."""
    return sum(map(char_width, text))


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to `columns`."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[tuple[int, int]]:
    """Where the lines of `text` begin and end, as half-open offsets, so that each fits in `columns`.

    No line begins with closing punctuation or ends with opening punctuation (GB/T 15834—2011, 5.1), and Latin words
    and numbers stay whole as far as they fit.
    """
    lines = []
    start = 0
    while start < len(text):
        end = _fit(text, start, columns)
        if end < len(text):
            end = _better_break(text, start, end)
        lines.append((start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def fold(text: str, columns: int) -> list[str]:
    """The lines themselves."""
    return [text[start:end].rstrip() for start, end in wrap(text, columns)]


def _fit(text: str, start: int, columns: int) -> int:
    used = 0
    for index in range(start, len(text)):
        used += char_width(text[index])
        if used > columns:
            return max(index, start + 1)
    return len(text)


def _better_break(text: str, start: int, end: int) -> int:
    for candidate in range(end, max(start, end - 16), -1):
        before, after = text[candidate - 1], text[candidate]
        if after in _NEVER_FIRST or before in _NEVER_LAST or (before in _WORD and after in _WORD):
            continue
        return candidate
    return end
