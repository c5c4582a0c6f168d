"""How Alembic runs a revision: on the connection it is handed, in one transaction that holds or falls as a whole."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, target_metadata=None)
with context.begin_transaction():
    context.run_migrations()
