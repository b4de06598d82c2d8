"""An office that works with a ledger: its people, its clock, its drafts."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs
from sqlalchemy import text

from legalcheck.config import Config, Person
from legalcheck.corpora.profile import Profile, national
from legalcheck.document.package import Package
from legalcheck.record.case import Case, Disposal, Item
from legalcheck.record.gate import GateDecision, gate, options
from legalcheck.record.ledger import Ledger
from legalcheck.record.registry import Decision, Evidence, Registry, Submission
from legalcheck.record.verify import verify
from legalcheck.review import Report, review
from legalcheck.rules.finding import Finding, Ground, Location, Severity
from legalcheck.rules.ruleset import load

sys.path.append(str(Path(__file__).parents[1] / "document"))
from docx_build import docx, p

BASIS = "《中华人民共和国动物防疫法》第三十条"
MATERIALS = tuple(Evidence(name) for name in ("起草说明", "制定依据", "征求意见材料"))


class Clock:
    """A clock that stands still until it is set. It begins at noon in Beijing, so that all zones agree on the day."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    @property
    def today(self) -> date:
        return self.moment.date()

    def pass_days(self, days: int) -> None:
        self.moment += timedelta(days=days)


DRAFTER = Person("起草甲", "农业农村局", ("起草",))
ROSTER = (
    DRAFTER,
    Person("审核乙", "司法局", ("审核",)),
    Person("负责丙", "司法局", ("审核负责人",)),
    Person("顾问丁", "律师事务所", ("法律顾问",)),
    Person("文书戊", "政府办公室", ("办公机构",)),
    Person("市长己", "市政府", ("签发",)),
    Person("内审庚", "农业农村局", ("审核", "审核负责人")),
    Person("起草辛", "交通运输局", ("起草", "审核", "审核负责人", "法律顾问")),
)


def draft(*articles: str, title: str = "示例市养犬管理办法（送审稿）") -> bytes:
    """A .docx whose articles, with a lawful first and last one, give no findings of their own."""
    lines = [
        "为了规范养犬行为，根据《中华人民共和国动物防疫法》等法律法规，结合本市实际，制定本办法。",
        *(articles or ("本市行政区域内的养犬活动适用本办法。", "市公安机关负责养犬管理工作。")),
        "本办法自2027年1月1日起施行，有效期至2031年12月31日。",
    ]
    numerals = "一二三四五六七八九十"
    return docx(p(title) + "".join(p(f"第{numerals[n]}条　{line}") for n, line in enumerate(lines)))


@cache
def _reviewed(data: bytes) -> Report:
    return review(data)


def finding(
    severity: Severity = Severity.BLOCKING,
    quote: str = "申请人应当缴纳管理费",
    rule: str = "FEE-001",
    where: str = "第二条",
) -> Finding:
    """A finding as a rule would make it; the same words in the same place have the same fingerprint."""
    return Finding(
        rule=rule, title="违法设定收费", category="unlawful_charge", severity=severity,
        message="没有依据设定收费", advice="删除", ground=(Ground("优化营商环境条例第二十四条"),),
        provenance="verified", quote=quote, matched=(), marks=(), location=Location(where, 2),
        fingerprint=hashlib.sha256(f"{rule}{quote}{where}".encode()).hexdigest(),
    )  # fmt: skip


def reported(data: bytes, today: date, *findings: Finding) -> Report:
    """The report on a draft with these findings in place of the rules' own, which other tests are about."""
    return structs.replace(_reviewed(data), as_of=today, findings=findings, package=Package("示例市养犬管理办法", ()))


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Office:
    """An office with its ledger, its people and its clock; each method is what a person does."""

    ledger: Ledger
    clock: Clock
    config: Config = field(default_factory=lambda: Config(people=ROSTER))
    profile: Profile = field(default_factory=national)

    @property
    def registry(self) -> Registry:
        return Registry(self.ledger, self.config, self.clock.today, self.profile)

    def step(self, name: str, data: bytes, by: str, **more: Any) -> Case:
        return self.registry.step(name, sha(data), by, **more)

    def submit(self, data: bytes, by: str = "起草甲", **more: Any) -> Case:
        more = {"evidence": MATERIALS} | more
        return self.registry.step("送审", Submission(sha(data), "示例市养犬管理办法"), by, **more)

    def accept(self, data: bytes, by: str = "审核乙", **more: Any) -> Case:
        self.submit(data)
        return self.step("受理", data, by, **more)

    def review(
        self, data: bytes, *findings: Finding, by: str = "审核乙", continues: bytes = b"", **more: Any
    ) -> tuple[Case, Case]:
        rules = load(self.config.review.packs, self.config.packs.folders).digest
        report = structs.replace(reported(data, self.clock.today, *findings), rules_digest=rules)
        more = {"options": options(self.config)} | more
        return self.registry.reviewed(report, by, continues=sha(continues) if continues else "", **more)

    def under_review(self, data: bytes, *findings: Finding) -> Case:
        self.accept(data)
        return self.review(data, *findings)[1]

    def clear(
        self,
        data: bytes,
        *findings: Finding,
        as_: Disposal = Disposal.MISTAKEN,
        by: str = "",
        reason: str = "规则误报",
        basis: Sequence[str] = (),
    ) -> list[Item]:
        by = by or ("起草甲" if as_ is Disposal.NOT_ADOPTED else "审核乙")
        made = [Decision(one.fingerprint[:10], as_, reason, tuple(basis)) for one in findings]
        return self.registry.clear(sha(data), made, by)

    def undo(self, data: bytes, one: Finding, by: str = "审核乙", reason: str = "处理有误") -> list[Item]:
        return self.registry.undo(sha(data), [one.fingerprint[:10]], by, reason)

    def sign(self, data: bytes, by: str = "负责丙", **more: Any) -> Case:
        return self.registry.sign(sha(data), by, **more)

    def pass_(self, data: bytes, *findings: Finding) -> Case:
        """Bring a draft all the way to the open gate, its findings cleared as mistaken."""
        self.under_review(data, *findings)
        if findings:
            self.clear(data, *findings)
        return self.sign(data)

    def gate(self, data: bytes | Path, **changed: Any) -> GateDecision:
        """The gate, by a configuration that differs from the office's in what is `changed`."""
        return gate(data, ledger=self.ledger, config=structs.replace(self.config, **changed), clock=self.clock)

    def case(self, data: bytes) -> Case:
        known = self.ledger.case_of(sha(data))
        assert known is not None
        return self.ledger.case(known)

    def problems(self) -> list[str]:
        return verify(self.ledger).problems

    def tamper(self, statement: str, **values: object) -> None:
        """Change the tables behind the ledger's back, as somebody with the database's password can."""
        tamper(self.ledger, statement, **values)


def tamper(ledger: Ledger, statement: str, **values: object) -> None:
    with ledger.writing() as transaction:
        connection = transaction.connection
        if connection.dialect.name == "sqlite":
            for action in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS events_no_{action}"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS events_append_only ON events"))
        connection.execute(text(statement), values)
