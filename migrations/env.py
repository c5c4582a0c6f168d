"""Alembic's environment: a revision runs on the connection it is handed, in one transaction, whole or not at all."""

from alembic import context

import migrations.postgres  # noqa: F401 - says how types are written there

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
