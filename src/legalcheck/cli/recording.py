"""``legalcheck review --record`` and ``--continues``: what was found goes into the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..errors import LedgerError, UsageError
from .desk import digest_of, registry

if TYPE_CHECKING:
    from ..config import Config
    from ..document.package import Package
    from ..reports.outcome import Outcome


def check(
    drafts: Sequence[str],
    continues: str | None,
    by: str,
    narrowed: Mapping[str, object],
    ledger: str,
    config_path: str | None,
) -> list[Package]:
    """Refuse, before the work, what cannot be recorded; gives what the record holds as submitted with each draft."""
    from ..record.materials import package

    if not by:
        raise UsageError("记入台账需要用 --by 写明审核人员。")
    if continues is not None and len(drafts) > 1:
        raise UsageError("--continues 一次只能用于一份修改稿。")
    if narrowed.get("as_of"):
        raise UsageError("记入台账的审查按当日有效的法律进行，不能用 --as-of。")
    given = [f"--{name.replace('_', '-').removesuffix('s')}" for name, value in narrowed.items() if value]
    if given:
        raise UsageError(f"记入台账的审查以配置文件为准，不能用 {'、'.join(given)} 改变范围；请写入 legalcheck.toml。")
    packages = []
    for draft in drafts:
        previous = digest_of(continues) if continues else ""
        with registry(draft, ledger, config_path) as office:
            packages.append(package(office.reviewable(digest_of(draft), by, previous)))
    return packages


def enter(
    outcomes: Sequence[Outcome],
    configs: Sequence[Config],
    continues: str | None,
    by: str,
    ledger: str,
    config_path: str | None,
) -> tuple[list[Outcome], str]:
    """Record the reports; returns them with what became of their findings, and what is to be told of it."""
    from ..record.changes import compare
    from ..record.gate import options
    from ..reports.history import compared, state_line

    known: list[Outcome] = []
    told = ""
    for outcome, config in zip(outcomes, configs, strict=True):
        if outcome.report is None:
            known.append(outcome)
            continue
        previous = digest_of(continues) if continues else ""
        with registry(outcome.path, ledger, config_path) as office:
            try:
                before, after = office.reviewed(outcome.report, by, continues=previous, options=options(config))
            except LedgerError as error:
                if len(outcomes) == 1:
                    raise
                raise LedgerError(f"{outcome.path} 没有记入台账：{error}") from None
            if before.reviews:
                told += compared(compare(before, after))
            told += f"已记入台账。{state_line(after, office.today)}\n"
            states = {name: item.disposal.label for name, item in after.items.items()}
            known.append(replace(outcome, states=states))
    return known, told
