"""Where the rule packs and corpora lie: in the wheel under ``_data``, else at the root of the repository."""

from importlib.resources import files
from pathlib import Path


def data_root() -> Path:
    """The folder that holds ``rules/`` and ``corpora/``."""
    package = Path(str(files("legalcheck")))
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parents[1]
