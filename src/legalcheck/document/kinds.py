"""The kind of a document (文种) at the end of its title."""

from __future__ import annotations

from ..lazy import regex

_KINDS = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|复函|函|纪要"  # 2012 regulation, Art. 8
    "|办法|规定|细则|规则|规程|规范|制度|方案|预案|规划|计划|条例|标准|指引|指南|目录|清单|措施|答复|总结|要点|讲话"
    "|章程|公约|协议|说明|汇报|安排|基准|指导价|守则|准则|倡议书|公示|建议|法"
)
_KIND_AT_END = regex(rf"(?P<kind>{_KINDS})$")
_TRAILING = regex(
    r"\s*[（(《〔\[][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*[）)》〕\]]\s*$|——.*$|\s*[—-]+\s*\d+\s*[—-]+\s*$"
)
# a 公告 or 令 is named by its number: …公告〔2013〕第6号
OWN_NUMBER = regex(r"(?P<kind>公告|通告|令)\s*[〔\[（(【]?\s*(?:19|20)\d{2}\s*年?\s*[〕\]）)】]?\s*第?\s*\d{1,4}\s*号$")


def strip_title(title: str) -> tuple[str, str]:
    """A title without what stands in brackets or after a dash at its end, and that end."""
    bare = title.strip()
    for _ in range(4):
        match = _TRAILING.search(bare)
        if match is None or not match.start() or bare[match.start() :].lstrip().startswith("《"):
            break
        bare = bare[: match.start()].rstrip()
    return bare, title.strip()[len(bare) :]


def kind_at_end(bare: str) -> str:
    """The 文种 that a bare title ends with, "" for none."""
    match = _KIND_AT_END.search(bare.rstrip("》")) or OWN_NUMBER.search(bare)
    return match["kind"] if match else ""
