"""From a draft to clauses, and what the words around a match make of it (guards G1 to G12)."""

from .clauses import Clause, Piece, clauses
from .fold import fold
from .guards import DEFAULT, actor, holding, names
from .words import are_words

__all__ = ["DEFAULT", "Clause", "Piece", "actor", "are_words", "clauses", "fold", "holding", "names"]
