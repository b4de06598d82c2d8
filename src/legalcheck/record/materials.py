"""What was handed in with a draft, as the record has it."""

from __future__ import annotations

from ..document.package import Material, Package, PackageFile
from .case import Case

_KNOWN = {material.value: material for material in Material}


def package(case: Case) -> Package:
    """The materials of all steps of a case, for the rules that ask whether one is missing."""
    files: dict[str, set[Material]] = {}
    for note in case.notes:
        for name, file, _ in note.evidence:
            if name in _KNOWN:
                files.setdefault(file or name, set()).add(_KNOWN[name])
    return Package(case.title, tuple(PackageFile(file, frozenset(found)) for file, found in sorted(files.items())))
