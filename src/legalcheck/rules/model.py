"""The rule as it is written: one YAML file, checked field by field."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from .finding import Severity

Text = Annotated[str, Field(min_length=1)]


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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GroundEntry(_Strict):
    """A statute (title, and articles as they are cited: 第四十四条第一款) or a document known by its number."""

    title: str = ""
    number: str = ""
    article: str = ""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.title or self.number):
            raise ValueError("依据应当写明 title（法律法规名称）或者 number（文号）")
        return self

    @property
    def text(self) -> str:
        """As it is printed: 《优化营商环境条例》第四十四条, 民发〔2020〕20号."""
        title = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if title and self.number else self.number
        return title + number + self.article


class Examples(_Strict):
    """The rule's own proof: passages it must report, and look-alikes it must leave alone."""

    violates: Annotated[tuple[Text, ...], Field(min_length=3)]
    passes: Annotated[tuple[Text, ...], Field(min_length=3)]


class Rule(_Strict):
    """One rule. `when` are patterns, any of which reports; `check` names a Python check with `params`, alone or beside them.

    `unless` are guards and lexicons that silence it, on top of the pack's and the default ones; `despite` are guards
    that do not silence it. `power` names the power of corpora/powers.yaml that the text would exercise: where the rank of
    the document holds it, the rule is silent. `yields_to` are rules that say the same more exactly. A rule of scope
    `draft` looks at the whole draft and is left out for passages.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2,8}-\d{3}$")]
    title: Text
    severity: Severity
    category: Category
    provenance: Literal["verified", "partly", "memory"]
    scope: Literal["passage", "draft"] = "passage"
    power: str = ""
    when: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    despite: tuple[Text, ...] = ()
    check: str = ""
    params: dict[str, Any] = Field(default_factory=dict)
    yields_to: tuple[Text, ...] = ()
    ground: Annotated[tuple[GroundEntry, ...], Field(min_length=1)]
    message: Text
    advice: Text
    note: str = ""
    examples: Examples
    pack: str = ""
    path: Path = Path()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (self.when or self.check):
            raise ValueError("when（模式）和 check（程序检查）应当至少写一个")
        if self.provenance == "memory" and self.severity is Severity.BLOCKING:
            raise ValueError("依据凭记忆录入（provenance: memory）的规则不得为 blocking")
        return self

    @field_validator("when", "unless", "despite", "yields_to", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class Pack(_Strict):
    """A folder of rules: ``pack.yaml``. `unless` holds for all its rules."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    title: Text
    version: Text
    jurisdiction: Text
    footing: Text
    unless: tuple[Text, ...] = ()
    folder: Path = Path()


def placeholders(message: str) -> list[str]:
    """The lexicon names that a message fills in: {certificates.village}."""
    return re.findall(r"\{([a-z_.0-9]+)\}", message)
