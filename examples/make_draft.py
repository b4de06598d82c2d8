"""Make `draft.docx`, an invented township measure with unlawful provisions and lawful ones that look like them, and
`revised.docx`, the same after the review.

Chapters, articles and items are numbered by Word, as in most real drafts: their numbers stand nowhere in the text.
Run ``python examples/make_draft.py`` after a change; the same source gives the same files.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

TARGET = Path(__file__).with_name("draft.docx")
REVISED = Path(__file__).with_name("revised.docx")

CHAPTERS, ARTICLES = 1, 2  # numbering instances

NUMBERING = """
<w:numbering {ns}>
  <w:abstractNum w:abstractNumId="1">
    <w:multiLevelType w:val="singleLevel"/>
    <w:lvl w:ilvl="0">
      <w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>
      <w:lvlText w:val="第%1章"/><w:lvlJc w:val="center"/><w:rPr><w:b/></w:rPr>
    </w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="2">
    <w:multiLevelType w:val="multilevel"/>
    <w:lvl w:ilvl="0">
      <w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/>
      <w:lvlText w:val="第%1条"/><w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:firstLine="640"/></w:pPr><w:rPr><w:b/></w:rPr>
    </w:lvl>
    <w:lvl w:ilvl="1">
      <w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
      <w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:firstLine="640"/></w:pPr>
    </w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>
"""

TITLE = "青石镇集贸市场和沿街经营管理办法"

# (章 title, articles); an article is its paragraphs, and a tuple within it holds numbered items.
BODY: list[tuple[str, list[list[str | tuple[str, ...]]]]] = [
    (
        "总则",
        [
            [
                "为了维护集贸市场和沿街经营秩序，方便群众生产生活，根据《中华人民共和国食品安全法》《优化营商环境条例》"
                "等法律、法规，结合本镇实际，制定本办法。"
            ],
            ["本镇行政区域内集贸市场和沿街固定摊位的设置、经营和管理，适用本办法。"],
            [
                "集贸市场和沿街经营管理应当遵循便民利民、规范有序、放管结合的原则。",
                "镇人民政府应当精简办事材料，不得要求经营者提供村（居）民委员会出具的亲属关系证明、居民财产证明。",
            ],
            ["镇人民政府已经取消的非行政许可审批事项，各站所、各村不得以任何名义继续实施。"],
        ],
    ),
    (
        "摊位申请",
        [
            [
                "申请集贸市场固定摊位，应当向镇便民服务中心提交下列材料：",
                (
                    "居民身份证；",
                    "村民委员会出具的无犯罪记录证明；",
                    "户籍地派出所出具的户籍证明；",
                    "审核部门认为需要提交的其他材料。",
                ),
            ],
            [
                "未经镇人民政府批准，不得在主要街道两侧从事早点、夜宵经营。",
                "设立农家乐、民宿的，应当先到镇人民政府备案，未经备案不得开业。",
            ],
            ["沿街门店的户外摆卖属于非行政许可审批事项，由镇综合行政执法队按照原程序办理。"],
            ["经营者应当参加镇人民政府指定机构组织的培训，经考试合格取得上岗证后方可经营。"],
            ["经营者依法办理市场主体登记，登记机关应当一次性告知申请材料。鼓励经营者自愿参加镇里举办的免费技能培训。"],
            ["摊位证遗失的，经营者应当在市级以上报刊登报声明作废后，方可申请补办。"],
        ],
    ),
    (
        "经营管理",
        [
            [
                "市场开办者应当依照《中华人民共和国合同法》的规定，与经营者签订书面摊位租赁合同。",
            ],
            [
                "从事接触直接入口食品工作的人员，应当依照《中华人民共和国食品安全法》第四十五条的规定取得健康证明，"
                "方可上岗工作。"
            ],
            ["食用农产品实行供货名录管理，未列入名录的供货商不得进入集贸市场销售。"],
            [
                "各村应当将修订后的村规民约报镇人民政府备案。",
                "经营者可以通过政务服务平台查询摊位信息，镇便民服务中心通过信息共享能够核验的材料，不再要求经营者提交。",
            ],
        ],
    ),
    (
        "监督与附则",
        [
            ["市场管理人员在工作中索要、收受经营者财物的，依法给予处分；构成犯罪的，依法追究刑事责任。"],
            ["经营者对摊位分配结果有异议的，依照《中华人民共和国行政许可法》第九十条的规定申请复核。"],
            ["本办法自2027年1月1日起施行，有效期五年。"],
        ],
    ),
]

MATERIALS = [
    ("序号", "申请材料", "出具单位", "份数"),
    ("1", "固定摊位申请表", "申请人填写", "1"),
    ("2", "居民身份证（查验原件）", "公安机关", "1"),
    ("3", "村民委员会出具的收入证明", "村民委员会", "1"),
    ("4", "食品经营许可证或者备案信息（从事食品经营的）", "市场监督管理部门", "1"),
    ("5", "其他相关证明材料", "有关单位", "若干"),
]

# What the drafters made of the findings: the text in its place, "" where it is struck out.
REVISION = {
    "村民委员会出具的无犯罪记录证明；": "",
    "户籍地派出所出具的户籍证明；": "",
    "审核部门认为需要提交的其他材料。": "固定摊位申请表。",
    "未经镇人民政府批准，不得在主要街道两侧从事早点、夜宵经营。": "早点、夜宵经营的时段和地点由镇人民政府向社会公布。",
    "设立农家乐、民宿的，应当先到镇人民政府备案，未经备案不得开业。": "",
    "沿街门店的户外摆卖属于非行政许可审批事项，由镇综合行政执法队按照原程序办理。": "沿街门店不占用人行道和盲道摆卖。",
    "经营者应当参加镇人民政府指定机构组织的培训，经考试合格取得上岗证后方可经营。": (
        "镇人民政府免费提供食品安全知识宣传。"
    ),
    "摊位证遗失的，经营者应当在市级以上报刊登报声明作废后，方可申请补办。": (
        "摊位证遗失的，经营者可以到镇便民服务中心免费补办。"
    ),
    "市场开办者应当依照《中华人民共和国合同法》的规定，与经营者签订书面摊位租赁合同。": (
        "市场开办者应当依照《中华人民共和国民法典》的规定，与经营者签订书面摊位租赁合同。"
    ),
    "食用农产品实行供货名录管理，未列入名录的供货商不得进入集贸市场销售。": "市场开办者公示食用农产品的检验结果。",
    "经营者对摊位分配结果有异议的，依照《中华人民共和国行政许可法》第九十条的规定申请复核。": (
        "经营者对摊位分配结果有异议的，可以向镇人民政府反映。"
    ),
    "村民委员会出具的收入证明": "摊位经营品种说明",
    "村民委员会": "申请人填写",
    "其他相关证明材料": "授权委托书（委托他人办理的）",
    "有关单位": "委托人",
    "若干": "1",
}


def build(revision: dict[str, str]) -> bytes:
    """The whole file, with these paragraphs replaced."""
    document = Document()
    _page(document)
    _numbering(document)
    _center(document, TITLE, size=22, bold=True)
    _center(document, "（送审稿）", size=16)
    for chapter, articles in BODY:
        _number(_center(document, chapter, size=16, bold=True), CHAPTERS, 0)
        for article in articles:
            for index, part in enumerate(article):
                if isinstance(part, tuple):
                    for item in filter(None, (revision.get(item, item) for item in part)):
                        _number(document.add_paragraph(item), ARTICLES, 1)
                elif not (text := revision.get(part, part)):
                    continue
                elif index == 0:
                    _number(document.add_paragraph(text), ARTICLES, 0)
                else:
                    document.add_paragraph(text).paragraph_format.first_line_indent = Pt(32)
    document.add_paragraph()
    for line in ("青石镇人民政府", "2026年11月20日"):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_page_break()
    document.add_paragraph("附件")
    _center(document, "固定摊位申请材料清单", size=18, bold=True)
    _table(document, revision)
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_every_time(buffer.getvalue())


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    style.paragraph_format.line_spacing = Pt(28)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "legalcheck", ""


def _numbering(document: DocumentType) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in parse_xml(NUMBERING.format(ns=nsdecls("w"))):
        root.append(child)


def _number(paragraph: Paragraph, instance: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = instance


def _center(document: DocumentType, text: str, size: int, bold: bool = False) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.line_spacing = Pt(max(28, size * 1.6))
    return paragraph


def _table(document: DocumentType, revision: dict[str, str]) -> None:
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    table.autofit = False
    widths = (Cm(1.6), Cm(7.6), Cm(4.4), Cm(2))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in MATERIALS:
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width = width
            cell.text = revision.get(text, text)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(14)


def _same_every_time(package: bytes) -> bytes:
    """The package with fixed times, so that making it again changes nothing."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            member = zipfile.ZipInfo(entry.filename, (2026, 11, 20, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(entry))
    return buffer.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(build({}))
    REVISED.write_bytes(build(REVISION))
