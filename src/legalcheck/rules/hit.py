"""What a pattern or a check reports, before it becomes a finding."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ..language import Clause

Span = tuple[int, int]


class Hit(Struct, frozen=True):
    """A violation in a clause: `spans` in `Clause.text` (half-open), and the words that the message fills in.

    `clause` is None for what concerns the draft as a whole.
    """

    clause: Clause | None
    spans: tuple[Span, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    unverified: bool = False
