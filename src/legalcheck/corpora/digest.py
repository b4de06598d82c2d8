"""One digest for all corpora, so that a report says what it was made with."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..cache import cached
from .location import data_root


@cache
def corpora_digest() -> str:
    """SHA-256, in hex, of all files below ``corpora/``, by path and content."""
    root = data_root() / "corpora"
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".py")
    return str(cached("corpora", paths, lambda: _digest(root, paths)))


def _digest(root: Path, paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
