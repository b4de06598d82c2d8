"""legalcheck.toml: how an office reviews, next to its drafts.

The file nearest above a draft counts, else the nearest above the working folder. Every error names the file and the
line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec import Struct
from msgspec.structs import fields, replace

from .errors import ConfigError, CorpusError, reason
from .rules.finding import Rank

FILE_NAME = "legalcheck.toml"
DEFAULT_LEDGER = ".legalcheck/ledger.db"


RoleName = Literal["起草", "办公机构", "审核", "审核负责人", "法律顾问", "签发"]
ROLES: tuple[str, ...] = get_args(RoleName)


class ReviewTable(Struct, frozen=True):
    """[review]: which rules, as of when, and what closes the gate."""

    packs: tuple[str, ...] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Literal["blocking", "major", "minor", "never"] = "major"
    as_of: date | None = None
    level: Rank = Rank.NORMATIVE


class PacksTable(Struct, frozen=True):
    """[packs]: folders with rule packs of one's own, relative to the file."""

    folders: tuple[Path, ...] = ()


class CorporaTable(Struct, frozen=True):
    """[corpora]: catalogues of one's own statutes and the profile of one's place, relative to the file.

    A profile may also be given by the name of a built-in one; `load` gives its file.
    """

    statutes: tuple[Path, ...] = ()
    profile: Path | None = None


class RecordTable(Struct, frozen=True):
    """[record]: where the ledger is (a file, relative to this one, or a PostgreSQL URL), and which one it must be.

    `load` gives the file that stands beside the configuration where none is named.
    """

    ledger: str = ""
    ledger_id: str = ""


class Person(Struct, frozen=True):
    """[[people]]: one entry of the roster. `account` is the system account that alone may act in this name."""

    name: str
    unit: str
    roles: tuple[RoleName, ...]
    account: str = ""
    since: date | None = None
    until: date | None = None

    def in_office(self, day: date) -> bool:
        """Whether the person may act on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Config(Struct, frozen=True):
    """A whole legalcheck.toml; the defaults are those of a review without one."""

    review: ReviewTable = ReviewTable()
    packs: PacksTable = PacksTable()
    corpora: CorporaTable = CorporaTable()
    record: RecordTable = RecordTable()
    people: tuple[Person, ...] = ()


def find(draft: Path) -> Path | None:
    """The legalcheck.toml that applies to a draft, or None."""
    for start in (draft.parent, Path()):
        for folder in _upwards(start):
            candidate = folder / FILE_NAME
            if candidate.is_file():
                return candidate
    return None


def _upwards(start: Path) -> Iterator[Path]:
    try:
        folder = start.resolve()
    except (OSError, RuntimeError):  # a loop of links, a working folder that is gone
        return
    yield folder
    yield from folder.parents


def load(path: Path) -> Config:
    """Read and check a legalcheck.toml.

    Raises:
        ConfigError: it cannot be read, is no TOML, or has an unknown key or a wrong value; file and line are named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"找不到配置文件 {path}，请检查路径，或者运行 legalcheck init 生成一份。") from None
    except IsADirectoryError:
        raise ConfigError(f"{path} 是文件夹，不是配置文件。") from None
    except UnicodeDecodeError:
        raise ConfigError(f"配置文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except OSError as error:
        raise ConfigError(f"无法读取配置文件 {path}（{reason(error)}），请检查权限。") from None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if "overwrite" in str(error) or "twice" in str(error):
            problem = "重复设置了已有的项，请只留一处。"
        else:
            problem = "不是有效的 TOML，请检查引号、括号和等号。"
        line = _broken_line(text)
        if re.search(r"[“”＝，［］]", re.sub(r'"[^"]*"', "", text.splitlines()[line - 1])):
            problem = '用了中文的引号、等号、逗号或者括号，请改为英文半角的 " = , [ ]。'
        raise ConfigError(f"{path} 第 {line} 行{problem}") from None
    mistake = _mistake(data)
    if mistake:
        kind, keys, value = mistake
        named = [key for key in keys if isinstance(key, str)]
        raise ConfigError(f"{path} 第 {_line_of(text, keys)} 行：{_explain(kind, named, value)}")
    config = _read(data)
    folders = tuple(path.parent / folder for folder in config.packs.folders)
    for folder in folders:
        if not folder.is_dir():
            line = _line_of(text, ["packs", "folders"])
            raise ConfigError(f"{path} 第 {line} 行：找不到规则包文件夹 {folder}，请检查路径。")
    statutes = tuple(path.parent / overlay for overlay in config.corpora.statutes)
    for file in statutes:
        if not file.is_file():
            line = _line_of(text, ["corpora", "statutes"])
            raise ConfigError(f"{path} 第 {line} 行：找不到文件 {file}，请检查路径。")
    profile = config.corpora.profile
    if profile:
        from .corpora.profile import find_profile

        try:
            profile = find_profile(str(profile), path.parent)
        except CorpusError as error:
            raise ConfigError(f"{path} 第 {_line_of(text, ['corpora', 'profile'])} 行：{error}") from None
    people = tuple(replace(one, name=one.name.strip(), unit=one.unit.strip()) for one in config.people)
    names = [person.name for person in people]
    for index, name in enumerate(names):
        if name in names[:index]:
            line = _line_of(text, ["people", index, "name"])
            raise ConfigError(f"{path} 第 {line} 行：名册中有两个“{name}”，请加上单位以示区别，如“{name}（司法所）”。")
    record = config.record
    if "://" not in record.ledger:
        # Beside this file and not in the working folder: from wherever a command is run, it is one ledger.
        record = replace(record, ledger=str(path.parent / (record.ledger or DEFAULT_LEDGER)))
    return replace(
        config, packs=PacksTable(folders), corpora=CorporaTable(statutes, profile), record=record, people=people
    )


@cache
def _validator() -> Any:
    """The tables as pydantic models, which tell what is wrong; loaded here, as most reviews have no such file."""
    import pydantic

    strict = pydantic.ConfigDict(extra="forbid")
    models: dict[str, Any] = {}
    keys: dict[str, Any]
    for name, table in _TABLES.items():
        keys = {f.name: (f.type, ... if f.required else f.default) for f in fields(table)}
        models[name] = pydantic.create_model(table.__name__, __config__=strict, **keys)
    many: Any = tuple
    keys = {name: (model if name != "people" else many[model, ...], None) for name, model in models.items()}
    return pydantic.create_model("Config", __config__=strict, **keys)


def _read(data: dict[str, Any]) -> Config:
    """Raises `pydantic.ValidationError`."""
    read = _validator().model_validate(data)
    tables: dict[str, Any] = {}
    for name in read.model_fields_set:
        value, table = getattr(read, name), _TABLES[name]
        tables[name] = tuple(table(**dict(one)) for one in value) if name == "people" else table(**dict(value))
    return Config(**tables)


def _mistake(data: dict[str, Any]) -> tuple[str, list[str | int], object] | None:
    """The first mistake: pydantic's name for it, the keys and places in lists that lead to it, the value there."""
    import pydantic

    table = data.get("review")
    day = table.get("as_of") if isinstance(table, dict) else None
    if day is not None and type(day) is not date:  # pydantic would take 20261123 for seconds since 1970
        return "date_type", ["review", "as_of"], day
    try:
        _read(data)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        return first["type"], list(first["loc"]), first.get("input")
    return None


def _explain(kind: str, keys: Sequence[str], value: object) -> str:
    name = ".".join(keys)
    table, known = _known(keys)
    if kind == "extra_forbidden":
        import difflib

        close = difflib.get_close_matches(keys[-1], known, n=1)
        hint = f"是否想写 {close[0]}？" if close else ""
        return f"没有 {name} 这一配置项，{hint}{table}可用的有 {'、'.join(known)}。"
    if kind in ("literal_error", "enum"):
        choices = _CHOICES.get(keys[-1], ())
        return f"{name} 的值 {value!r} 无效，可用的有 {'、'.join(choices)}。"
    if kind == "missing":
        return f"[[{keys[0]}]] 缺少 {keys[-1]}，{table}应当写明 {'、'.join(_REQUIRED)}。"
    if keys[-1] in _DATES:
        return f"{name} 应当是日期，例如 {keys[-1]} = 2026-11-23。"
    if keys == ["people"]:
        return "people 应当是一组人员，每人一节，写作 [[people]]。"
    if kind.startswith("string"):
        return f'{name} 应当是字符串，例如 {keys[-1]} = "…"。'
    if kind.startswith(("model", "dict")):
        return f"{name} 应当是一节，写作 [{name}]。"
    return f'{name} 应当是由字符串组成的列表，例如 {keys[-1]} = ["…"]。'


_DATES = frozenset({"as_of", "since", "until"})
_REQUIRED = ("name", "unit", "roles")
_CHOICES: dict[str, tuple[str, ...]] = {
    "fail_on": ("blocking", "major", "minor", "never"),
    "level": tuple(Rank),
    "roles": ROLES,
}


_TABLES: dict[str, type[Struct]] = {
    "review": ReviewTable,
    "packs": PacksTable,
    "corpora": CorporaTable,
    "record": RecordTable,
    "people": Person,
}


def _known(keys: Sequence[str]) -> tuple[str, list[str]]:
    if len(keys) > 1 and keys[0] in _TABLES:
        header = f"[[{keys[0]}]]" if keys[0] == "people" else f"[{keys[0]}]"
        return f"{header} ", [field.name for field in fields(_TABLES[keys[0]])]
    return "文件", [f"[[{name}]]" if name == "people" else f"[{name}]" for name in _TABLES]


def _line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line where a key is set.

    tomllib tells no positions. The key is set in the first line without which a readable beginning of the file lacks
    it: reading ever longer beginnings finds it whatever way it is written.
    """
    import tomllib

    lines = text.splitlines(keepends=True)
    whole = 0
    for count in range(1, len(lines) + 1):
        try:
            data: object = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        for key in keys:
            if isinstance(data, dict):
                data = data.get(key)
            else:
                data = data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None
        if data is not None:
            return whole + 1
        whole = count
    return len(lines)


def _broken_line(text: str) -> int:
    """The first line after the longest readable beginning: where a reader has to look."""
    import tomllib

    lines = text.splitlines(keepends=True)
    readable = 0
    for count in range(1, len(lines) + 1):
        try:
            tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        readable = count
    return min(readable + 1, len(lines))
