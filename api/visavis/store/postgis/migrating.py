"""The tables that tell of builds, brought up to date by alembic before a build is written."""

from __future__ import annotations

import threading
from typing import Any, Final

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from visavis.model.errors import StoreError
from visavis.store.addresses import shown
from visavis.store.postgis.connecting import connect, refusals

SCHEMA: Final = "visavis"
MIGRATIONS: Final = "migrations"

# Within a process; alembic keeps what it is at in a global. Processes wait for each other in the database.
_ONE_AT_A_TIME: Final = threading.Lock()

# PostGIS 3.0 is the first whose ST_Intersects finds its index by itself.
_LEAST_POSTGIS: Final = 3


def bring_up_to_date(target: str) -> None:
    """Make or change the tables that tell of builds; published layers are left alone.

    Raises
    ------
    StoreError
        Where the schema of that name is another program's, PostGIS is missing and can't be added, or the tables
        were made by a newer version.
    """
    with refusals(target), connect(target, autocommit=True) as connection:
        _require_ours(connection, target)
        _require_postgis(connection, target)
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(target), poolclass=NullPool)
    with refusals(target), _ONE_AT_A_TIME, engine.begin() as writing:
        configured = _config()
        configured.attributes["connection"] = writing
        command.upgrade(configured, "head")


def newest() -> str | None:
    """Return the last migration that this version knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def migrated_to(connection: psycopg.Connection[Any]) -> str | None:
    """Return the last migration that a database has had, or None where it is none of ours."""
    found = connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.{MIGRATIONS}",)).fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute(f"SELECT version_num FROM {SCHEMA}.{MIGRATIONS}").fetchone()
    return None if row is None else str(row[0])


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "visavis.store.postgis:migrations")
    return config


def _require_ours(connection: psycopg.Connection[Any], target: str) -> None:
    (there,) = connection.execute("SELECT to_regnamespace(%s) IS NOT NULL", (SCHEMA,)).fetchone() or (False,)
    if not there:
        return
    version = migrated_to(connection)
    if version is None:
        raise StoreError(
            f"has a schema {SCHEMA!r} that visavis did not make",
            file=shown(target),
            remedy="Name another database",
        )
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if version not in known:
        raise StoreError(
            f"was written by a newer version (migration {version})",
            file=shown(target),
            remedy="Update visavis",
        )


def _require_postgis(connection: psycopg.Connection[Any], target: str) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(
            f"keeps text as {encoding}", file=shown(target), remedy="Make the database with encoding UTF8"
        )
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except (
        psycopg.errors.InsufficientPrivilege,
        psycopg.errors.FeatureNotSupported,
        psycopg.errors.UndefinedFile,
    ):
        raise StoreError(
            "has no PostGIS",
            file=shown(target),
            remedy="Install it, and let its owner run CREATE EXTENSION postgis",
        ) from None
    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'postgis'").fetchone()
    version = str(row[0]) if row else "0"
    if int(version.split(".")[0]) < _LEAST_POSTGIS:
        raise StoreError(
            f"has PostGIS {version}", file=shown(target), remedy=f"Update it to {_LEAST_POSTGIS}.0"
        )
