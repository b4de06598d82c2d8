"""Regular expressions that are compiled when they are first asked for, and kept compiled on disk between runs.

Those of legalcheck take longer to compile than a short draft takes to review, and few drafts need all of them. The
standard library compiles an expression to a list of numbers for its engine, which looks through all of them before it
takes them (`_validate` in CPython's ``_sre.c``): these are kept, by source and flags, in a file for each version of the
engine. Expressions that it did not hold are added when the process ends.
"""

from __future__ import annotations

import atexit
import hashlib
import re
import sys
from array import array
from collections.abc import Callable, Mapping
from functools import cache
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, AnyStr, cast

import msgspec

from . import __version__
from .cache import cache_folder, keep

# flags, code (one `CODE` after another), number of groups, the numbers of those named
Program = tuple[int, memoryview, int, dict[str, int]]
CODE = "I"  # the engine's numbers are of 32 bits

MOST_KEPT = 8000  # expressions: there are some three thousand, and those of files changed since
LENGTH = 8

_PROGRAM = msgspec.msgpack.Decoder(Program)
_INDEX = msgspec.msgpack.Decoder(dict[bytes, tuple[int, int]])


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled on first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: AnyStr, flags: int) -> None:
        self._source: str | bytes = source
        self._flags = int(flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(compiled(self._source, self._flags), name)
        setattr(self, name, value)  # found without this method from now on
        return value


@cache
def compiled(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, from the disk where it is kept there."""
    programs = _programs()
    return programs.pattern(source, flags) if programs else re.compile(source, flags)


@cache
def _programs() -> _Programs | None:
    folder = cache_folder()
    if folder is None or sys.implementation.name != "cpython":
        return None
    import _sre  # type: ignore[import-not-found]

    engine = f"{sys.implementation.cache_tag}-{_sre.MAGIC}-{_sre.CODESIZE}-{sys.byteorder}"
    return _Programs(folder / f"regexes-{engine}-{__version__}.msgpack")


class _Programs:
    """The compiled expressions in one file, of which a run decodes those that it needs.

    It begins with the length of its index (`LENGTH` bytes, big-endian) and the index: for the SHA-256 of flags, whether
    it is for text, and source, where what the engine is given begins and ends, counted from the end of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data, self._index = self._read()
        self._new: dict[bytes, bytes] = {}

    def pattern(self, source: AnyStr, flags: int) -> re.Pattern[AnyStr]:
        key = _key(source, flags)
        try:
            return _loaded(source, *_PROGRAM.decode(self._kept(*self._index[key])))
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
            _at_exit(self._keep)
        self._new[key] = msgspec.msgpack.encode(program)
        return pattern

    def _read(self) -> tuple[bytes | mmap, Mapping[bytes, tuple[int, int]]]:
        try:
            with self._path.open("rb") as file:
                data = mmap(file.fileno(), 0, access=ACCESS_READ)
            return data, _INDEX.decode(data[LENGTH : LENGTH + int.from_bytes(data[:LENGTH], "big")])
        except (OSError, ValueError, msgspec.MsgspecError):
            return b"", {}

    def _kept(self, start: int, end: int) -> bytes:
        """A stretch of the file, counted from its end: so the index need not know how long it is itself."""
        return bytes(self._data[len(self._data) - start : len(self._data) - end])

    def _keep(self) -> None:
        self._data, self._index = self._read()  # another process may have kept others since
        kept = {key: self._kept(*place) for key, place in self._index.items()} | self._new
        chosen = kept if len(kept) <= MOST_KEPT else self._new
        total = sum(map(len, chosen.values()))
        ends = [total - end for end in accumulate(map(len, chosen.values()), initial=0)]
        index = msgspec.msgpack.encode(dict(zip(chosen, pairwise(ends), strict=True)))
        self._data, self._index = b"", {}  # lets go of the file, which some systems do not replace while it is open
        keep(self._path, b"".join((len(index).to_bytes(LENGTH, "big"), index, *chosen.values())))


def _key(source: str | bytes, flags: int) -> bytes:
    written = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    return hashlib.sha256(b"%d:%d:%b" % (flags, isinstance(source, str), written)).digest()


def _at_exit(do: Callable[[], None]) -> None:
    from multiprocessing import parent_process, util

    if parent_process() is None:
        atexit.register(do)
    else:  # a worker of a pool ends without those
        util.Finalize(None, do, exitpriority=1)


def _compile(source: str | bytes, flags: int) -> Program:
    """What `re._compiler.compile` does up to the engine."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    state = parsed.state
    code = array(CODE, map(int, _compiler._code(parsed, flags)))
    return int(flags | state.flags), memoryview(code.tobytes()), state.groups - 1, state.groupdict


def _loaded(source: AnyStr, flags: int, code: memoryview, groups: int, named: dict[str, int]) -> re.Pattern[AnyStr]:
    import _sre

    names: list[str | None] = [None] * (groups + 1)
    for name, number in named.items():
        names[number] = name
    numbers = array(CODE, bytes(code)).tolist()
    pattern: re.Pattern[AnyStr] = _sre.compile(source, flags, numbers, groups, named, tuple(names))
    return pattern
