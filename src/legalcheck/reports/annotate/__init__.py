"""The draft itself with the findings as Word comments on their very words (ISO/IEC 29500-1 17.13.4).

Only the main document part gets range marks and split runs, the comments part the comments; every other part is copied
as it lies. Word ignores comments in text boxes, notes, headers and footers ([MS-OI29500] on commentRangeStart): these
are anchored at the box, at the note's reference mark or at the title, and quote the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ...errors import DocumentError

if TYPE_CHECKING:
    from ...document.runs import RunMap
    from ...review.report import Report

AUTHOR = "合法性审核"
INITIALS = "审核"

# Word does not open a file with more comment ranges ([MS-OI29500] on commentRangeStart)
MOST_COMMENTS = 32_767

_SUFFIXES = (
    ("ms-word.document.macroenabled", ".docm"),
    ("ms-word.template.macroenabled", ".dotm"),
    ("wordprocessingml.template", ".dotx"),
)


class Annotated(Struct, frozen=True):
    """An annotated draft: its bytes, how its file name must end for Word to open it, and remarks in Chinese."""

    data: bytes
    suffix: str
    notes: tuple[str, ...] = ()


def annotate(report: Report, source: bytes) -> Annotated:
    """Put the findings of `report` as comments into `source`, the bytes of the .docx that was reviewed.

    The same report and bytes give the same bytes; the comments' date is the review's as-of date. Without findings the
    bytes are those of the draft. Raises `DocumentError` where the draft cannot be annotated: it has changed since the
    review, is signed, or has no paragraph to hold a comment.
    """
    from hashlib import sha256

    from ...document.runs import RunMap
    from .anchors import Anchors
    from .comments import Comments
    from .marks import Marks
    from .words import lines

    same = sha256(source).hexdigest() == report.draft_digest
    runs = RunMap(source, known=report.draft.paragraphs if same else None)
    # a converted draft has the digest of the file it was made from
    if not same and runs.paragraphs != report.draft.paragraphs:
        raise DocumentError("送审稿在审查以后有改动，批注对不上原文；请重新审查后再生成批注稿。")
    suffix = _suffix(runs.package.content_type)
    if not report.findings:
        return Annotated(source, suffix)
    _refuse_signed(runs)
    comments = Comments(runs, report.as_of)
    if comments.count + len(report.findings) > MOST_COMMENTS:
        raise DocumentError(f"批注超过 {MOST_COMMENTS:,} 条，Word 将打不开批注稿；请用 --select 缩小规则范围后再试。")
    anchors = Anchors(report.draft, runs)
    spans = [anchors.span(finding) for finding in report.findings]
    ids = [
        comments.add(lines(finding, span.quote, span.place))
        for finding, span in zip(report.findings, spans, strict=True)
    ]
    marks = Marks(comments.names)
    for span, comment in zip(reversed(spans), reversed(ids), strict=True):
        # from the last to the first: of two that end at one place, the earlier then stands first in the margin
        marks.put(span, comment)
    return Annotated(comments.write(), suffix, tuple(_notes(runs)))


def _suffix(content_type: str) -> str:
    kind = content_type.lower()
    return next((suffix for word, suffix in _SUFFIXES if word in kind), ".docx")


def _refuse_signed(runs: RunMap) -> None:
    signed = any(name.startswith("_xmlsignatures/") for name in runs.package.members)
    if signed or any(link.kind == "origin" for link in runs.package.relationships("").values()):
        raise DocumentError(
            "送审稿带有电子签名，加上批注会使签名失效，所以没有生成批注稿；请在 Word 中另存一份并删除签名后再试。"
        )


def _notes(runs: RunMap) -> list[str]:
    from ...document.names import is_on, names_of

    package = runs.package
    for link in package.relationships(package.main).values():
        if link.kind != "settings" or not package.has(link.target):
            continue
        root = package.parse(link.target)
        n = names_of(str(root.tag))
        protection = root.find(n.document_protection) if n is not None else None
        if n is None or protection is None or not is_on(protection.get(n.enforcement, "0")):
            continue
        if protection.get(n.edit) in ("readOnly", "forms"):
            return ["送审稿设有编辑保护，批注稿照样保留：批注可以看，在 Word 中停止保护后才能答复或者删除。"]
    return []
