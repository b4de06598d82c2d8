"""Whether a draft has to be reviewed: content first, name second."""

from __future__ import annotations

import pytest

from legalcheck.document import from_text
from legalcheck.document.model import ScopeVerdict

RULES = "第一条 为了规范管理，制定本办法。\n第二条 申请人应当提交身份证明。\n第三条 违反本办法的，处二百元罚款。"


def verdict(text: str) -> ScopeVerdict:
    scope = from_text(text).scope
    assert scope.reasons
    return scope.verdict


@pytest.mark.parametrize(
    "text",
    [
        f"某县停车管理办法\n{RULES}",
        "某县人民政府关于禁止燃放烟花爆竹的通告\n一、禁止单位和个人在城区燃放烟花爆竹。\n二、违反规定的，处五百元罚款。",
        "某县人民政府关于加强管理的通知\n各镇：\n一、经营者不得占道经营。\n二、申请人应当提交村委会证明。",
        "某县惠企补贴实施方案\n一、申报企业应当提交纳税证明。\n二、企业不得重复申请补贴。",
        f"某县人民政府关于印发《停车管理办法》的通知\n各镇：\n现予印发。\n某县人民政府\n2026年1月1日\n停车管理办法\n{RULES}",
    ],
)
def test_documents_that_set_rights_and_duties_are_in_scope(text: str) -> None:
    assert verdict(text) is ScopeVerdict.IN_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "某镇人民政府关于2025年法治建设情况的报告\n今年以来，我镇清理证明事项，现将工作报告如下：\n一、工作推进情况\n取得了成效。\n二、存在的问题\n甲。",
        "某局关于请求拨款的请示\n县人民政府：\n因工作需要，请求拨款。\n妥否，请批示。",
        "某县人民政府常务会议纪要\n会议听取了汇报。\n会议指出，要抓好落实。",
        "某县人民政府关于李某任职的通知\n各镇：\n经研究，决定任命李某为局长。\n请知照。",
        "某局关于召开工作会议的通知\n各科室：\n定于三月一日召开会议。\n请准时参加。",
        "某局2026年工作计划\n一、加强学习。\n二、改进作风。",
        "某局关于表彰先进集体的决定\n各单位：\n决定授予甲科先进集体称号。\n希望再接再厉。",
        "机密\n某局关于加强管理的规定\n第一条 单位和个人应当保密。\n第二条 甲。\n第三条 乙。",
    ],
)
def test_reports_minutes_plans_and_personnel_matters_are_out_of_scope(text: str) -> None:
    assert verdict(text) is ScopeVerdict.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交证明。",
        "申请材料清单\n身份证明\n无违法建设证明",
        "关于做好有关工作的通知\n各单位：\n请认真贯彻落实。\n加强组织领导。",
        f"某县关于停车管理的报告\n{RULES}",
        "机密\n某局关于加强管理的通知\n各单位：\n单位和个人应当保密。\n（此件公开发布）",
        "",
    ],
)
def test_what_cannot_be_told_is_unclear(text: str) -> None:
    assert verdict(text) is ScopeVerdict.UNCLEAR
