"""The elements of an official document."""

from __future__ import annotations

from datetime import date

import pytest

from legalcheck.document import from_text
from legalcheck.document.issuers import issuer_level
from legalcheck.document.model import IssuerLevel, Metadata

NOTICE = """000012
特急
东湖市住房和城乡建设局文件
东建规〔2026〕3号\t签发人：李某
东湖市住房和城乡建设局
关于印发《物业服务收费管理办法（试行）》的通知
各县（市、区）住房城乡建设局，各物业服务企业：
现将《物业服务收费管理办法（试行）》印发给你们，请遵照执行。
附件：1.物业服务收费管理办法（试行）
      2.收费公示表
东湖市住房和城乡建设局
2026年3月18日
（此件公开发布）
附件1
物业服务收费管理办法（试行）
第一条 为了规范物业服务收费，制定本办法。
第二条 物业服务企业不得收取装修押金。
第三条 本办法自2026年5月1日起施行，有效期2年。
抄送：市发展改革委。
"""


def metadata(text: str) -> Metadata:
    return from_text(text).metadata


def test_the_elements_of_a_notice_with_a_red_head() -> None:
    found = metadata(NOTICE)
    assert found == Metadata(
        title="东湖市住房和城乡建设局关于印发《物业服务收费管理办法（试行）》的通知",
        kind="办法",
        carrier="通知",
        issuer="东湖市住房和城乡建设局",
        issuer_level=IssuerLevel.DEPARTMENT,
        document_number="东建规〔2026〕3号",
        document_date=date(2026, 3, 18),
        addressees=("各县（市、区）住房城乡建设局", "各物业服务企业"),
        effective="2026年5月1日",
        effective_date=date(2026, 5, 1),
        validity="2年",
        attachments=("物业服务收费管理办法（试行）", "收费公示表"),
        signatory="东湖市住房和城乡建设局",
    )


def test_a_bare_draft_has_a_stage_and_a_kind() -> None:
    found = metadata(
        "东湖市养犬管理规定\n（征求意见稿）\n第一条 为了规范养犬，制定本规定。\n第二条 本规定自公布之日起施行。"
    )
    assert (found.title, found.kind, found.draft_stage) == ("东湖市养犬管理规定", "规定", "征求意见稿")
    assert (found.effective, found.effective_date, found.issuer) == ("公布之日", None, "")


@pytest.mark.parametrize(
    ("title", "kind", "carrier"),
    [
        ("某县人民政府关于加强烟花爆竹管理的通告", "通告", ""),
        ("某县人民政府关于修改《某县养犬管理办法》的决定", "决定", ""),
        ("某县人民政府办公室关于转发县财政局《专项资金管理细则》的通知", "细则", "通知"),
        ("某省人民政府办公厅转发省商务厅关于促进消费若干意见的通知", "意见", "通知"),
        ("某市人民政府关于进一步优化营商环境的实施意见（试行）", "意见", ""),
        ("某县人民政府关于印发城市照明管理规定（试行）的通知", "规定", "通知"),
        ("某镇2026年防汛工作方案", "方案", ""),
        ("某市公安局公告〔2026〕第3号", "公告", ""),
        ("某镇人民政府关于2025年工作情况的报告", "报告", ""),
    ],
)
def test_kind_and_carrier_come_from_the_title(title: str, kind: str, carrier: str) -> None:
    found = metadata(f"{title}\n为了做好工作，现将有关事项告知如下。\n一、甲。")
    assert (found.title, found.kind, found.carrier) == (title, kind, carrier)


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("国务院办公厅", IssuerLevel.STATE_COUNCIL),
        ("国家税务总局", IssuerLevel.MINISTRY),
        ("民政部", IssuerLevel.MINISTRY),
        ("中国人民银行 财政部", IssuerLevel.MINISTRY),
        ("四川省人民政府", IssuerLevel.PROVINCE),
        ("重庆市人民政府办公厅", IssuerLevel.PROVINCE),
        ("成都市人民政府", IssuerLevel.CITY),
        ("阿坝藏族羌族自治州人民政府", IssuerLevel.CITY),
        ("郫县人民政府办公室", IssuerLevel.COUNTY),
        ("成都市武侯区人民政府", IssuerLevel.COUNTY),
        ("石柱土家族自治县人民政府", IssuerLevel.COUNTY),
        ("大歇镇人民政府", IssuerLevel.TOWNSHIP),
        ("红光街道办事处", IssuerLevel.SUBDISTRICT),
        ("成都市教育局", IssuerLevel.DEPARTMENT),
        ("四川省司法厅", IssuerLevel.DEPARTMENT),
        ("某县安全生产委员会办公室", IssuerLevel.INTERNAL_OFFICE),
        ("某县防汛抗旱指挥部", IssuerLevel.INTERNAL_OFFICE),
        ("某县教育局办公室", IssuerLevel.INTERNAL_OFFICE),
        ("", IssuerLevel.UNKNOWN),
    ],
)
def test_the_issuer_s_level_is_read_off_its_name(issuer: str, level: IssuerLevel) -> None:
    assert issuer_level(issuer) is level


@pytest.mark.parametrize(
    ("clause", "effective", "day"),
    [
        ("本办法自2026年5月1日起施行。", "2026年5月1日", date(2026, 5, 1)),
        ("本通告自发布之日起30日后施行。", "发布之日起30日后", None),
        ("本通知自印发之日起执行。", "印发之日", None),
        ("本办法自二〇二六年五月一日起实施。", "二〇二六年五月一日", date(2026, 5, 1)),
        ("本办法自2026年13月1日起施行。", "2026年13月1日", None),
        ("建设单位应当自竣工之日起30日内备案。", "", None),
    ],
)
def test_the_effective_date_is_quoted_and_parsed(clause: str, effective: str, day: date | None) -> None:
    found = metadata(f"某办法\n第一条 甲。\n第二条 {clause}")
    assert (found.effective, found.effective_date) == (effective, day)


@pytest.mark.parametrize(
    ("clause", "validity"),
    [
        ("本办法自印发之日起施行，有效期五年。", "五年"),
        ("本规定有效期至2030年12月31日。", "2030年12月31日"),
        ("经营许可证有效期三年，期满应当申请延续。", ""),
    ],
)
def test_validity_is_that_of_the_document(clause: str, validity: str) -> None:
    assert metadata(f"某办法\n第一条 甲。\n第二条 {clause}").validity == validity


def test_secrecy_is_found() -> None:
    assert metadata("机密★1年\n某市人民政府关于甲的通知\n各单位：\n请遵照执行。").secrecy == "机密"


def test_a_number_in_the_text_is_not_the_document_s() -> None:
    assert metadata("某办法\n第一条 甲。\n依据〔2025〕第12号文件办理。").document_number == ""
