"""What a rule file and a pack file must look like; every error names file and line, in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from msgspec.msgpack import encode
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..corpora.lexicon import load_yaml
from ..errors import CorpusError, RuleError
from .finding import Rank, Severity
from .model import Category, Examples, GroundEntry, Pack, Rule, Written

Text = Annotated[str, Field(min_length=1)]
Model = TypeVar("Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Ground(_Strict):
    title: str = ""
    number: str = ""
    article: str = ""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.title or self.number):
            raise ValueError("依据应当写明 title（法律法规名称）或者 number（文号）")
        return self


class _Examples(_Strict):
    violates: Annotated[tuple[Text, ...], Field(min_length=3)]
    passes: Annotated[tuple[Text, ...], Field(min_length=3)]


class _Rule(_Strict):
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
    ranks: tuple[Rank, ...] = ()
    ground: Annotated[tuple[_Ground, ...], Field(min_length=1)]
    message: Text
    advice: Text
    note: str = ""
    examples: _Examples

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


class _Pack(_Strict):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    title: Text
    version: Text
    jurisdiction: Text
    footing: Text
    unless: tuple[Text, ...] = ()
    ranks: tuple[Rank, ...] = ()


def read_rule(path: Path, pack: Pack) -> Rule:
    """The rule in a file; raises `RuleError` with file and line."""
    read = _read(path, _Rule)
    return Rule(
        **{
            **{name: getattr(read, name) for name in type(read).model_fields if name not in ("when", "examples")},
            "ranks": read.ranks or pack.ranks,
            "ground": tuple(GroundEntry(g.title, g.number, g.article) for g in read.ground),
            "written": encode(Written(read.when, Examples(read.examples.violates, read.examples.passes))),
        },
        pack=pack.name,
    )


def read_pack(folder: Path) -> Pack:
    """The pack in a folder; raises `RuleError` with file and line."""
    if not (folder / "pack.yaml").is_file():
        raise RuleError(f"{folder} 不是规则包：缺少 pack.yaml，请核对路径。")
    read = _read(folder / "pack.yaml", _Pack)
    return Pack(**{name: getattr(read, name) for name in type(read).model_fields}, folder=folder)


def _read(path: Path, model: type[Model]) -> Model:
    try:
        content = load_yaml(path)
    except CorpusError as error:
        raise RuleError(str(error)) from error
    if not isinstance(content, dict):
        raise RuleError(f"{path}：内容应当是“键: 值”的 YAML 映射，请对照其他规则修改。")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = _line_of(path, str(first["loc"][0]) if first["loc"] else "")
        raise RuleError(f"{path}第 {line} 行：{where or '规则'} 有误（{_reason(first)}），请改正。") from error


_REASONS: dict[str, Callable[[dict[str, Any]], str]] = {
    "extra_forbidden": lambda e: "没有这个键",
    "missing": lambda e: "缺少这一项",
    "enum": lambda e: f"应当是 {e['ctx']['expected']} 之一",
    "literal_error": lambda e: f"应当是 {e['ctx']['expected']} 之一",
    "too_short": lambda e: f"至少 {e['ctx']['min_length']} 项",
    "string_type": lambda e: "应当是文字",
    "string_too_short": lambda e: "不得为空",
    "string_pattern_mismatch": lambda e: "格式不符，编号形如 CERT-001",
    "tuple_type": lambda e: "应当是列表",
    "value_error": lambda e: str(e["ctx"]["error"]),
}


def _reason(error: Any) -> str:
    describe = _REASONS.get(error["type"])
    return describe(error) if describe else str(error["msg"])


def _line_of(path: Path, key: str) -> int:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1
