"""Run by alembic: migrates through the connection that it is handed, in its transaction."""

from alembic import context
from sqlalchemy import text

from visavis.store.postgis.migrating import MIGRATIONS, SCHEMA

# Some number that no other program is likely to lock: two builders migrate one after the other.
_LOCK = 7_304_211

connection = context.config.attributes["connection"]
connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
context.configure(connection=connection, version_table=MIGRATIONS, version_table_schema=SCHEMA)
context.run_migrations()
