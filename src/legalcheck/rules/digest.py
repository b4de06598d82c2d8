"""What tells one state of the rules from another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ..corpora.location import files


def files_digest(folders: Iterable[Path]) -> str:
    """SHA-256, in hex, of all files of rule packs, by name and content."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in files(folder, ".yaml"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
