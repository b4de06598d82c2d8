"""Draft + rules -> report."""

from .report import Report
from .reviewer import check_passage, examine, review

__all__ = ["Report", "check_passage", "examine", "review"]
