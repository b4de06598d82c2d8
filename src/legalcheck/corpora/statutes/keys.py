"""Keys under which a statute is found: its title or number with all that writers vary taken out."""

from __future__ import annotations

import re
from functools import lru_cache

_VARIANTS = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "《": "〈",
        "》": "〉",
        "<": "〈",
        ">": "〉",
        "“": '"',
        "”": '"',
        "－": "-",
        "—": "-",
        "–": "-",
        "　": None,
        "\u00a0": None,
        " ": None,
        "\n": None,
        "\t": None,
        "\u200b": None,
    }
)
_EDITION = re.compile(
    r"\((?:根据)?(?:19|20)\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第[一二三四五六七八九]次)?(?:修正|修订|修改|公布|发布|版|本|年)+\)$"
)
_TRIAL = re.compile(r"\((?:试行|暂行|修订|修正|修订版|修订稿|修正案)\)$")
REPUBLIC = "中华人民共和国"


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """The key of a title: no spaces, no 中华人民共和国 in front, no （2019年修正）, inner marks as 〈〉."""
    plain = title.translate(_VARIANTS)
    if plain.endswith(")"):
        plain = _EDITION.sub("", plain)
    plain = plain.replace("〈" + REPUBLIC, "〈")
    return plain.removeprefix(REPUBLIC) or plain


def loose_key(key: str) -> str:
    """`key` without a closing （试行）、（暂行）、（修订）."""
    return _TRIAL.sub("", key)


def number_key(issuer: str, year: int | None, n: int) -> str:
    """The key of a document number (国发, 2015, 27) or, without a year, of an order (国务院令, None, 722)."""
    return f"#{issuer}〔{year}〕{n}" if year else f"#{issuer.removeprefix(REPUBLIC)}{n}"


_NUMBER = re.compile(r"(.+?)〔(\d{4})〕(\d+)号$")
_ORDER = re.compile(r"(.+令)第(\d+)号$")


def written_number_key(text: str) -> str | None:
    """The key of a canonically written number (国发〔2015〕27号, 国务院令第722号, GB/T 9704—2012); None for other
    text."""
    if found := _NUMBER.match(text):
        return number_key(found[1], int(found[2]), int(found[3]))
    if found := _ORDER.match(text):
        return number_key(found[1], None, int(found[2]))
    return standard_key(text) if re.match(r"[A-Z]+\d*(?:/[A-Z])? ?\d", text) else None


def standard_key(text: str) -> str:
    """The key of a standard number: GB/T9704-2012."""
    return "#" + re.sub(r"\s|\u3000", "", text).translate(_VARIANTS).replace("－", "-")
