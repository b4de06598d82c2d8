"""Review drafts of Chinese administrative normative documents for legality.

The public API is what `__all__` names. Everything is loaded on first use, so that ``import legalcheck`` costs nothing.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .citations import citations as citations
    from .document import read as read
    from .document.model import Draft as Draft
    from .document.model import Scope as Scope
    from .document.model import ScopeVerdict as ScopeVerdict
    from .errors import ConfigError as ConfigError
    from .errors import CorpusError as CorpusError
    from .errors import DocumentError as DocumentError
    from .errors import LedgerError as LedgerError
    from .errors import LegalcheckError as LegalcheckError
    from .errors import RuleError as RuleError
    from .errors import UnsafeDocumentError as UnsafeDocumentError
    from .errors import UnsupportedFormatError as UnsupportedFormatError
    from .errors import UsageError as UsageError
    from .record.gate import GateDecision as GateDecision
    from .record.gate import Verdict as Verdict
    from .record.gate import gate as gate
    from .review import check_passage as check_passage
    from .review import review as review
    from .review.report import Report as Report
    from .rules.finding import Finding as Finding
    from .rules.finding import Ground as Ground
    from .rules.finding import Location as Location
    from .rules.finding import Rank as Rank
    from .rules.finding import Severity as Severity

__version__ = "0.1.0"

_HOMES = {
    "review": "review",
    "check_passage": "review",
    "citations": "citations",
    "gate": "record.gate",
    "GateDecision": "record.gate",
    "Verdict": "record.gate",
    "read": "document",
    "Draft": "document.model",
    "Scope": "document.model",
    "ScopeVerdict": "document.model",
    "Report": "review.report",
    "Finding": "rules.finding",
    "Ground": "rules.finding",
    "Location": "rules.finding",
    "Rank": "rules.finding",
    "Severity": "rules.finding",
    "LegalcheckError": "errors",
    "UsageError": "errors",
    "ConfigError": "errors",
    "RuleError": "errors",
    "CorpusError": "errors",
    "LedgerError": "errors",
    "DocumentError": "errors",
    "UnsupportedFormatError": "errors",
    "UnsafeDocumentError": "errors",
}

__all__ = [
    "ConfigError",
    "CorpusError",
    "DocumentError",
    "Draft",
    "Finding",
    "GateDecision",
    "Ground",
    "LedgerError",
    "LegalcheckError",
    "Location",
    "Rank",
    "Report",
    "RuleError",
    "Scope",
    "ScopeVerdict",
    "Severity",
    "UnsafeDocumentError",
    "UnsupportedFormatError",
    "UsageError",
    "Verdict",
    "__version__",
    "check_passage",
    "citations",
    "gate",
    "read",
    "review",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """This package, whose `review` stays the function although a subpackage has the same name.

    The import system binds a subpackage to its parent once it is loaded: without this, ``legalcheck.review(…)`` would
    call a module as soon as anything had imported ``legalcheck.review``.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _HOMES and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
