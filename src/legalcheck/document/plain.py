"""Plain text as paragraphs: one line, one paragraph."""

from __future__ import annotations

from ..errors import UnsafeDocumentError
from . import limits
from .model import Origin, Paragraph


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines that are not blank; `Origin.element` is the line's index, from 0.

    Raises `UnsafeDocumentError` for a text beyond the limits of a draft.
    """
    found: list[Paragraph] = []
    if text.startswith("\ufeff"):
        text = text[1:]
    if len(text) > limits.MAX_TEXT_SIZE:
        raise UnsafeDocumentError("文稿过长，已超出可审查的篇幅；请拆分后再试。")
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if line and not line.isspace():
            if len(found) >= limits.MAX_PARAGRAPHS:
                raise UnsafeDocumentError("文稿过长，已超出可审查的篇幅；请拆分后再试。")
            found.append(Paragraph(len(found), line, "", Origin(element=number)))
    return tuple(found)
