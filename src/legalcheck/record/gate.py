"""The gate before collective deliberation (国办发〔2018〕37号 (六); review-process.md section 9.1).

It is a function of the draft's bytes, the record, and the configuration of whoever guards the gate. It never runs the
review and never opens by default: what it cannot tell keeps it shut.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..config import Config
from ..corpora.digest import corpora_digest
from ..corpora.profile import Profile, load_profile, national
from ..corpora.statutes.report import newest
from ..document.limits import MAX_FILE_SIZE
from ..errors import LedgerError, LegalcheckError, NotEntitledError, reason
from ..rules.finding import Severity
from . import workdays
from .basis import doubts
from .case import Act, Case, Disposal, Item, fold
from .events import moment
from .ledger import CLOCK_TOLERANCE, Ledger, case_of, locate, now
from .opinion import Conclusion, conclusion
from .registry import counsel_heard
from .roster import Roster
from .steps import AFTER_GATE, ENDED, MATERIALS, REVIEWERS, Role, State
from .verify import trusted

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_REVIEWED = "这份文件（以内容计）没有经过合法性审核，或者审核后又改动过。"


class Verdict(StrEnum):
    """Whether a draft may be put before the meeting."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"  # the record cannot be read or trusted to the clock


class GateDecision(Struct, frozen=True):
    """The verdict on a draft and, unless it is open, the reasons, in Chinese. `digest` is the SHA-256 of its bytes."""

    verdict: Verdict
    reasons: tuple[str, ...]
    digest: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()  # what the meeting must be told although the gate is open

    @property
    def open(self) -> bool:
        """Whether the draft may be put before the meeting."""
        return self.verdict is Verdict.OPEN


def gate(
    draft: str | os.PathLike[str] | bytes,
    *,
    ledger: str | os.PathLike[str] | Ledger = "",
    config: Config | str | os.PathLike[str] | None = None,
    clock: Callable[[], datetime] = now,
) -> GateDecision:
    """Decide on a draft, given as a path or as its bytes.

    `ledger` is a file or URL, else that of the environment or configuration. `config` is the guard's own
    legalcheck.toml (the nearest one where None): roster, profile and the rules that a review must have used come from
    it. Raises `ConfigError` where it cannot be used; everything else is an answer.
    """
    settings = _settings(draft, config)
    try:
        digest = hashlib.sha256(_bytes(draft)).hexdigest()
        profile = load_profile(settings.corpora.profile) if settings.corpora.profile else national()
        if isinstance(ledger, Ledger):
            return _decide(digest, ledger, settings, profile, clock())
        with Ledger(locate(os.fspath(ledger), settings.record.ledger)) as opened:
            return _decide(digest, opened, settings, profile, clock())
    except LegalcheckError as error:
        return GateDecision(Verdict.UNKNOWN, (str(error),))


def _settings(draft: object, config: Config | str | os.PathLike[str] | None) -> Config:
    from .. import config as configuration

    if isinstance(config, Config):
        return config
    if config is not None:
        return configuration.load(Path(config))
    found = configuration.find(Path(draft) if isinstance(draft, (str, os.PathLike)) else Path())
    return configuration.load(found) if found else Config()


def _bytes(draft: str | os.PathLike[str] | bytes) -> bytes:
    if isinstance(draft, bytes):
        return draft
    path = Path(draft)
    try:
        # What a link points to may change between this look and the meeting's; a pipe would keep the gate waiting.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise LedgerError(f"{path} 不是普通文件，请指明送审稿本身。")
            data = file.read(MAX_FILE_SIZE + 1)
    except ValueError:
        raise LedgerError("文件名中有空字符，请核对路径。") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise LedgerError(f"{path} 是符号链接，请指明文件本身。") from None
        raise LedgerError(f"无法读取 {path}（{reason(error)}），请核对路径和权限。") from None
    if len(data) > MAX_FILE_SIZE:
        raise LedgerError(f"{path} 超过 {MAX_FILE_SIZE // 2**20} MB，不是可以审查的送审稿。")
    return data


def _decide(digest: str, ledger: Ledger, config: Config, profile: Profile, present: datetime) -> GateDecision:
    pinned = config.record.ledger_id
    if pinned and ledger.id != pinned:
        return GateDecision(
            Verdict.UNKNOWN, (f"台账 {ledger.place} 的编号是 {ledger.id}，不是配置所指定的 {pinned}。",), digest
        )
    with ledger.reading() as connection:
        known = case_of(connection, digest)
        if known is None:
            return GateDecision(Verdict.CLOSED, (NOT_REVIEWED,), digest)
        events, last, problems = trusted(connection, known)
    if problems:
        return GateDecision(Verdict.CLOSED, tuple(problems), digest)
    if present < last.moment - CLOCK_TOLERANCE:
        reason = f"本机时间早于台账最后一条记录（{last.at}），请校正时钟。"
        return GateDecision(Verdict.UNKNOWN, (reason,), digest)
    case = fold(events)
    reasons = tuple(dict.fromkeys(_reasons(case, digest, config, profile, present.astimezone().date())))
    notes = () if reasons else tuple(_notes(case, profile))
    return GateDecision(Verdict.CLOSED if reasons else Verdict.OPEN, reasons, digest, case.title, notes)


def _reasons(case: Case, digest: str, config: Config, profile: Profile, today: date) -> Iterator[str]:
    """Why the draft may not be put before the meeting."""
    if digest != case.versions[-1]:
        yield "这是旧的版本，台账中已有更新的送审稿。"
    if case.state in ENDED:
        yield f"这份送审稿{case.state.label}。"
    elif case.state is not State.GATE_OPEN and case.state not in AFTER_GATE:
        yield f"审核没有完成，现在是“{case.state.label}”。"
    roster = Roster(config.people)
    submitted = case.notes[0]
    yield from _unentitled("送审", submitted, (Role.DRAFTER,), case, roster, own_unit=True)
    yield from _review_reasons(case, roster, config, profile, today)
    for item in case.items.values():
        yield from _item_reasons(case, item, roster, config, today)
    yield from _opinion_reasons(case, roster, profile)
    have = {name for note in case.notes for name, _, _ in note.evidence}
    accepted = case.note("受理")
    missing = [material.value for material in MATERIALS if material.value not in have]
    if accepted is None:
        yield "没有受理记录。"
        return
    yield from _unentitled("受理", accepted, REVIEWERS, case, roster, own_unit=False)
    if missing and not accepted.text:
        yield f"送审材料缺少{'、'.join(missing)}。"


def _review_reasons(case: Case, roster: Roster, config: Config, profile: Profile, today: date) -> Iterator[str]:
    from .. import __version__
    from ..rules.ruleset import rules_digest

    review = case.review
    if review is None or review.draft != case.versions[-1]:
        yield "这一版本没有审查记录。"
        return
    yield from _unentitled("审查", review, REVIEWERS, case, roster, own_unit=False)
    if review.options != options(config):
        yield "审查所用的规则范围、效力位阶、法规目录或者地方档案与本处配置不一致，请按本处配置重新审查。"
    rules = rules_digest(config.review.packs, config.packs.folders)
    if (review.version, review.rules, review.corpora) != (__version__, rules, corpora_digest()):
        yield "审查以后规则或者法规目录已经更新（或者审查所用的不是本处的规则），请重新审查。"
    day = moment(review.at).astimezone().date()
    # A day's grace: the reviewer's calendar may be ahead of this machine's time zone.
    if not 0 <= (review.as_of - day).days <= 1:
        yield f"审查按 {review.as_of} 的法律进行，不是审查当日。"
    if (today - day).days > profile.review_valid_days:
        yield f"审查已过 {(today - day).days} 日，超过 {profile.review_valid_days} 日，请重新审查。"
    if profile.corpora_max_age_days and (today - newest()).days > profile.corpora_max_age_days:
        yield f"法规目录截至 {newest()}，已超过 {profile.corpora_max_age_days} 日没有更新，请升级 legalcheck。"


def options(config: Config) -> dict[str, object]:
    """What a review by this configuration is narrowed to and rests on beyond the shipped data, as the record keeps it.

    An office's own catalogues and profile are named by their SHA-256: one that calls a repealed law current must not
    pass for another.
    """
    table = config.review
    return {
        "level": table.level.value,
        "packs": None if table.packs is None else sorted(table.packs),
        "select": sorted(table.select),
        "ignore": sorted(table.ignore),
        "statutes": [_sha256(path) for path in config.corpora.statutes],
        "profile": _sha256(config.corpora.profile) if config.corpora.profile else None,
    }


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise LedgerError(f"无法读取 {path}（{reason(error)}），请核对 legalcheck.toml 中的路径。") from None


def _item_reasons(case: Case, item: Item, roster: Roster, config: Config, today: date) -> Iterator[str]:
    finding, clearance = item.finding, item.clearance
    if finding.severity is Severity.MINOR or item.disposal is Disposal.FIXED:
        return
    name = f"{finding.location} {finding.rule}（{finding.fingerprint[:8]}）"
    if clearance is None:
        yield f"{name}没有处理。"
        return
    kept = item.disposal is Disposal.NOT_ADOPTED
    if kept and finding.severity is Severity.BLOCKING:
        yield f"{name}未采纳；必须改正的问题不能以未采纳为由提请审议。"
    if item.disposal is not Disposal.MISTAKEN and not clearance.basis:
        yield f"{name}{item.disposal.label}，没有说明依据。"
    roles = (Role.DRAFTER,) if kept else REVIEWERS
    yield from _unentitled(f"{name}的处理", clearance, roles, case, roster, own_unit=kept)
    overlays = [str(path) for path in config.corpora.statutes]
    for basis in clearance.basis:
        for doubt in doubts(basis, today, overlays):
            yield f"{name}：{doubt}。"


def _opinion_reasons(case: Case, roster: Roster, profile: Profile) -> Iterator[str]:
    opinion = case.opinion
    if opinion is None or opinion.draft != case.versions[-1]:
        yield "这一版本没有合法性审核意见。"
        return
    if not Conclusion(opinion.conclusion).opens:
        yield f"合法性审核意见的结论是“{opinion.conclusion}”。"
    if case.review and Conclusion(opinion.conclusion).opens and not conclusion(case).opens:
        yield f"按照台账的记录，结论应当是“{conclusion(case)}”。"
    if case.review and opinion.at < max([case.review.at, *(c.at for c in case.clearances.values())]):
        yield "出具意见以后又有审查或者处理，请重新出具意见。"
    yield from _unentitled("意见的签署", opinion, (Role.HEAD,), case, roster, own_unit=False)
    counsel = case.note("顾问意见")
    if profile.counsel_required and (counsel is None or not counsel_heard(case)):
        yield "本地规定应当有法律顾问的意见，台账中没有。"
    elif profile.counsel_required and counsel:
        yield from _unentitled("法律顾问的意见", counsel, (Role.COUNSEL,), case, roster, own_unit=False)


def _unentitled(
    what: str,
    act: Act,
    roles: tuple[Role, ...],
    case: Case,
    roster: Roster,
    *,
    own_unit: bool,
) -> Iterator[str]:
    """Why an act does not count, by the guard's own roster: what whoever recorded it used may have said otherwise."""
    day = moment(act.at).astimezone().date()
    try:
        person, _ = roster.entitled(act.by, day, roles, case.unit, own_unit)
    except NotEntitledError as error:
        yield f"{what}无效：{error}"
        return
    if person.account and act.account != person.account:
        yield f"{what}无效：“{act.by}”只能由系统账户 {person.account} 办理，办理时的账户是 {act.account}。"
    if not own_unit and act.by in case.drafters:
        yield f"{what}无效：“{act.by}”参与了这份送审稿的起草。"
    if person.unit != act.unit and (act.unit == case.unit) != own_unit:
        yield f"{what}无效：办理时“{act.by}”属于“{act.unit}”。"


def _notes(case: Case, profile: Profile) -> Iterator[str]:
    for item in case.items.values():
        if item.disposal is Disposal.NOT_ADOPTED and item.clearance:
            yield f"{item.finding.location} {item.finding.rule} 未采纳：{item.clearance.reason}"
    if case.emergency:
        yield f"按紧急情况办理：{case.emergency}"
    elif case.accepted and case.opinion:
        used = workdays.between(case.accepted, datetime.fromisoformat(case.opinion.at).astimezone().date())
        if used < profile.review_min_days:
            yield f"审核用时 {used} 个工作日，一般不少于 {profile.review_min_days} 个工作日。"
