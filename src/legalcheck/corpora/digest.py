"""One digest for all corpora, so that a report says what it was made with."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ..cache import cached
from .location import data_root


@cache
def corpora_digest() -> str:
    """SHA-256, in hex, of all files below ``corpora/``, by path and content."""
    root = data_root() / "corpora"
    paths = sorted(path for path in _below(root) if not path.endswith((".py", ".pyc")))
    return str(cached("corpora", paths, lambda: _digest(root, map(Path, paths))))


def _below(root: Path) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        yield from (f"{folder}/{name}" for name in names)


def _digest(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
