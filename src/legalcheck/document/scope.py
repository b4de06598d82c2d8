"""Whether a draft is an administrative normative document at all: content first, name second (review-process.md 2).

The exclusions are those of 国办发〔2018〕115号 (四) and its provincial repetitions. A verdict is never silence: every
one has its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..lazy import regex
from .model import Metadata, Paragraph, Scope, ScopeVerdict
from .zones import Zone

_USUAL = frozenset(
    {
        "办法", "规定", "细则", "规则", "意见", "决定", "通告", "公告", "通知", "令", "命令", "措施", "基准", "标准",
        "条例", "法", "规范", "指导价", "守则", "准则",
    }
)  # fmt: skip
_REPORTING = frozenset(
    {"报告", "请示", "纪要", "总结", "汇报", "议案", "函", "复函", "批复", "答复", "讲话", "说明", "建议", "倡议书"}
)
_PLANS = frozenset({"方案", "预案", "规划", "计划", "制度", "规程", "要点", "安排"})

_OUTWARD = (
    r"(?:申请人|当事人|公民|法人|其他组织|单位和个人|单位或者?个人|个人|企业|经营者|经营主体|市场主体|居民|村民|业主|用户|用人单位"
    r"|行政相对人|投标人|供应商|纳税人|从业人员|学生|家长|养犬人|驾驶人|机构|消费者|建设单位|施工单位|物业服务人|借款人|投资者|持有人|公司|银行|户)"
)
# Each of these begins with a choice of plain characters: that is what the regular expression engine looks for fast.
_DUTY = regex(rf"{_OUTWARD}[^。；]{{0,60}}?(?:应当|必须|不得|禁止|严禁|须|应(?!急|用|对|届|聘))")
_BAN = regex(rf"(?:禁止|严禁|不得)[^。；]{{0,40}}{_OUTWARD}")
_RIGHT = regex(
    rf"{_OUTWARD}[^。；]{{0,40}}?(?:可以(?:申请|享受|依法|向)|有权|享受|给予.{{0,10}}(?:补贴|补助|奖励|资助))"
)
_SANCTION = regex(
    r"处[^。；]{0,30}罚款|责令(?:限期)?(?:改正|停止|拆除|停产|停业)|没收|吊销|暂扣|予以处罚|给予(?:行政)?处罚|强制(?:拆除|执行|清除)|列入.{0,8}(?:黑名单|失信)"
)
_CONDITION = regex(r"(?:申请|办理|领取|享受)[^。；]{0,30}(?:应当|须|需)[^。；]{0,20}(?:提交|提供|具备|符合|出具)")
_TERMS = regex(r"收取[^。；]{0,12}(?:费|保证金|押金)|补贴标准|收费标准|奖励标准")
_NARRATIVE = regex(
    r"报告如下|汇报如下|总结如下|特此报告|妥否.{0,4}请批示|请(?:予)?(?:审议|批复|批示)|今年以来|一年来|上年度[^。]{0,12}工作|本年度[^。]{0,12}工作|下一步(?:工作)?(?:打算|计划|安排)"
    r"|存在的(?:主要)?(?:问题|不足)|工作(?:开展|推进|完成)情况|取得(?:了)?.{0,8}(?:成效|成绩)|会议(?:认为|指出|强调|要求|听取|审议)"
)
_PUBLIC = regex(r"[（(](?:此件|本文|此文)(?:主动)?公开|主动公开")
_INTERNAL = (
    (regex(r"任免|任职|免职|聘任|职务的|人事|组成人员|成员的通知"), "人事任免"),
    (regex(r"表彰|表扬|授予|先进(?:集体|个人)|处分|嘉奖|记功"), "表彰奖惩"),
    (
        regex(
            r"成立.{0,40}(?:领导小组|委员会|指挥部|专班|机构)|调整.{0,40}(?:领导小组|成员|指挥部)|机构编制|内设机构|三定"
        ),
        "机构编制、议事协调机构",
    ),
    (
        regex(r"召开.{0,60}(?:会议|大会|座谈会|现场会)|会议的通知$|举办.{0,40}(?:培训|活动)"),
        "会议、培训等具体事务安排",
    ),
    (regex(r"下达.{0,40}(?:预算|计划|资金|指标)|分配.{0,20}资金|拨付|预算的批复"), "下达预算、分配资金"),
    (regex(r"放假|值班|值守"), "值班、放假等内部安排"),
    (regex(r"应急预案"), "应急预案"),
    (regex(r"征集|征求意见的(?:公告|通知|函)$|公开征求"), "征集、征求意见"),
)  # fmt: skip


_CONTENT = (
    ("义务", (_DUTY, _BAN)),
    ("权利", (_RIGHT,)),
    ("罚则", (_SANCTION,)),
    ("条件", (_CONDITION, _TERMS)),
)

_END = "；\n\0"  # between paragraphs: no pattern goes beyond it
_BODY, _CELL = Zone.BODY, Zone.CELL
_LONG = 2_000  # characters of one paragraph that are looked at
_ENOUGH = 5_000  # paragraphs that are looked at: what a draft is shows long before


def judge(metadata: Metadata, paragraphs: Sequence[Paragraph], zones: Sequence[Zone], articles: int) -> Scope:
    """The verdict with its reasons, in Chinese; `articles` is the number of articles (条)."""
    if len(paragraphs) <= 1:
        return Scope(ScopeVerdict.UNCLEAR, ("只有一段文字，没有标题和文种，不足以判断是否属于规范性文件。",))
    if metadata.secrecy and any(_PUBLIC.search(p.text) for p in paragraphs):
        return Scope(
            ScopeVerdict.UNCLEAR,
            (f"标有密级“{metadata.secrecy}”，又注明公开，两者矛盾，请先核实密级，再判断是否送审。",),
        )
    if metadata.secrecy:
        return Scope(ScopeVerdict.OUT_OF_SCOPE, (f"标有密级“{metadata.secrecy}”：涉密文件不作为行政规范性文件审核。",))
    body = [p for p, zone in zip(paragraphs, zones, strict=True) if zone is _BODY or zone is _CELL][:_ENOUGH]
    content = _content(body)
    weight = sum(content.values())
    narrative = sum(1 for p in body if _NARRATIVE.search(p.text[:_LONG]))
    kind, title = metadata.kind, metadata.title
    named = f"文种为“{kind}”" if kind else "未能识别文种"
    found = _describe(content, articles)
    normative = weight >= 2 or (articles >= 3 and weight >= 1)

    if kind in _REPORTING and not metadata.carrier:
        if normative and articles >= 3 and narrative < 3:
            return Scope(ScopeVerdict.UNCLEAR, (f"{found}，但{named}，名称与内容不一致，请人工判断是否送审。",))
        reasons = [f"{named}：属于请示报告、会议纪要、总结、批复、函件一类，不在合法性审核范围。"]
        if narrative:
            reasons.insert(0, "正文以汇报情况、答复或者总结工作为主，没有对不特定的公民、法人设定反复适用的规则。")
        return Scope(ScopeVerdict.OUT_OF_SCOPE, tuple(reasons))
    for pattern, what in _INTERNAL:
        if (
            not metadata.carrier
            and pattern.search(title)
            and articles < 3
            and not (what != "征集、征求意见" and content["罚则"])
        ):
            if weight >= 6:
                return Scope(ScopeVerdict.UNCLEAR, (f"标题属于{what}，但{found}，请人工判断是否送审。",))
            return Scope(ScopeVerdict.OUT_OF_SCOPE, (f"标题和内容属于{what}，不在合法性审核范围。",))
    if narrative >= 3 and articles < 3 and weight < 2 * narrative and kind not in _USUAL:
        return Scope(ScopeVerdict.OUT_OF_SCOPE, ("正文以汇报情况、总结工作为主，没有设定反复适用的规则。",))
    if kind in _PLANS:
        if normative:
            return Scope(
                ScopeVerdict.IN_SCOPE, (f"{found}。", f"{named}，名称上通常不属于规范性文件，但按内容应当审核。")
            )
        return Scope(
            ScopeVerdict.OUT_OF_SCOPE,
            ("正文没有对不特定的公民、法人和其他组织设定权利义务。", f"{named}：工作方案、计划、预案、内部制度一类。"),
        )
    if normative and (kind in _USUAL or articles >= 3):
        return Scope(ScopeVerdict.IN_SCOPE, (f"{found}。", f"{named}，可以承载规范性文件。"))
    if normative:
        return Scope(ScopeVerdict.UNCLEAR, (f"{found}，但{named}，请人工判断是否送审。",))
    if kind in _USUAL and articles >= 3:
        return Scope(ScopeVerdict.IN_SCOPE, (f"采用条文式，共 {articles} 条。", f"{named}，可以承载规范性文件。"))
    return Scope(
        ScopeVerdict.UNCLEAR,
        (f"{named}，正文中未见明确的权利义务规定，无法自动判断是否属于规范性文件，请人工判断。",),
    )


def _content(body: Sequence[Paragraph]) -> dict[str, int]:
    """How many paragraphs set duties, rights, sanctions, conditions for people outside the administration."""
    text = _END.join(paragraph.text[:_LONG] for paragraph in body) + _END
    return {what: len(set().union(*(_ends(pattern, text) for pattern in patterns))) for what, patterns in _CONTENT}


def _ends(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    """Where the paragraphs end that hold a match: to search them one by one takes twice as long."""
    at = 0
    while hit := pattern.search(text, at):
        at = text.index(_END, hit.end())
        yield at


def _describe(content: dict[str, int], articles: int) -> str:
    parts = [
        f"{count} 段{what}"
        for count, what in (
            (content["义务"], "对公民、法人或者其他组织提出要求"),
            (content["权利"], "涉及其权利或者待遇"),
            (content["罚则"], "规定处罚或者强制措施"),
            (content["条件"], "规定办理条件、材料或者收费"),
        )
        if count
    ]
    shape = f"正文为条文式（{articles} 条）" if articles >= 3 else "正文"
    return shape + ("中有 " + "，".join(parts) if parts else "未见权利义务规定")
