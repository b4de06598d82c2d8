"""Plain text as paragraphs: one line, one paragraph."""

from __future__ import annotations

from .model import Origin, Paragraph


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines that are not blank; `Origin.element` is the line's index, from 0."""
    found: list[Paragraph] = []
    if text.startswith("\ufeff"):
        text = text[1:]
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if line and not line.isspace():
            found.append(Paragraph(len(found), line, "", Origin(element=number)))
    return tuple(found)
