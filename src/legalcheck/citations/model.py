"""Citations as found in a text, before anything is looked up."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a text cites an instrument for (citation-grammar.md section 2)."""

    BASIS = "basis"  # 根据、依据
    BASIS_APPLY = "basis_apply"  # 依照
    FOLLOW = "follow"  # 按照《…》, 符合《…》, 《…》规定的
    ANALOGY = "analogy"  # 参照
    POLICY = "policy"  # 贯彻落实, …文件精神
    BREACH = "breach"  # 违反, 不符合
    SCOPE = "scope"  # 适用, 不适用
    REPEAL = "repeal"  # 同时废止
    ALIAS = "alias"  # the name declared by 以下简称
    DEFINITION = "definition"  # 所称…是指
    MENTION = "mention"  # everything else: history, quotation, list, heading


APPLIED = frozenset({Role.BASIS, Role.BASIS_APPLY, Role.FOLLOW, Role.ANALOGY, Role.BREACH, Role.SCOPE})


class Kind(StrEnum):
    """The form of a citation."""

    TITLED = "titled"  # 《行政处罚法》第九条, 民法典第一千零四十二条
    NUMBERED = "numbered"  # 国办发〔2018〕37号 without a title
    STANDARD = "standard"  # GB/T 9704—2012
    RELATIVE = "relative"  # 本办法第三条, 前款, 该法第十条
    INTERNAL = "internal"  # 第八条第一款 alone: the citing text itself
    ATTACHMENT = "attachment"  # 附件2


class Warn(StrEnum):
    """Odd forms that are read but should be corrected (citation-grammar.md section 4; BASIS-006)."""

    BRACKETS = "brackets"  # 国发[2015]27号
    MISSING_BRACKET = "missing_bracket"  # 公通字〔201621号
    EXTRA_DI = "extra_di"  # 国发〔2015〕第27号
    LEADING_ZERO = "leading_zero"  # 国发〔2015〕027号
    SHORT_YEAR = "short_year"  # 国发〔15〕27号
    SPACES = "spaces"  # 国发 〔2015〕 27 号
    YEAR_FORM = "year_form"  # 国发2015年27号, 2018年国办发115号
    MISPLACED = "misplaced"  # 〔2015〕27号国发
    ORDER_FORM = "order_form"  # 国务院第713号令
    MISSING_MARKS = "missing_marks"  # 民法典第279条
    WRONG_MARKS = "wrong_marks"  # <<行政处罚法>>, “行政处罚法”第九条
    UNCLOSED_MARKS = "unclosed_marks"  # 《行政处罚法第九条
    NESTED_MARKS = "nested_marks"  # 《…《…》…》 where 〈…〉 belongs
    ARABIC = "arabic"  # 第3条


class ClauseRef(Struct, frozen=True):
    """One cited unit: 第八条第一款第（二）项第3目 is article (8, 0), paragraph 1, item 2, subitem 3.

    `article` is (number, sub): 第一百二十条之一 is (120, 1). `until` is the last unit of a range, both ends included,
    with what it inherits from the left filled in. `heads` are chapters: (("章", 2), ("节", 1)). `rest` is what has no
    number of its own: 后段, 但书, 7.3.3 of a standard.
    """

    start: int
    end: int
    article: tuple[int, int] | None = None
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None
    until: ClauseRef | None = None
    heads: tuple[tuple[str, int], ...] = ()
    rest: str = ""

    def __str__(self) -> str:
        """Canonical form: 第八条第一款第二项第3目, 第三条至第五条 (立法技术规范: an item without brackets)."""
        from ..numerals import to_chinese

        out = "".join(f"第{to_chinese(n)}{unit}" for unit, n in self.heads)
        if self.article:
            number, sub = self.article
            out += f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")
        if self.paragraph is not None:
            out += f"第{to_chinese(self.paragraph)}款"
        if self.item is not None:
            out += f"第{to_chinese(self.item)}项"
        if self.subitem is not None:
            out += f"第{self.subitem}目"
        return out + self.rest + (f"至{self.until}" if self.until else "")


class Number(Struct, frozen=True):
    """A document number (国办发, 2018, 37) or an order (国务院令, None, 722), at text[start:end].

    `text` is its canonical form, `key` what the catalogue knows it by. An order has no year save in the places that
    write 渝府令〔2015〕290号.
    """

    start: int
    end: int
    issuer: str
    year: int | None
    n: int
    text: str
    key: str

    @property
    def order(self) -> bool:
        """Whether it is an order (令)."""
        return self.issuer.endswith("令")


class Citation(Struct, frozen=True):
    """One citation: `text` stands at [start, end) of the searched text, in code points, clauses and numbers included.

    `title` is as written, without its outer marks; `key` the same normalised (`statutes.title_key`), or that of the
    full title where `title` is an abbreviation declared in the text. For 该法, 同法 `title` is that of the law meant.
    `relative` is the relative word itself (前款, 本办法), with `distance` units back (前两款: 2).
    """

    start: int
    end: int
    text: str
    kind: Kind
    role: Role
    title: str = ""
    key: str = ""
    title_start: int = 0
    title_end: int = 0
    numbers: tuple[Number, ...] = ()
    clauses: tuple[ClauseRef, ...] = ()
    edition: int | None = None  # the year in （2017年修正）
    issuer: str = ""  # 县委办、县政府办 before a title
    nested: tuple[str, ...] = ()  # titles within the title
    open: bool = False  # 等 follows: the list goes on
    alias: str = ""  # the name this citation declares by 以下简称
    alias_of: str = ""  # the full title behind a declared name
    relative: str = ""
    distance: int = 0
    quoted: bool = False  # within “ ”
    warnings: tuple[Warn, ...] = ()

    @property
    def number(self) -> Number | None:
        """The first document or order number."""
        return self.numbers[0] if self.numbers else None

    @property
    def applied(self) -> bool:
        """Whether the text rests on it or applies it, rather than mentions or repeals it."""
        return self.role in APPLIED

    @property
    def instrument(self) -> bool:
        """Whether it names a legal instrument or official document, rather than a form, a book or a licence."""
        return bool(self.numbers) or self.kind is not Kind.TITLED or self.key.rstrip(")").endswith(INSTRUMENTS)


INSTRUMENTS = (
    *(
        "宪法",
        "法",
        "法典",
        "条例",
        "办法",
        "规定",
        "细则",
        "规则",
        "决定",
        "决议",
        "解释",
        "命令",
        "令",
        "批复",
        "意见",
        "通知",
    ),
    *(
        "规范",
        "规程",
        "标准",
        "准则",
        "通则",
        "方案",
        "规划",
        "纲要",
        "计划",
        "公告",
        "通告",
        "公报",
        "章程",
        "制度",
        "目录",
    ),
    *(
        "指南",
        "指引",
        "清单",
        "要点",
        "措施",
        "函",
        "试行",
        "暂行",
        "基准",
        "协定",
        "公约",
        "守则",
        "规约",
        "规章",
        "修正案",
        "要求",
    ),
)
