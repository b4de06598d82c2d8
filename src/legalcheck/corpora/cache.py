"""Values made from the project's files, kept on disk between runs, so that a cold start need not make them again.

A cache entry is a JSON file in the user's cache folder (``LEGALCHECK_CACHE`` names another one, empty switches it off).
Its name holds the digest of the files it was made from: their paths, sizes and times, and the version of legalcheck. It
is written beside its place and moved there at once; what cannot be read or written is made anew and used all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

FORMAT = 16
MOST_KEPT = 8  # entries of one name: choices of packs, versions side by side


def cached(name: str, sources: Iterable[Path], make: Callable[[], Any]) -> Any:
    """The JSON value `make` gives for these source files, from the cache where it is there."""
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{name}-{_key(sources)}.json"
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, ValueError, msgspec.MsgspecError):
        pass
    value = make()
    _write(path, msgspec.json.encode(value))
    return value


def _folder() -> Path | None:
    chosen = os.environ.get("LEGALCHECK_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    from platformdirs import user_cache_path

    return user_cache_path("legalcheck")


def _key(sources: Iterable[Path]) -> str:
    from .. import __version__

    digest = hashlib.sha256(f"{FORMAT}\0{__version__}".encode())
    for path in sources:
        state = path.stat()
        digest.update(f"\0{path}\0{state.st_size}\0{state.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def _write(path: Path, data: bytes) -> None:
    from tempfile import NamedTemporaryFile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError:
        return
    kept = sorted(path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*.json"), key=_age)
    for old in kept[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:  # another process has just removed it
        return 0.0
