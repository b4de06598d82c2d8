"""Documents for the sweep's benchmarks: lawful township measures with a fault here and there, no two alike."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from cold_start import DUTIES

STATUTES = (
    *("优化营商环境条例", "中华人民共和国行政处罚法", "中华人民共和国行政许可法", "中华人民共和国土地管理法"),
    *("中华人民共和国合同法", "社会救助暂行办法", "城市市容和环境卫生管理条例", "中华人民共和国民法典"),
)
FAULTS = (
    "申请人应当提交村民委员会出具的无犯罪记录证明。",
    "未经镇人民政府批准，不得在集镇设立摊位。",
    "违反本办法的，由镇人民政府处五百元以上二千元以下罚款。",
    "申请人应当提交营业执照、不动产权属证书和完税证明。",
)
PLACES = ["青石", "白沙", "临江", "东岭", "柳河", "新安", "大坪", "石桥", "双溪", "永丰", "南湖", "北山"]
SUBJECTS = (
    *("公共设施", "集贸市场", "临时救助", "环境卫生", "村级公路"),
    *("农村用水", "户外广告", "殡葬服务", "养老服务", "文化设施"),
)
CHARACTERS_A_PAGE = 560  # a page in 三号仿宋 with the line spacing of GB/T 9704


def lines(number: int, pages: float, faults: float = 0.03) -> list[str]:
    """The paragraphs of document `number`, about `pages` pages long; the same each time.

    `faults` is the share of provisions with an unlawful sentence.
    """
    chance = random.Random(number)
    place, subject = chance.choice(PLACES), chance.choice(SUBJECTS)
    made = [
        f"{place}镇{subject}管理办法（第{number}号）",
        f"第一条 为了加强{subject}管理，根据《{chance.choice(STATUTES)}》《{place}县第{number % 997}号管理规定》，"
        "制定本办法。",
    ]
    article = 1
    while sum(map(len, made)) < pages * CHARACTERS_A_PAGE:
        article += 1
        duty = chance.choice(DUTIES).replace("公共服务设施", subject)
        made.append(f"第{article}条 {duty}第{number}号档案由{place}镇第{chance.randrange(10**6)}号专柜保存。")
        if chance.random() < 0.15:
            made.append(f"依照《{chance.choice(STATUTES)}》第{chance.randrange(1, 60)}条的规定办理。")
        if chance.random() < faults:
            made.append(chance.choice(FAULTS))
    year = chance.randrange(2005, 2027)
    made.append(f"第{article + 1}条 本办法自{year}年{chance.randrange(1, 13)}月1日起施行，有效期五年。")
    return made


def make(folder: Path, count: int, pages: float, suffix: str = ".docx") -> None:
    """Write `count` documents, a thousand a subfolder."""
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = lines(number, pages)
        path.write_bytes(packed(text) if suffix == ".docx" else "\n".join(text).encode())


@cache
def _template() -> dict[str, bytes]:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("@")
    document.save(file)
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(text: list[str]) -> bytes:
    """A .docx of these paragraphs, with the styles that Word gives."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in _template().items():
            if name == "word/document.xml":
                data = data.replace(b"<w:p><w:r><w:t>@</w:t></w:r></w:p>", body.encode())
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
