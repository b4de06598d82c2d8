"""The review: Draft + rules -> Report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, TypeVar

from msgspec.structs import replace

from ..corpora.digest import corpora_digest
from ..corpora.profile import load_profile, national
from ..corpora.statutes import catalogue
from ..document import from_text, no_collection, read
from ..document.model import Draft, ScopeVerdict
from ..document.package import Package
from ..errors import UsageError
from ..language import clauses
from ..rules.checks.subject import Subject
from ..rules.finding import Finding, Rank
from ..rules.ruleset import load
from ..rules.run import findings, subject_findings
from .report import Report

if TYPE_CHECKING:
    from typing_extensions import Unpack

_Names = TypeVar("_Names", bound=Sequence[str] | None)
Source = str | os.PathLike[str] | bytes | BinaryIO | Draft


class Choice(TypedDict, total=False):
    """What `review` may be told besides the draft and its materials."""

    as_of: date | None
    level: str
    packs: Sequence[str] | None
    select: Sequence[str]
    ignore: Sequence[str]
    extra_packs: Iterable[str | Path]
    statutes: Sequence[Path]
    profile: Path | None


@no_collection()
def review(
    source: Source,
    *,
    as_of: date | None = None,
    level: str = Rank.NORMATIVE,
    packs: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extra_packs: Iterable[str | Path] = (),
    statutes: Sequence[Path] = (),
    profile: Path | None = None,
    package: Package | None = None,
) -> Report:
    """Review a .docx draft (path, bytes or binary file), or the folder of a draft and its materials, as of a date.

    The date is today where None. `packs` names built-in packs (all where None), `extra_packs` folders of further ones;
    `select` and `ignore` are beginnings of rule ids; `statutes` are catalogues of an office's own (``corpus import``)
    and `profile` a file with the figures of a place. `package` tells what was submitted with a draft besides what its
    folder holds. A draft out of scope is reported with its reasons and no findings.

    Raises `DocumentError` where the draft cannot be read, `UsageError` for a folder without one draft, `RuleError`
    where a pack or rule id cannot be used.
    """
    report, _ = examine(
        source,
        as_of=as_of,
        level=level,
        packs=packs,
        select=select,
        ignore=ignore,
        extra_packs=extra_packs,
        statutes=statutes,
        profile=profile,
        package=package,
    )
    return report


def examine(source: Source, *, package: Package | None = None, **choice: Unpack[Choice]) -> tuple[Report, Subject]:
    """What `review` gives, with the clauses and citations that the rules looked at, so that none are sought twice."""
    draft, found = _read(source)
    if found and package:
        found = replace(found, files=(*found.files, *package.files))
    [examined] = examine_all([draft], package=found or package, **choice)
    return examined


def examine_all(
    drafts: Sequence[Draft], *, package: Package | None = None, **choice: Unpack[Choice]
) -> list[tuple[Report, Subject]]:
    """What `examine` gives for each of several drafts, which are looked through together: that costs less."""
    from .. import __version__

    ruleset = load(_names("packs", choice.get("packs")), choice.get("extra_packs", ()))
    ruleset = ruleset.choose(_names("select", choice.get("select", ())), _names("ignore", choice.get("ignore", ())))
    day, rank = _day(choice.get("as_of")), _rank(choice.get("level", Rank.NORMATIVE))
    profile, statutes = choice.get("profile"), choice.get("statutes")
    place = load_profile(profile) if profile else national()
    known = catalogue(*statutes) if statutes else None
    subjects = [Subject(draft, tuple(clauses(draft)), day, rank, package, place, known) for draft in drafts]
    inside = [one for one in subjects if one.draft.scope.verdict is not ScopeVerdict.OUT_OF_SCOPE]
    found = dict(zip(map(id, inside), map(tuple, subject_findings(inside, ruleset)), strict=True))
    packs = {pack.name: pack.version for pack in ruleset.packs}
    return [
        (
            Report(
                draft=one.draft,
                as_of=day,
                version=__version__,
                packs=packs,
                rules_digest=ruleset.digest,
                corpora_digest=corpora_digest(),
                findings=found.get(id(one), ()),
                package=package,
            ),
            one,
        )
        for one in subjects
    ]


def check_passage(
    text: str,
    *,
    level: str = Rank.NORMATIVE,
    as_of: date | None = None,
    packs: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extra_packs: Iterable[str | Path] = (),
) -> list[Finding]:
    """The findings on a passage that stands in a document of rank `level`; rules on whole drafts are left out."""
    if not isinstance(text, str):
        raise UsageError(f"check_passage 审查一段文字（str），不是 {type(text).__name__}。")
    ruleset = load(_names("packs", packs), extra_packs).choose(_names("select", select), _names("ignore", ignore))
    return list(findings(from_text(text), ruleset, _day(as_of), _rank(level), passages_only=True))


def _names(argument: str, names: _Names) -> _Names:
    """`names`, unless it is a single string: that would be taken letter by letter."""
    if isinstance(names, str):
        raise UsageError(f'{argument} 应当是一组名称，如 {argument}=["{names}"]。')
    return names


def _day(as_of: date | None) -> date:
    if isinstance(as_of, datetime):
        return as_of.date()
    if as_of is not None and not isinstance(as_of, date):
        raise UsageError(f"as_of 应当是日期（datetime.date），不是 {as_of!r}。")
    return as_of or date.today()


def _read(source: Source) -> tuple[Draft, Package | None]:
    if isinstance(source, Draft):
        return source, None
    if isinstance(source, (str, os.PathLike)) and Path(source).is_dir():
        from .package import read_package

        package = read_package(source)
        return read(Path(source) / package.draft), package
    return read(source), None


def _rank(level: str) -> Rank:
    try:
        return Rank(level)
    except ValueError:
        raise UsageError(f"没有“{level}”这一效力级别，可用的有：{'、'.join(Rank)}。") from None
