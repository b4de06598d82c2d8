"""What a check looks at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Any

from msgspec import Struct, field

from ...citations import Cited, citations
from ...corpora.profile import Profile, national
from ...corpora.statutes import Catalogue
from ...document.model import Draft
from ...document.package import Package
from ...language import Clause
from ..finding import Rank

Span = tuple[int, int]


class Subject(Struct, frozen=True, dict=True):
    """A draft with its clauses, the date it is judged as of, and its rank.

    `package` is what was submitted with the draft, None where only the draft was given; `profile` holds what differs
    from place to place; `statutes` is the catalogue that citations are looked up in, the shipped one where None.
    """

    draft: Draft
    clauses: tuple[Clause, ...]
    as_of: date
    rank: Rank
    package: Package | None = None
    profile: Profile = field(default_factory=national)
    statutes: Catalogue | None = None

    @cached_property
    def cited(self) -> list[Cited]:
        """Every citation of the draft, resolved as of the date."""
        return citations(self.draft, self.as_of, known=self.statutes)

    @cached_property
    def text(self) -> str:
        """The folded text of all clauses, a line each."""
        return "\n".join(clause.text for clause in self.clauses)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(clause.text) + 1 for clause in self.clauses)]

    def holding(self, expression: Any) -> Iterator[Clause]:
        """The clauses in which an expression is found that finds nothing across lines: one pass over all of them."""
        last = -1
        for hit in expression.finditer(self.text):
            number = bisect_right(self._starts, hit.start()) - 1
            if number != last:
                yield self.clauses[number]
            last = number

    @cached_property
    def _by_paragraph(self) -> dict[int, list[Clause]]:
        found: dict[int, list[Clause]] = {}
        for clause in self.clauses:
            for piece in clause.pieces:
                found.setdefault(piece.paragraph, []).append(clause)
        return found

    def clause_at(self, paragraph: int, start: int, end: int) -> tuple[Clause, Span] | None:
        """The clause that holds the start of a stretch of a paragraph's text, and the stretch within `Clause.text`."""
        for clause in self._by_paragraph.get(paragraph, ()):
            span = clause.span_of(paragraph, start, end)
            if span is not None:
                return clause, span
        return None
