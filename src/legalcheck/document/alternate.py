"""mc:AlternateContent: which branch is shown (ISO/IEC 29500-3, 7.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import MC, UNDERSTOOD, UNDERSTOOD_PREFIX

if TYPE_CHECKING:
    from lxml import etree


def shown_branch(alternate: etree._Element) -> etree._Element | None:
    """The first mc:Choice whose required namespaces Word understands, else the mc:Fallback, else None."""
    for branch in alternate:
        if branch.tag == MC + "Fallback" or (branch.tag == MC + "Choice" and _understood(branch)):
            return branch
    return None


def _understood(choice: etree._Element) -> bool:
    for prefix in (choice.get("Requires") or "").split():
        namespace = choice.nsmap.get(prefix, "")
        if namespace not in UNDERSTOOD and not namespace.startswith(UNDERSTOOD_PREFIX):
            return False
    return True
