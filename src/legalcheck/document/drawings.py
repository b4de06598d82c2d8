"""Text that belongs to a drawing itself, not to a text box with paragraphs of Word's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import DRAWINGML

if TYPE_CHECKING:
    from lxml import etree


def art_lines(element: etree._Element) -> tuple[str, ...]:
    """The lines of v:textpath, VML text on a path: a watermark such as 征求意见稿, or WordArt."""
    return tuple((element.get("string") or "").split("\n"))


def drawn_lines(body: etree._Element) -> tuple[str, ...]:
    """The lines of a DrawingML text body (a:txBody), as in a locked canvas or a diagram: one a paragraph."""
    lines: list[str] = []
    for paragraph in body.iterchildren(*(a + "p" for a in DRAWINGML)):
        parts = [
            (child.text or "") if str(child.tag).endswith("}t") else "\n"
            for child in paragraph.iter(*(a + name for a in DRAWINGML for name in ("t", "br")))
        ]
        lines.append("".join(parts))
    return tuple(lines)
