"""A .docx file, or plain text, as a `Draft`.

`read` opens .docx, .docm, .dotx and .dotm (ISO/IEC 29500 Transitional and Strict), `from_text` takes plain text, `text`
gives all visible text of a file. lxml is loaded by `read` only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .model import Draft, Level, Paragraph

if TYPE_CHECKING:
    from typing import BinaryIO

    from .reader import Content

__all__ = ["from_text", "read", "text"]


def read(source: str | os.PathLike[str] | bytes | BinaryIO, *, name: str = "") -> Draft:
    """Read a draft from a path, from bytes or from a binary file; `name` names it in reports (default: the file name).

    Raises `DocumentError` for what cannot be read, its subclasses `UnsupportedFormatError` for other formats and
    `UnsafeDocumentError` beyond the limits of `limits`; the text of each is one Chinese sentence.
    """
    import hashlib

    from .source import load

    data, name = load(source, name)
    with no_collection():
        content = _content(data, name)
        return _draft(content.paragraphs, hashlib.sha256(data).hexdigest(), name, content.notes)


def from_text(text: str, *, name: str = "") -> Draft:
    """A draft from plain text, one line a paragraph; blank lines are left out. `digest` is that of the UTF-8 text."""
    import hashlib

    from .plain import paragraphs

    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _draft(paragraphs(text), digest, name, ())


def text(path: str | os.PathLike[str]) -> str:
    """All visible text of a file, one line a paragraph, with the numbers Word shows: `Draft.text`.

    Provisions and metadata are not made, which takes as long again in a long draft. Raises what `read` raises.
    """
    from .model import joined
    from .source import load

    data, name = load(path)
    with no_collection():
        return joined(_content(data, name).paragraphs)


def _content(data: bytes, name: str) -> Content:
    from .container import Package
    from .reader import read_package

    return read_package(Package(data, name))


@contextmanager
def no_collection() -> Iterator[None]:
    """Hold off the cycle collector: reading makes many lasting objects and no cycles, yet each pass looks at all.

    A fifth of the time that a long draft takes goes there otherwise.
    """
    import gc

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _draft(paragraphs: tuple[Paragraph, ...], digest: str, name: str, notes: tuple[str, ...]) -> Draft:
    from . import metadata, scope, structure
    from .zones import zones

    kinds = zones(paragraphs)
    provisions, segments = structure.build(paragraphs, kinds)
    facts = metadata.extract(paragraphs, kinds)
    article = Level.ARTICLE
    articles = sum(1 for unit in provisions if unit.level is article)
    return Draft(
        paragraphs=paragraphs,
        provisions=provisions,
        segments=segments,
        metadata=facts,
        scope=scope.judge(facts, paragraphs, kinds, articles),
        digest=digest,
        name=name,
        notes=notes,
    )
