"""Values made from the project's files, kept on disk between runs, so that a cold start need not make them again.

A value is a MessagePack file in the user's cache folder (``LEGALCHECK_CACHE`` names another one, empty switches it
off). Its name holds the digest of the files it was made from, their paths and bytes, and the version of legalcheck. To
read all of them at every start would take as long as the value saves: a second file tells the digest by their sizes and
times (of change as well, which no copying keeps). Each is written beside its place and moved there at once; what cannot
be read or written is made anew and used all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import msgspec

FORMAT = 19
MOST_KEPT = 8  # entries of one name: choices of packs, versions side by side


def cached(name: str, sources: Iterable[str | Path], make: Callable[[], Any], kind: Any = Any) -> Any:
    """The value of type `kind` that `make` gives for these source files, from the cache where it is there.

    It comes as MessagePack gives it back: without a kind, sequences are lists; bytes, memoryviews (parts of the file,
    read when they are used) and paths need one.
    """
    folder = cache_folder()
    if folder is None:
        return _decode(_encode(make()), kind)
    paths = [*sources]
    path = folder / f"{name}-{_known_digest(folder, name, paths)}.msgpack"
    try:
        with path.open("rb") as file:  # mapped, so that what is not decoded at once need not be read
            return _decode(mmap(file.fileno(), 0, access=ACCESS_READ), kind)
    except (OSError, ValueError, msgspec.MsgspecError):
        pass
    data = _encode(make())
    keep(path, data)
    return _decode(data, kind)


def _encode(value: Any) -> bytes:
    return msgspec.msgpack.encode(value, enc_hook=str)


def _decode(data: bytes | mmap, kind: Any) -> Any:
    return msgspec.msgpack.decode(data, type=kind, dec_hook=lambda wanted, value: wanted(value))


def _known_digest(folder: Path, name: str, paths: Sequence[str | Path]) -> str:
    """The digest of the files, which are read only where their state is new."""
    known = folder / f"{name}-{_state(paths)}.digest"
    try:
        digest = known.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        digest = ""
    if not re.fullmatch("[0-9a-f]{32}", digest):
        digest = _digest((path, Path(path).read_bytes()) for path in paths)
        keep(known, digest.encode())
    return digest


def _state(paths: Sequence[str | Path]) -> str:
    from . import __version__

    states = ((f"{path}", os.stat(path)) for path in paths)  # noqa: PTH116  there are some two hundred
    state = [(path, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for path, s in states]
    return hashlib.sha256(repr((FORMAT, __version__, state)).encode()).hexdigest()[:32]


def _digest(values: Iterable[tuple[str | Path, bytes]]) -> str:
    from . import __version__

    digest = hashlib.sha256(f"{FORMAT}\0{__version__}".encode())
    for path, value in values:
        digest.update(f"\0{path}\0{len(value)}\0".encode() + value)
    return digest.hexdigest()[:32]


def cache_folder() -> Path | None:
    """Where values are kept; None where nothing is to be kept."""
    chosen = os.environ.get("LEGALCHECK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    from platformdirs import user_cache_path

    return user_cache_path("legalcheck")


def keep(path: Path, data: bytes) -> None:
    """Write a file of the cache, if that can be; of those with the same name before the last “-”, the newest stay."""
    from tempfile import NamedTemporaryFile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError:
        return
    kept = sorted(path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*{path.suffix}"), key=_age)
    for old in kept[MOST_KEPT:]:
        with suppress(OSError):  # in use, where that keeps a file from being removed
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:  # another process has just removed it
        return 0.0
