"""The run as one HTML page that needs nothing else: figures, what to repeal and amend, statutes and demands."""

from __future__ import annotations

import sqlite3
from itertools import islice
from pathlib import Path

from ..reports.words import SEVERITY
from .output import document_rows
from .summary import summarise
from .verdict import NAMES, Verdict

MOST_DOCUMENTS = 1000  # of each verdict: a page of 40,000 rows opens nowhere
MOST_GROUPS = 200


def write_html(path: Path, database: sqlite3.Connection) -> None:
    """Write the page to `path`. All that comes from documents is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    summary = summarise(database)
    listed = {
        verdict: list(islice(document_rows(database, f"verdict = '{verdict.value}'"), MOST_DOCUMENTS))
        for verdict in (Verdict.REPEAL, Verdict.AMEND, Verdict.UNREAD)
    }
    stream = environment.get_template("report.html.j2").stream(
        summary=summary,
        names=NAMES,
        verdicts=list(Verdict),
        counts=dict(zip(Verdict, summary.all.verdicts, strict=True)),
        listed=listed,
        severities={severity.value: name for severity, name in SEVERITY.items()},
        most=MOST_DOCUMENTS,
        most_groups=MOST_GROUPS,
    )
    with path.open("wb") as file:
        stream.dump(file, encoding="utf-8", errors="backslashreplace")
