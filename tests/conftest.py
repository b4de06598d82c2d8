"""Tests keep what they prepare in a folder of their own."""

import os
from pathlib import Path

os.environ.setdefault("LEGALCHECK_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "legalcheck"))
