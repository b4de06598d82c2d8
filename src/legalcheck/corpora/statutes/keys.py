"""Keys under which a statute is found: its title or number with all that writers vary taken out."""

from __future__ import annotations

import re
from functools import lru_cache

from ...lazy import regex

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
_EDITION = regex(
    r"\((?:根据)?(?:19|20)\d\d年?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:第[一二三四五六七八九]次)?(?:修正|修订|修改|公布|发布|版|本|年)+\)$"
)
_TRIAL = regex(r"\((?:试行|暂行|修订|修正|修订版|修订稿|修正案)\)$")
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


# Short names of the organs whose orders are cited most.
_ORGANS = {
    "市场监管总局": "国家市场监督管理总局",
    "国家市场监管总局": "国家市场监督管理总局",
    "发展改革委": "国家发展和改革委员会",
    "国家发展改革委": "国家发展和改革委员会",
    "国家发改委": "国家发展和改革委员会",
    "人社部": "人力资源和社会保障部",
    "人力资源社会保障部": "人力资源和社会保障部",
    "住建部": "住房和城乡建设部",
    "住房城乡建设部": "住房和城乡建设部",
    "工信部": "工业和信息化部",
    "工业信息化部": "工业和信息化部",
    "卫健委": "国家卫生健康委员会",
    "国家卫生健康委": "国家卫生健康委员会",
    "人民银行": "中国人民银行",
}


def number_key(issuer: str, year: int | None, n: int) -> str:
    """The key of a document number (国发, 2015, 27) or, without a year, of an order (国务院令, None, 722)."""
    if year:
        return f"#{issuer}〔{year}〕{n}"
    organ = issuer.removeprefix(REPUBLIC).removesuffix("令")
    return f"#{_ORGANS.get(organ, organ)}令{n}"


_NUMBER = regex(r"(.+?)〔(\d{4})〕(\d+)号$")
_ORDER = regex(r"(.+令)第(\d+)号$")


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
