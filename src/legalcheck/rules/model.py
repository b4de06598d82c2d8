"""The rule as the rest of legalcheck sees it: frozen values, checked where they are read (`schema`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.msgpack import decode

from .finding import Rank, Severity


class Category(StrEnum):
    """What a finding is counted under."""

    REVOKED_CERTIFICATE = "revoked_certificate"
    NON_PERMIT_APPROVAL = "non_permit_approval"
    MISSING_BASIS = "missing_basis"
    REPEALED_BASIS = "repealed_basis"
    UNLAWFUL_PERMIT = "unlawful_permit"
    UNLAWFUL_PENALTY = "unlawful_penalty"
    UNLAWFUL_COERCION = "unlawful_coercion"
    UNLAWFUL_CHARGE = "unlawful_charge"
    UNFAIR_COMPETITION = "unfair_competition"
    RIGHTS_REDUCTION = "rights_reduction"
    ULTRA_VIRES = "ultra_vires"
    SOCIAL_CREDIT = "social_credit"
    ENFORCEMENT = "enforcement"
    PROCEDURE = "procedure"
    FORM = "form"
    MARKET_ENTRY = "market_entry"


class GroundEntry(Struct, frozen=True):
    """A statute (title, and articles as they are cited: 第四十四条第一款) or a document known by its number."""

    title: str = ""
    number: str = ""
    article: str = ""

    @property
    def text(self) -> str:
        """As it is printed: 《优化营商环境条例》第四十四条, 民发〔2020〕20号."""
        title = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if title and self.number else self.number
        return title + number + self.article


class Examples(Struct, frozen=True):
    """The rule's own proof: passages it must report, and look-alikes it must leave alone; at least three of each."""

    violates: tuple[str, ...]
    passes: tuple[str, ...]


class Written(Struct, frozen=True):
    """What of a rule no review asks for; the patterns are also kept taken apart (`ruleset.Patterns`)."""

    when: tuple[str, ...]
    examples: Examples


class Rule(Struct, frozen=True, dict=True):
    """One rule; `written` is `Written` in MessagePack, decoded when it is asked for.

    `when` are patterns, any of which reports; `check` names a Python check with `params`, alone or beside them.
    `unless` are guards and lexicons that silence it, on top of the pack's and the default ones; `despite` are guards
    that do not. `power` names the power of corpora/powers.yaml that the text would exercise: where the rank of the
    document holds it, the rule is silent. `yields_to` are rules, or groups of them (PEN), that say the same of a clause
    more exactly. `ranks` are those of the documents that it is for, all where empty. A rule of scope `draft` looks at
    the whole draft and is left out for passages.
    """

    id: str
    title: str
    severity: Severity
    category: Category
    provenance: Literal["verified", "partly", "memory"]
    ground: tuple[GroundEntry, ...]
    message: str
    advice: str
    written: bytes
    scope: Literal["passage", "draft"] = "passage"
    power: str = ""
    unless: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    check: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    yields_to: tuple[str, ...] = ()
    ranks: tuple[Rank, ...] = ()
    note: str = ""
    pack: str = ""

    @cached_property
    def _written(self) -> Written:
        return decode(self.written, type=Written)

    @property
    def when(self) -> tuple[str, ...]:
        return self._written.when

    @property
    def examples(self) -> Examples:
        return self._written.examples


class Pack(Struct, frozen=True):
    """A folder of rules: ``pack.yaml``. `unless` holds for all its rules, `ranks` for those that name none."""

    name: str
    title: str
    version: str
    jurisdiction: str
    footing: str
    unless: tuple[str, ...] = ()
    ranks: tuple[Rank, ...] = ()
    folder: Path = Path()

    def path(self, rule_id: str) -> Path:
        """The file of a rule of this pack."""
        return self.folder / f"{rule_id}.yaml"


def placeholders(message: str) -> list[str]:
    """The lexicon names that a message fills in: {certificates.village}."""
    return re.findall(r"\{([a-z_.0-9]+)\}", message)
