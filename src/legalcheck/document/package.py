"""The materials that are submitted with a draft, and how a file of them is told from its name and first lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from ..lazy import regex


class Material(StrEnum):
    """A kind of material (review-process.md section 4)."""

    DRAFT = "送审稿"
    EXPLANATION = "起草说明"
    BASIS = "制定依据"
    CONSULTATION = "征求意见材料"
    OPERATORS = "市场主体意见"
    OWN_REVIEW = "起草单位审核意见"
    FAIR_COMPETITION = "公平竞争审查结论"
    EXPERTS = "专家论证意见"
    RISK = "风险评估报告"
    HEARING = "听证材料"
    COUNTERSIGN = "部门会签意见"
    SUPERSEDED = "拟修改废止文件目录"
    CONSISTENCY = "宏观政策取向一致性评估"
    PUBLICITY = "政策解读方案"


# In this order: 送审稿公平竞争审查结论 is a conclusion, not a draft.
_NAMES: tuple[tuple[Material, str], ...] = (
    (Material.FAIR_COMPETITION, "公平竞争"),
    (Material.CONSISTENCY, "一致性评估|宏观政策取向"),
    (Material.RISK, "风险评估|稳评|社稳|风险防控评估"),
    (Material.EXPERTS, "专家(?:论证|评审|咨询|意见)|论证(?:报告|意见|会)|评估论证|可行性论证"),
    (Material.HEARING, "听证"),
    (Material.OPERATORS, "(?:企业|市场主体|经营主体|行业协会|商会|经营者)[^。]{0,12}(?:意见|座谈|采纳)"),
    (Material.SUPERSEDED, "(?:废止|修改|清理)[^。]{0,10}(?:文件)?(?:目录|清单)"),
    (
        Material.CONSULTATION,
        "征求(?:公众|社会|社会公众)?意见(?!稿)|意见(?:采纳|征集|反馈|汇总)|采纳情况|公开征求|公示情况",
    ),
    (Material.COUNTERSIGN, "会签|协调意见|部门意见|征求部门"),
    (Material.OWN_REVIEW, "(?:合法性|法制)(?:审核|审查)(?:意见|表|书)|审核意见书?|集体讨论|会议纪要|局务会"),
    (Material.EXPLANATION, "起草说明|制定说明|编制说明|修订说明|起草情况|说明$"),
    (Material.BASIS, "制定依据|法律依据|政策依据|依据文件|依据(?:材料|汇编|对照表|目录)|条文对照|上位法|依据$"),
    (Material.PUBLICITY, "政策解读|解读|公开属性"),
    (Material.DRAFT, "送审稿|报审稿|审议稿|征求意见稿|草案|报批稿"),
)
_IS_DRAFT = regex("(?:送审稿|报审稿|审议稿|报批稿|草案)[）)]?$")
_IS_LETTER = regex("(?:报送|提请|商请|送审)[^。]*(?:函|请示|报告|通知)[）)]?$")
# what a material is called: a draft on hearings is not the record of one
_CALLED = regex(
    "(?:说明|报告|意见|意见书|结论|审查表|评估表|目录|清单|汇总表?|情况|记录|笔录|纪要|依据|对照表|方案)"
    "(?:[（(].*[）)])?$"
)
_PATTERNS = tuple((material, regex(pattern)) for material, pattern in _NAMES)
_LIST = regex(r"^(?:送审材料|报送材料|送审材料目录|随文报送)(?:如下)?[：:](?P<names>.+)$", re.MULTILINE)


class PackageFile(Struct, frozen=True):
    """A file of a package and the materials it is; `mentions` are those that its text also gives an account of."""

    name: str
    materials: frozenset[Material]
    mentions: frozenset[Material] = frozenset()


class Package(Struct, frozen=True):
    """What was submitted with a draft: `draft` is the name of the file to be reviewed, "" where none was found."""

    name: str
    files: tuple[PackageFile, ...]
    draft: str = ""

    def has(self, material: Material) -> bool:
        """Whether a file of the package is this material."""
        return any(material in file.materials for file in self.files)

    def mentions(self, material: Material) -> bool:
        """Whether some file gives an account of it, as an explanation does of the consultation."""
        return any(material in file.mentions for file in self.files)


def recognise(name: str, first_lines: Iterable[str] = ()) -> frozenset[Material]:
    """The material that a file is: by its name, else by its first lines that name one."""
    named = re.sub(r"\s", "", re.sub(r"\.[A-Za-z]{2,5}$", "", name))
    if _IS_DRAFT.search(named):
        return frozenset({Material.DRAFT})
    if _IS_LETTER.search(named):
        return frozenset()
    titles = [line for line in (re.sub(r"\s", "", line) for line in first_lines) if _CALLED.search(line)]
    for text in (named, *titles):
        for material, pattern in _PATTERNS:
            if pattern.search(text):
                return frozenset({material})
    return frozenset()


_ACCOUNTS: tuple[tuple[Material, str], ...] = (
    (Material.CONSULTATION, r"征求[^。]{0,20}意见[^。]{0,60}(?:收到|共|条|采纳|反馈|无意见)|意见[^。]{0,20}采纳"),
    (Material.OPERATORS, r"(?:企业|市场主体|经营主体|行业协会|商会)[^。]{0,40}(?:意见|座谈)"),
    (Material.BASIS, r"(?:制定|起草|法律|政策|主要)依据[：:]?|依据《"),
    (Material.COUNTERSIGN, r"(?:会签|书面征求|征求了?)[^。]{0,30}(?:部门|局|单位)"),
)


def accounts(text: str) -> frozenset[Material]:
    """The materials that a running text gives an account of."""
    return frozenset(material for material, pattern in _ACCOUNTS if re.search(pattern, text))


def listed(text: str) -> Package | None:
    """The package that a covering line names (送审材料：送审稿、起草说明、制定依据), None without such a line."""
    found = _LIST.search(text)
    if found is None:
        return None
    names = [name for name in re.split(r"[、，,；;。]", found["names"]) if name.strip()]
    return Package("送审材料目录", tuple(PackageFile(name.strip(), recognise(name)) for name in names))
