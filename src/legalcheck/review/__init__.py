"""Draft + rules -> report."""

from .report import Report
from .reviewer import check_passage, examine, examine_all, review

__all__ = ["Report", "check_passage", "examine", "examine_all", "review"]
