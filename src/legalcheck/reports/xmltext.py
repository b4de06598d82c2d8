"""Text that goes into XML."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """`text` with every character that XML 1.0 (2.2) does not allow replaced by �."""
    return _NOT_XML.sub("�", text)
