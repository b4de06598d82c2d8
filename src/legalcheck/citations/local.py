"""An office's own full texts as a local catalogue: the import with the reader of .docx files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..corpora.statutes.overlay import ImportResult, import_folder
from ..document.model import Part


def import_texts(folder: Path, overlay: Path, today: date) -> ImportResult:
    """Read the full texts below `folder` (.docx, .txt, .md) into the catalogue file `overlay`; see `import_folder`."""
    return import_folder(folder, overlay, today, _docx_lines)


def _docx_lines(path: Path) -> list[str]:
    from ..document import read

    paragraphs = (p for p in read(path).paragraphs if p.origin.part is Part.BODY)
    return [f"{p.label}\u3000{p.text}" if p.label else p.text for p in paragraphs]
