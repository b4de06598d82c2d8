"""The lexicons: named lists of words, and of RE2 patterns, that rules and guards are written with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ..cache import cached
from ..errors import CorpusError
from .location import data_root, files


def load_yaml(path: Path) -> Any:
    """The YAML document in `path`, by the safe loader; a `CorpusError` names file and line."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text("utf-8"), loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else ""
        raise CorpusError(f"{path}{line}不是有效的 YAML，请改正后重试。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"无法读取 {path}，请确认文件存在且为 UTF-8 编码。") from error


def lexicon_paths() -> tuple[Path, ...]:
    """The files of all lexicons, by name."""
    return tuple(files(data_root() / "corpora" / "lexicon", ".yaml"))


@cache
def lexicon_file(name: str) -> Any:
    """The content of ``corpora/lexicon/<name>.yaml``; callers must not change it."""
    path = data_root() / "corpora" / "lexicon" / f"{name}.yaml"
    return cached(f"lexicon_{name}", [path], lambda: load_yaml(path))
