"""The one tree of errors.

Every error that may reach a user derives from `LegalcheckError`: its text is one Chinese sentence that says what is
wrong and what to do next, and its class carries the exit code of the command line.
"""


class LegalcheckError(Exception):
    """An error with a sentence for the user; `exit_code` is what the command line ends with."""

    exit_code = 2


class UsageError(LegalcheckError):
    """A call or command whose arguments do not fit together."""


class ConfigError(LegalcheckError):
    """A legalcheck.toml that cannot be used."""


class RuleError(LegalcheckError):
    """A rule, rule pack or lexicon that cannot be used."""


class CorpusError(LegalcheckError):
    """A corpus (statutes, certificates, approvals, powers) that cannot be used."""


class DocumentError(LegalcheckError):
    """A draft that cannot be read."""


class UnsupportedFormatError(DocumentError):
    """A file that is no .docx: .doc, .wps, .odt, .rtf, .pdf, an encrypted package …"""


class UnsafeDocumentError(DocumentError):
    """A package beyond a safety limit, or built to harm its reader."""


class LedgerError(LegalcheckError):
    """A ledger that cannot be opened, read or written, or an entry that it does not take."""


class NotEntitledError(LedgerError):
    """A person who may not do this: unknown to the roster, without the role, or of the drafting unit."""
