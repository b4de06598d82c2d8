"""What several checks need."""

from __future__ import annotations

import re
from itertools import islice

from ...document.model import Draft, Level
from ...language import Clause
from .params import Params
from .subject import Subject

ARTICLES = 3  # a text with that many articles is an instrument (document-structure.md section 1)


def in_articles(draft: Draft) -> bool:
    """Whether the draft is written in articles (第一条 …)."""
    return sum(unit.level is Level.ARTICLE for unit in draft.provisions) >= ARTICLES


def clause_of(subject: Subject, provision: int) -> Clause | None:
    """The first clause of a provision, or of what stands in it."""
    for clause in subject.clauses:
        if any(unit.index == provision for unit in subject.draft.ancestors(clause.provision)):
            return clause
    return None


def fits(subject: Subject, params: Params) -> bool:
    """Whether the draft is of the sort that `params` name: `title`, `forms` (articles), `about` with `at_least`.

    `title` is a pattern for the title, `about` patterns of which the clauses must hold `at_least` (1) in all.
    """
    title = re.sub(r"\s", "", subject.draft.metadata.title)
    if "title" in params and not params.expression("title").search(title):
        return False
    if params.get("articles") and not in_articles(subject.draft):
        return False
    if "about" in params:
        found = subject.holding(params.expression("about"))
        at_least = int(params.get("at_least", 1))
        return sum(1 for _ in islice(found, at_least)) == at_least
    return True
