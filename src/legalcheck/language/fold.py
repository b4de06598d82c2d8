"""One spelling for matching: full-width punctuation, half-width digits and letters, no blanks, no quotation marks.

Rules are written in this spelling; `offsets` leads back to the text as it stands.
"""

import re

from ..lazy import regex

_PUNCTUATION = dict(zip(map(ord, ",;:?!()"), "，；：？！（）", strict=True))
_WIDTH = {0xFF10 + i: chr(0x30 + i) for i in range(10)}
_WIDTH |= {0xFF21 + i: chr(0x41 + i) for i in range(26)} | {0xFF41 + i: chr(0x61 + i) for i in range(26)}
_VARIANTS = {0x25CB: "〇", ord("％"): "%", ord("﹝"): "〔", ord("﹞"): "〕"}
_TABLE = _PUNCTUATION | _WIDTH | _VARIANTS

QUOTES = "“”‘’\"'「」『』"
_DROPPED = regex(rf"[{QUOTES}\s\u200b-\u200f\u2060\ufeff\u00ad]")
_FOREIGN = regex(rf"[{re.escape(''.join(map(chr, _TABLE)))}{QUOTES}\s\u200b-\u200f\u2060\ufeff\u00ad]")


def fold(text: str) -> str:
    """`text` in the spelling that rules are written in."""
    if not _FOREIGN.search(text):
        return text
    return _DROPPED.sub("", text.translate(_TABLE))


def offsets(text: str) -> list[int]:
    """For each character of ``fold(text)``, and for its end, the offset in `text`."""
    kept = [i for i, char in enumerate(text) if not _DROPPED.match(char)]
    return [*kept, kept[-1] + 1 if kept else 0]
