"""Who issues a document, and on which level: read off the issuer's name.

A city's level cannot be read off its name (县级市, 地级市): 市人民政府 is CITY unless another city stands before it.
"""

from __future__ import annotations

from ..lazy import regex
from .model import IssuerLevel

_MINISTRY = regex(
    r"^(?:中华人民共和国)?(?:国务院.+|国家(?!税务总局.).+|中国(?!共产党).*(?:银行|委员会|监会|总署|局)|海关总署|审计署|.*总局(?!.)"
    r"|(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境"
    r"|环境保护|住房和?城乡建设|建设|交通运输|交通|铁道|水利|农业农村|农业|商务|文化和旅游|文化|卫生|退役军人事务|退役军人|应急管理"
    r"|信息产业|劳动和社会保障|人事|监察|中央宣传|中央组织)部(?:办公厅)?"
    r"|(?:发展改革委|证监会|银监会|保监会|银保监会|金融监管总局|国资委|市场监管总局|卫生健康委|卫生计生委|国家民委)(?:办公厅)?)$"
)
_BETWEEN = regex(r"[ \u3000\t、，,\n]")
_REMARK = regex(r"(?:[（(].*[）)]|等.{0,4}部门|等.{0,4}单位)$")
_COORDINATING = regex(r"领导小组|指挥部|联席会议|工作组|工作专班|专班|协调小组|委员会办公室$|创建办$|筹备(?:处|组)")
_INSIDE = regex(r"(?:局|厅|委|委员会|部)(?:办公室|.{0,10}(?:科|股|处|室))$|人民政府.{1,10}(?:科|股)$")
_TOWNSHIP = regex(r"(?:镇|乡|苏木)人民政府(?:办公室|党政办公室)?$")
_SUBDISTRICT = regex(r"街道(?:办事处|办)(?:办公室)?$|地区办事处$")
_PROVINCE = regex(
    r"^(?:[^市县区]{2,7}(?:省|自治区)|(?:北京|天津|上海|重庆)市|.*特别行政区)(?:人民)?政府(?:办公厅|办公室)?$"
)
_COUNTY = regex(r"(?:县|旗|区|市.{1,6}市|州.{1,6}市)(?:人民)?政府(?:办公室|办公厅|办)?$")
_CITY = regex(r"(?:市|州|盟|地区)(?:人民政府|行政公署|政府)(?:办公室|办公厅|办)?$|行政公署$|行署$")
_DEPARTMENT = regex(r"(?:局|厅|委员会|委|办公室|管委会|支队|大队|总队|中心|所|站|院|署|行|办|处|部|法院|检察院)$")

ORGAN = (
    r"(?:人民政府(?:办公厅|办公室)?|国务院(?:办公厅)?|办公厅|办公室|委员会|管委会|总局|总署|审计署|街道办事处|办事处|领导小组"
    r"|指挥部|联席会议|银行|政府|[^的《》]{1,12}(?:局|厅|部|委|署|院|办|监会|协会|中心|公司|支队|部队|法院|检察院|党委))"
)


def issuer_level(issuer: str) -> IssuerLevel:
    """The level of the first organ in `issuer`; UNKNOWN for names that tell nothing."""
    organs = [name for name in _BETWEEN.split(issuer.strip()) if name]
    # a Party committee that issues together with a government is on that government's level
    name = next((organ for organ in organs if not organ.startswith("中共")), organs[0] if organs else "")
    name = _REMARK.sub("", name)
    if not name:
        return IssuerLevel.UNKNOWN
    if name in ("国务院", "国务院办公厅", "中华人民共和国国务院"):
        return IssuerLevel.STATE_COUNCIL
    if _COORDINATING.search(name) and "安全监督管理" not in name and not name.startswith("国务院"):
        return IssuerLevel.INTERNAL_OFFICE
    if _SUBDISTRICT.search(name):
        return IssuerLevel.SUBDISTRICT
    if _TOWNSHIP.search(name):
        return IssuerLevel.TOWNSHIP
    if _PROVINCE.search(name):
        return IssuerLevel.PROVINCE
    if _COUNTY.search(name):
        return IssuerLevel.COUNTY
    if _CITY.search(name):
        return IssuerLevel.CITY
    if _MINISTRY.match(name):
        return IssuerLevel.MINISTRY
    if _INSIDE.search(name):
        return IssuerLevel.INTERNAL_OFFICE
    if name.startswith(("中共", "中国共产党")):
        return IssuerLevel.UNKNOWN
    if _DEPARTMENT.search(name):
        return IssuerLevel.DEPARTMENT
    return IssuerLevel.UNKNOWN
