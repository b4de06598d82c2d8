"""Alembic's entry: the ledger hands over its own open connection."""

from alembic import context

from legalcheck.record.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
