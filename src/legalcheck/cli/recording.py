"""``legalcheck review --record`` and ``--continues``: what was found goes into the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..errors import UsageError
from .desk import digest_of, registry
from .output import print_notice

if TYPE_CHECKING:
    from ..config import Config
    from ..reports.outcome import Outcome


def check(drafts: Sequence[str], continues: str | None, by: str, narrowed: Mapping[str, object]) -> None:
    """Refuse, before the work, what cannot be recorded."""
    if not by:
        raise UsageError("记入台账需要用 --by 写明审核人员。")
    if continues is not None and len(drafts) > 1:
        raise UsageError("--continues 一次只能用于一份修改稿。")
    given = [f"--{name.replace('_', '-').removesuffix('s')}" for name, value in narrowed.items() if value]
    if given:
        raise UsageError(f"记入台账的审查以配置文件为准，不能用 {'、'.join(given)} 改变范围；请写入 legalcheck.toml。")


def enter(
    outcomes: Sequence[Outcome],
    configs: Sequence[Config],
    continues: str | None,
    by: str,
    ledger: str,
    config_path: str | None,
) -> None:
    """Record the reports, and tell on standard error what a re-review changed."""
    from ..record.changes import compare
    from ..record.gate import options
    from ..reports.history import compared, state_line

    for outcome, config in zip(outcomes, configs, strict=True):
        if outcome.report is None:
            continue
        previous = digest_of(continues) if continues else ""
        with registry(outcome.path, ledger, config_path) as office:
            before, after = office.reviewed(outcome.report, by, continues=previous, options=options(config))
            if before.reviews:
                print_notice(compared(compare(before, after)))
            print_notice(f"已记入台账。{state_line(after, office.today)}\n")
