"""Checks that a pattern cannot state, by the name that a rule's `check` gives.

A check is a pure generator: ``check(subject, params) -> Iterator[Hit]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..hit import Hit
from . import absence, basis, competence, form, procedure
from .params import Params
from .subject import Subject

Check = Callable[[Subject, Params], Iterator[Hit]]

CHECKS: dict[str, Check] = {
    "repealed_basis": basis.repealed_basis,
    "no_such_clause": basis.no_such_clause,
    "moved_clause": basis.moved_clause,
    "statutory_period": basis.statutory_period,
    "odd_citation": basis.odd_citation,
    "no_enacting_clause": basis.no_enacting_clause,
    "missing_provision": absence.missing_provision,
    "no_effective_date": form.no_effective_date,
    "backdated": form.backdated,
    "too_early": form.too_early,
    "validity": form.validity,
    "no_repeal": form.no_repeal,
    "title": form.title,
    "numbering": form.numbering,
    "attachments": form.attachments,
    "abbreviations": form.abbreviations,
    "document_number": form.document_number,
    "no_standing": competence.no_standing,
    "unpublished": procedure.unpublished,
    "short_consultation": procedure.short_consultation,
    "missing_material": procedure.missing_material,
}
