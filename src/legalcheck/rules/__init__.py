"""Rules: written as YAML in packs, checked, compiled and run."""

from .finding import Finding, Ground, Location, Rank, Severity
from .model import Category, Pack, Rule
from .ruleset import RuleSet, builtin_packs, load

__all__ = [
    "Category",
    "Finding",
    "Ground",
    "Location",
    "Pack",
    "Rank",
    "Rule",
    "RuleSet",
    "Severity",
    "builtin_packs",
    "load",
]
