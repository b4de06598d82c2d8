"""What a rule says to its check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ...errors import RuleError
from ...lazy import compiled, regex

_LEAVING_OUT = regex(r"(\\.)|\[\^")


class Params(Struct, frozen=True):
    """The `params` of a rule; `ours` tells that the rule comes with legalcheck (see `rules.program`)."""

    values: Mapping[str, Any]
    ours: bool = False

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a parameter, `default` where the rule does not give it."""
        return self.values.get(name, default)

    def expression(self, name: str) -> Any:
        """What finds the pattern, or any of the patterns, that a parameter gives; no match goes beyond its line."""
        value = self.values[name]
        return _expression((value,) if isinstance(value, str) else tuple(value), self.ours)


@lru_cache(maxsize=256)
def _expression(sources: tuple[str, ...], ours: bool) -> Any:
    joined = "|".join(f"(?:{source})" for source in sources)
    source = _LEAVING_OUT.sub(lambda found: found[1] or r"[^\n", joined)
    if ours:
        return compiled(source, re.ASCII | re.MULTILINE)
    import re2

    try:
        return re2.compile(f"(?m){source}")
    except re2.error as error:
        raise RuleError(f"“{joined}”不是有效的正则表达式（{error}），请改正。") from error
