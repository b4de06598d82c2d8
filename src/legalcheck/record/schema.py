"""The tables of the ledger, in SQLAlchemy's terms. The migrations make them; this says what they hold.

`events` is the record. `cases` repeats the last of it, a row for each case, so that a hundred thousand can be listed
at once; it is written in the same transaction and the gate never relies on it alone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

events = Table(
    "events",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("case", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("draft", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("case_prev", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("case", "number", name="events_case_number"),
    Index("events_draft", "draft"),
)

cases = Table(
    "cases",
    metadata,
    Column("case", String(64), primary_key=True),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("draft", String(64), nullable=False),
    Column("accepted", String(10), nullable=False),  # ISO date, "" before
    Column("due", String(10), nullable=False),
    Column("blocking", Integer, nullable=False),  # findings still open
    Column("major", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # of the case's last event
    Index("cases_state", "state", "due"),
)
