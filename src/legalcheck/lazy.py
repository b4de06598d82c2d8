"""Regular expressions that are compiled when they are first asked for, and kept compiled on disk between runs.

Those of legalcheck take longer to compile than a short draft takes to review, and few drafts need all of them. The
standard library compiles an expression to a list of numbers for its engine, which looks through all of them before it
takes them (`_validate` in CPython's ``_sre.c``): these are kept, by source and flags, in a file for each version of the
engine. Expressions that it did not hold are added when the process ends.
"""

from __future__ import annotations

import atexit
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec

from . import __version__
from .cache import cache_folder, keep

Program = tuple[int, list[int], int, dict[str, int]]  # flags, code, number of groups, the numbers of those named

MOST_KEPT = 5000  # expressions: there are some hundred, those of rare corpus rows, and those of files changed since


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = int(flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(compiled(self._source, self._flags), name)
        setattr(self, name, value)  # found without this method from now on
        return value


@cache
def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, from the disk where it is kept there."""
    programs = _programs()
    return programs.pattern(source, flags) if programs else re.compile(source, flags)


@cache
def _programs() -> _Programs | None:
    folder = cache_folder()
    if folder is None or sys.implementation.name != "cpython":
        return None
    import _sre  # type: ignore[import-not-found]

    engine = f"{sys.implementation.cache_tag}-{_sre.MAGIC}-{_sre.CODESIZE}"
    return _Programs(folder / f"regexes-{engine}-{__version__}.msgpack")


class _Programs:
    """The compiled expressions in one file: source and flags -> what the engine is given."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = self._read()
        self._new: dict[str, msgspec.Raw] = {}

    def pattern(self, source: str, flags: int) -> re.Pattern[str]:
        key = f"{flags}:{source}"
        try:
            return _loaded(source, *msgspec.msgpack.decode(self._kept[key], type=Program))
        except Exception:  # not kept, or not as it was written
            pass
        try:
            program = _compile(source, flags)
            pattern = _loaded(source, *program)
        except re.error:
            raise
        except Exception:  # a Python whose compiler is another one inside
            return re.compile(source, flags)
        if not self._new:
            atexit.register(self._keep)
        self._new[key] = msgspec.Raw(msgspec.msgpack.encode(program))
        return pattern

    def _read(self) -> dict[str, msgspec.Raw]:
        try:
            return msgspec.msgpack.decode(self._path.read_bytes(), type=dict[str, msgspec.Raw])
        except (OSError, ValueError, msgspec.MsgspecError):
            return {}

    def _keep(self) -> None:
        kept = self._read() | self._new  # another process may have kept others since
        keep(self._path, msgspec.msgpack.encode(kept if len(kept) <= MOST_KEPT else self._new))


def _compile(source: str, flags: int) -> Program:
    """What `re._compiler.compile` does up to the engine."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    state = parsed.state
    code = [*map(int, _compiler._code(parsed, flags))]
    return int(flags | state.flags), code, state.groups - 1, state.groupdict


def _loaded(source: str, flags: int, code: list[int], groups: int, named: dict[str, int]) -> re.Pattern[str]:
    import _sre

    names: list[str | None] = [None] * (groups + 1)
    for name, number in named.items():
        names[number] = name
    pattern: re.Pattern[str] = _sre.compile(source, flags, code, groups, named, tuple(names))
    return pattern
