"""The one tree of errors.

Every error that may reach a user derives from `LegalcheckError`: its text is one Chinese sentence that says what is
wrong and what to do next, and its class carries the exit code of the command line.
"""

from __future__ import annotations

import errno


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


class SweepError(LegalcheckError):
    """A folder, manifest, run or cluster that a sweep cannot use; what is wrong with one document never stops it."""


_REASONS = {
    errno.EACCES: "没有权限，或者文件正在别的程序中打开",
    errno.EPERM: "没有权限，或者文件正在别的程序中打开",
    errno.ENOENT: "文件或者文件夹不存在",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EISDIR: "它是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘只能读取",
    errno.ENAMETOOLONG: "文件名太长",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common case."""
    return _REASONS.get(error.errno or 0) or f"系统报告 {error.strerror}"
