"""How well rules do on labelled passages: what is found, what is missed, what is reported wrongly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from ..document import from_text
from ..errors import UsageError
from .finding import Finding, Rank, Severity
from .ruleset import RuleSet
from .run import findings


class Case(Struct, frozen=True):
    """A labelled passage: the categories it violates (none: it is lawful), and the rank of its document."""

    id: str
    text: str
    labels: tuple[str, ...]
    level: Rank = Rank.NORMATIVE


class Outcome(Struct, frozen=True):
    """A case and the blocking and major findings on it."""

    case: Case
    findings: tuple[Finding, ...]

    @property
    def categories(self) -> frozenset[str]:
        """The categories of the findings."""
        return frozenset(finding.category for finding in self.findings)

    @property
    def missed(self) -> bool:
        """An unlawful passage on which no finding names one of its labels."""
        return bool(self.case.labels) and not self.categories.intersection(self.case.labels)

    @property
    def false_alarm(self) -> bool:
        """A lawful passage with a finding."""
        return not self.case.labels and bool(self.findings)


class Score(Struct):
    """Counts of one category, or of one rule.

    `cases` are the passages that bear the label (for a rule: on which it reported), `detected` those of them with any
    finding, `named` those with a finding of this category, `wrong` the passages reported without bearing the label.
    """

    cases: int = 0
    detected: int = 0
    named: int = 0
    wrong: int = 0
    false_alarms: int = 0  # of `wrong`, those on lawful passages

    @property
    def recall(self) -> float:
        """Share of the labelled passages named by a finding of the category."""
        return self.named / self.cases if self.cases else 0.0

    @property
    def precision(self) -> float:
        """Share of the passages reported that bear the label."""
        return self.named / (self.named + self.wrong) if self.named + self.wrong else 0.0


class Evaluation(Struct, frozen=True):
    """All outcomes, and the scores by category and by rule, each ordered by name."""

    outcomes: tuple[Outcome, ...]
    categories: dict[str, Score] = field(default_factory=dict)
    rules: dict[str, Score] = field(default_factory=dict)

    @property
    def unlawful(self) -> int:
        """How many passages bear a label."""
        return sum(bool(outcome.case.labels) for outcome in self.outcomes)

    @property
    def detected(self) -> int:
        """How many of them have a finding at all."""
        return sum(bool(outcome.case.labels and outcome.findings) for outcome in self.outcomes)

    @property
    def lawful(self) -> int:
        """How many passages bear none."""
        return len(self.outcomes) - self.unlawful

    @property
    def false_alarms(self) -> int:
        """How many of them have a finding."""
        return sum(outcome.false_alarm for outcome in self.outcomes)


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file ({id, text, label, level}); raises `UsageError` with the line."""
    cases = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"无法读取 {path}，请确认文件存在且为 UTF-8 编码。") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            labels = tuple(map(str, raw["label"]))
            cases.append(
                Case(str(raw.get("id", number)), str(raw["text"]), labels, Rank(raw.get("level", "normative")))
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}第 {number} 行不是有效的案例，应当含 id、text、label（列表）和 level。") from error
    return cases


def evaluate(ruleset: RuleSet, cases: Iterable[Case], as_of: date) -> Evaluation:
    """Check every case with all rules; findings of minor severity do not count."""
    outcomes = tuple(_outcomes(ruleset, cases, as_of))
    return Evaluation(outcomes, _by_category(outcomes), _by_rule(outcomes))


def _outcomes(ruleset: RuleSet, cases: Iterable[Case], as_of: date) -> Iterator[Outcome]:
    for case in cases:
        found = findings(from_text(case.text), ruleset, as_of, case.level, passages_only=True)
        yield Outcome(case, tuple(f for f in found if f.severity is not Severity.MINOR))


def _by_category(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for outcome in outcomes:
        for category in sorted(outcome.categories.union(outcome.case.labels)):
            score = scores.setdefault(category, Score())
            if category in outcome.case.labels:
                score.cases += 1
                score.detected += bool(outcome.findings)
                score.named += category in outcome.categories
            else:
                score.wrong += 1
                score.false_alarms += outcome.false_alarm
    return dict(sorted(scores.items()))


def _by_rule(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for outcome in outcomes:
        for rule, category in sorted({(finding.rule, finding.category) for finding in outcome.findings}):
            score = scores.setdefault(rule, Score())
            right = category in outcome.case.labels
            score.cases += 1
            score.detected += 1
            score.named += right
            score.wrong += not right
            score.false_alarms += outcome.false_alarm
    return dict(sorted(scores.items()))
