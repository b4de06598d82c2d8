"""The places where a citation may begin, and the state of the pass that looks at them one after another."""

from __future__ import annotations

from msgspec import Struct, field

from ..corpora.statutes import Catalogue
from ..lazy import regex
from .clauses import WS
from .model import Citation, Role
from .numbers import STANDARD_CODES

_BODIES = (
    "条例|办法|规定|细则|规则|决定|意见|通知|方案|制度|指南|指引|规范|标准|规程|准则"
    "|公告|通告|目录|清单|措施|法|章程|纲要|规划|计划"
)
# Where a token may begin: told first, so that the scan passes over all other characters at C speed.
_BEGIN = "《第〔\\[(（【﹝［令0-9０-９前本该同附<〈«‹法条根依按违参适符和、" + "".join(
    sorted({code[0] for code in STANDARD_CODES.split("|")})
)
TOKEN = regex(
    rf"(?=[{_BEGIN}])(?:"
    rf"(?P<title>《)"
    rf"|(?P<unit>第{WS}(?:[（(]{WS})?[〇○零一二两三四五六七八九十百千廿卅0-9０-９])"
    rf"|(?P<open>[〔\[(（【﹝［]{WS}[0-9０-９]{{2,4}})"
    rf"|(?P<order>令{WS}(?:[〔\[(（【﹝［][0-9]{{4}}[〕\])）】﹞］])?{WS}第?{WS}[0-9０-９〇零一二三四五六七八九十百]+{WS}号)"
    rf"|(?P<backward>[0-9０-９]{{1,5}}号令)"
    rf"|(?P<year>[12][0-9]{{3}}年(?:[\u4e00-\u9fff]{{1,8}}[发字函规办通])?第?[0-9]{{1,5}}号)"
    rf"|(?P<back>前(?:[一二两三四五六七八九十]{{0,2}})(?:款(?!项|式)|条(?!件|例)|项(?!目)))"
    rf"|(?P<this>本(?:(?:实施|管理|暂行|试行|工作)?(?:{_BODIES})|条|款(?!项)|项(?!目)|章(?!程)|节|编))"
    rf"|(?P<same>[该同](?:法(?!院|律|规(?!定)|人|定)|条例|办法|规定|决定|条(?!件|例)|款(?!项)))"
    rf"|(?P<attachment>附件{WS}[0-9０-９一二三四五六七八九十]{{1,3}})"
    rf"|(?P<standard>(?:{STANDARD_CODES})[\d/／ ])"
    rf"|(?P<odd>(?:<<|〈|«|‹)[\u4e00-\u9fff])"
    rf"|(?P<ruled>(?:法典?|条例)(?=的?(?:有关|相关)?规定))"
    rf"|(?P<marker>(?:根据|依据|依照|按照|违反|参照|适用|符合|和|、)(?=[\u4e00-\u9fff]{{1,38}}(?:法|条例|法典)))"
    r")"
)


class Scan(Struct):
    """One pass over `text`: what was found, where the last find ended, its role, and what later finds refer to."""

    text: str
    known: Catalogue
    out: list[Citation] = field(default_factory=list)
    end: int = 0
    role: Role | None = None
    antecedent: Citation | None = None  # the last title: what 该法 means
    aliases: dict[str, str] = field(default_factory=dict)  # key of a declared name -> full title

    def is_title(self, key: str) -> bool:
        """Whether `key` names a statute, by the catalogue or by a declaration in the text."""
        return key in self.known or key in self.aliases
