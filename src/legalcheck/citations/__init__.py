"""Citations of statutes and official documents: found in a text, resolved as of a date.

`find` and `resolve` are the two steps; `citations` does both for a text or a draft; `basis_levels` answers what a
sentence rests on; `check_internal` checks what a draft says of its own articles.
"""

from .draft import Cited, citations, placed
from .find import find
from .internal import InternalIssue, InternalKind, check_internal
from .levels import LEGAL, basis_levels
from .model import APPLIED, Citation, ClauseRef, Kind, Number, Role, Warn
from .resolve import ClauseStatus, ClauseVerdict, Resolution, Status, Suggestion, inferred_level, resolve

__all__ = [
    "APPLIED",
    "LEGAL",
    "Citation",
    "Cited",
    "ClauseRef",
    "ClauseStatus",
    "ClauseVerdict",
    "InternalIssue",
    "InternalKind",
    "Kind",
    "Number",
    "Resolution",
    "Role",
    "Status",
    "Suggestion",
    "Warn",
    "basis_levels",
    "check_internal",
    "citations",
    "find",
    "inferred_level",
    "placed",
    "resolve",
]
