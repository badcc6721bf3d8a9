"""Migrations of the tables that tell of builds: one file a step, run by alembic in their order."""
