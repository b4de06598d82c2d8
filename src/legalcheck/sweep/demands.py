"""What a document demands of people: the certificates, licences and approvals that its provisions ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ..corpora.approvals import approvals
from ..corpora.certificates import certificates
from ..corpora.lexicon import lexicon_file
from ..language import DEFAULT, Clause, fold, holding
from ..lazy import compiled, regex
from ..rules.checks.subject import Subject

CERTIFICATE, APPROVAL = "certificate", "approval"
QUOTE = 400
LONGEST = 24  # characters of a name

# 证明其身份 is a verb; 许可 and 批准 are asked for by the clause itself (经…批准, 办理…审批)
_PAPER = regex(
    r"证明(?:书|信|函|表)?(?![其了人力实])(?:材料|文件)?|(?:资格|登记|合格|许可|使用|经营|健康|准入|权属?|学历|学位|从业)证书?|执照|公证书|鉴定书"
)
_ACT = regex(r"(?:行政)?(?:审批|许可|核准|批准|备案|审核同意|审查同意|年检|年审)(?!证|机关|部门|权|意见|制度|文件)")
# what stands before a name and is no part of it
_CUT = regex(
    r"提交|提供|提请|出示|递交|交验|出具|开具|开出|核发|颁发|签发|发放|制发|加盖|持有?|取得|办理|申请|申领|报经?|凭|携带|"
    r"应当|应|必须|须|需要?|经|由|向|到|或者|或|以及|及其?|和|与|、|，|；|：|。|（|）|的|等|有效|相关|有关|相应|本人|其他|其|未|方可|按|"
    r"严格|审核|核实|审查|查验|但|已|获得?|开展|推动|落实|规范|不予|准予|作出|批复|同意|照|书面|送|到|日内|[|<>]|"
    r"依法|依照|进行|实行|履行|完成|通过|附|包括|为|是|在|对|将|并|后|前|[一二三两]份|[0-9.]+|上述|下列|以下"
)
_ASKED = regex(r"(?:经|报|送|未|应|须|需|必|凭|取得|办理|申请|领取|履行|实行|实施)[^，。；]{0,30}$")


def demands(subject: Subject) -> Iterator[tuple[object, ...]]:
    """(item, kind, place, quote) of each certificate or approval that a clause asks for, once a clause and item.

    What a clause cancels, forbids to ask for, merely encourages or quotes is not asked for (guards G1 to G12).
    """
    draft = subject.draft
    for clause in subject.clauses:
        found = dict.fromkeys(_asked(clause))
        if found:
            place = draft.path(clause.provision) or f"第{clause.pieces[0].paragraph + 1}段"
            quote = clause.raw.strip()[:QUOTE]
            for item, kind in found:
                yield item, kind, place, quote


def _asked(clause: Clause) -> Iterator[tuple[str, str]]:
    text = clause.text
    for pattern, kind in ((_PAPER, CERTIFICATE), (_ACT, APPROVAL)):
        for hit in pattern.finditer(text, clause.own):
            if _in_title(text, hit.start()) or not _is_asked(text, hit.start(), kind):
                continue
            item = _name(text, hit.start(), hit.end(), clause.own)
            if len(item) > 2 and holding(clause, ((hit.start(), hit.end()),), DEFAULT) is None:
                yield canonical(item), kind


def _name(text: str, start: int, end: int, own: int) -> str:
    """The name that ends at `end`: back to the last word that cannot be part of it."""
    low = max(own, end - LONGEST)
    cut = low
    for hit in _CUT.finditer(text, low, start):
        cut = hit.end()
    return text[cut:end]


def _in_title(text: str, at: int) -> bool:
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _is_asked(text: str, at: int, kind: str) -> bool:
    if kind == APPROVAL:
        return _ASKED.search(text, max(0, at - 40), at) is not None
    return _demand().search(text) is not None


@cache
def _demand() -> re.Pattern[str]:
    words = lexicon_file("common")
    return compiled("|".join((*words["demand"], *words["issue"], *words["procedure"])))


@lru_cache(maxsize=4096)
def canonical(item: str) -> str:
    """The name under which the corpora know an item; itself where they do not."""
    return _names().get(item, item)


@cache
def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for listed in (
        *(row.names for row in certificates()),
        *(row.names for row in approvals() if row.status != "disguise"),  # 登记, 目录 … are no names of anything
    ):
        for name in listed:
            known.setdefault(fold(name), fold(listed[0]))
    return known


def names(item: str) -> tuple[str, ...]:
    """All names of an item, folded: those that the corpora list with it, itself first."""
    wanted = fold(item.strip("《》〈〉“” "))
    main = canonical(wanted)
    return tuple(dict.fromkeys((wanted, *(name for name, known in _names().items() if known == main))))
