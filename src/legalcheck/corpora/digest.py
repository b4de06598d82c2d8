"""One digest for all corpora, so that a report says what it was made with."""

import hashlib
from functools import cache

from .location import data_root


@cache
def corpora_digest() -> str:
    """SHA-256, in hex, of all files below ``corpora/``, by path and content."""
    digest = hashlib.sha256()
    root = data_root() / "corpora"
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".py"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
