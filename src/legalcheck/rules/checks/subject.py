"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...document.model import Draft
from ...language import Clause
from ..finding import Rank


@dataclass(frozen=True)
class Subject:
    """A draft with its clauses, the date it is judged as of, and its rank."""

    draft: Draft
    clauses: tuple[Clause, ...]
    as_of: date
    rank: Rank
