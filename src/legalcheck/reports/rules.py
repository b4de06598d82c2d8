"""Rules in words a lawyer reads: the list, one rule explained, and the outcome of their own examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ..corpora.location import data_root
from ..rules.frames import reading
from .width import fold, pad, visible
from .words import PROVENANCE, SEVERITY

if TYPE_CHECKING:
    from ..rules import Rule, RuleSet
    from ..rules.evaluation import Score
    from ..rules.examples import Result


def catalogue(rules: RuleSet) -> str:
    """One line a rule, under its pack."""
    lines = []
    for pack in rules.packs:
        own = [rule for rule in rules.rules if rule.pack == pack.name]
        lines += [f"{pack.name}　{pack.title}　{pack.version}　{len(own)} 条"]
        for rule in own:
            checked = "" if rule.provenance == "verified" else f"（{PROVENANCE[rule.provenance]}）"
            lines.append(f"  {pad(rule.id, 10)}  {SEVERITY[rule.severity]}  {rule.title}{checked}")
        lines.append("")
    lines.append(f"共 {len(rules.rules)} 条规则；用 legalcheck rules explain 编号 查看一条规则的依据、例外和正反例。")
    return "".join(visible(line) + "\n" for line in lines)


def explanation(rule: Rule, rules: RuleSet, columns: int = 80) -> str:
    """One rule on one screen."""
    lines = [f"{rule.id}　{rule.title}", ""]
    fields = [
        ("级别", SEVERITY[rule.severity]),
        ("规则包", rule.pack),
        ("问题", in_words(rule.message)),
        ("依据", "；".join(ground.text for ground in rule.ground)),
        ("核对", PROVENANCE[rule.provenance]),
        ("建议", rule.advice),
        ("说明", rule.note),
    ]
    for name, text in fields:
        lines += _field(name, text, columns)
    patterns = [in_words(reading(pattern)) for pattern in rule.when]
    lines += _list("查找（有其中一种说法即报告）", patterns or ["由程序检查，不是句式"], columns)
    exceptions = [_names().get(name, name) for name in rules.guards(rule)]
    lines += _list("不算（句中有下列情形）", exceptions, columns)
    lines += _list("违反规则的例子", rule.examples.violates, columns)
    lines += _list("不违反规则的例子", rule.examples.passes, columns)
    return "".join(line.rstrip() + "\n" for line in lines)


def reference(rules: RuleSet, scores: Mapping[str, Score] | None = None) -> str:
    """All rules as a Markdown page, pack by pack: the rule reference; `scores` are what an evaluation measured."""
    lines = ["# 规则一览", "", "由规则文件生成：`legalcheck rules explain --all --format markdown`。", ""]
    for pack in rules.packs:
        own = [rule for rule in rules.rules if rule.pack == pack.name]
        if not own:
            continue
        lines += [f"## {pack.title}（{pack.name} {pack.version}）", "", f"总依据：{pack.footing}", ""]
        for rule in own:
            lines += [f"### {rule.id} {rule.title}", ""]
            lines.append(f"{SEVERITY[rule.severity]}；类别 {rule.category}；{PROVENANCE[rule.provenance]}。")
            if scores is not None:
                lines += ["", f"实测：{_measured(scores.get(rule.id))}。"]
            lines += ["", f"- 问题：{rule.message}", f"- 依据：{'；'.join(entry.text for entry in rule.ground)}"]
            lines += [f"- 建议：{rule.advice}", "- 违反的例子："]
            lines += [f"  - {_one_line(text)}" for text in rule.examples.violates]
            lines += ["- 不违反的例子：", *(f"  - {_one_line(text)}" for text in rule.examples.passes), ""]
    return "\n".join(lines)


def _measured(score: Score | None) -> str:
    if score is None:
        return "在标注案例上没有报告"
    return f"报告 {score.cases} 段，类别相符 {score.named} 段，合法而误报 {score.false_alarms} 段"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def verdict(results: Sequence[Result]) -> str:
    """Every example that did not hold, and a closing line with counts."""
    failed = [result for result in results if not result.ok]
    lines = []
    for result in failed:
        wanted = "应当报告而没有报告" if result.violates else "不应当报告而报告了"
        lines.append(f"{result.rule}　{wanted}：{result.text}")
    rules = len({result.rule for result in results})
    lines.append(
        f"{rules} 条规则，{len(results)} 个例子，{len(results) - len(failed)} 个符合，{len(failed)} 个不符合。"
    )
    return "".join(visible(line) + "\n" for line in lines)


def _field(name: str, text: str, columns: int) -> Iterator[str]:
    for index, line in enumerate(fold(visible(text), columns - 10) if text else ()):
        yield "  " + pad(name if index == 0 else "", 8) + line


def _list(name: str, items: Sequence[str], columns: int) -> Iterator[str]:
    if items:
        yield ""
        yield name
    for item in items:
        for index, line in enumerate(fold(visible(item), columns - 4)):
            yield ("  · " if index == 0 else "    ") + line


_GAP = re.compile(r"\[\^[^\]]*\](?:\{\d*,\d*\}|[*+])\??|\.\*\??")
_LEXICON = re.compile(r"\{([a-z_][a-z_.0-9]*)\}")
_OPTIONAL = re.compile(r"(〔[^〕]*〕|（[^（）]*）|[^〕）…])\?")


def in_words(pattern: str) -> str:
    """A pattern as a lawyer reads it: 〔未经〕…〔审批的机关〕…（不得／不准）; what is left of RE2 stands as it is."""
    text = _GAP.sub("…", pattern)
    text = _LEXICON.sub(lambda found: f"〔{_names().get(found[1], found[1])}〕", text)
    text = text.replace("(?:", "（").replace("(", "（").replace(")", "）").replace("|", "／")
    return re.sub("…+", "…", _OPTIONAL.sub(r"［\1］", text))


_CORPORA = {
    "certificates.village": "村（居）民委员会不应出具的证明",
    "certificates.village_facts": "村（居）民委员会不应证明的事项",
    "certificates.police": "公安派出所不再出具的证明",
    "certificates.police_facts": "公安派出所不再证明的事项",
    "certificates.cancelled": "国家层面已取消的证明",
    "certificates.retained": "有依据而保留的证明",
    "approvals.abolished_category": "已废止的审批类别",
    "quoted": "书名号、引号之内",
    "organ": "义务主体是机关或者其工作人员",
    "basis": "写明依照某部法律、法规办理",
}


@cache
def _names() -> dict[str, str]:
    """What lexicons and guards are called: the remark that stands behind each one's name in its file."""
    found = {}
    for path in sorted((data_root() / "corpora" / "lexicon").glob("*.yaml")):
        for name, remark in re.findall(r"^([a-z_0-9]+): *# *(.+)$", path.read_text("utf-8"), re.MULTILINE):
            found[name] = re.sub(r"^G\d+ +", "", remark).strip()
    return {**found, **_CORPORA}
