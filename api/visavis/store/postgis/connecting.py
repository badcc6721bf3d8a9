"""Connections to the database of a target, and its refusals in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from visavis.model.errors import CostlyError, RequestError, StoreError
from visavis.store.addresses import shown

# Only what a person wrote into the address goes before these.
_HABITS: Final = {
    "application_name": "visavis",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",  # milliseconds: a line that is dead without saying so is noticed
}

# What a server says of a file that it can't make longer, whatever the system's reason.
_GROWS: Final = "could not extend file"

REACH_IT: Final = "Check that the server runs and that address, user and password are right"


def connect(target: str, **how: Any) -> psycopg.Connection[Any]:
    """Open a connection.

    Raises
    ------
    StoreError
        Where the address is not understood or the server doesn't answer.
    """
    try:
        given = conninfo_to_dict(target)
    except psycopg.Error:  # which repeats the address as a whole
        raise StoreError(
            "can't be reached (the address is not understood)",
            file=shown(target),
            remedy="Write postgresql://user@host/database",
        ) from None
    try:
        return psycopg.connect(make_conninfo("", **{**_HABITS, **given}), **how)
    except psycopg.Error as error:
        raise StoreError(
            f"can't be reached ({first_line(error)})", file=shown(target), remedy=REACH_IT
        ) from None


@contextmanager
def refusals(target: str, patience_s: float | None = None) -> Iterator[None]:
    """Turn what the server refuses into one line.

    Raises
    ------
    StoreError
        Where the connection is lost, or the server can't do what is needed.
    RequestError
        Where a value that somebody asked with can't be computed with.
    CostlyError
        Where an answer takes longer than `patience_s`.
    """
    try:
        yield
    except psycopg.errors.QueryCanceled:
        raise CostlyError(
            f"the answer takes more than {patience_s or 0:g} s to find",
            remedy="Ask for less: add a bbox, or compare fewer properties",
        ) from None
    except psycopg.DataError as error:
        raise RequestError(
            f"a value can't be computed with ({first_line(error)})", remedy="Give other values"
        ) from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(
            f"does not let this user in ({first_line(error)})",
            file=shown(target),
            remedy="Grant it, or name another",
        ) from error
    except psycopg.Error as error:
        if isinstance(error, psycopg.errors.DiskFull) or _GROWS in str(error):
            what, remedy = "has no room", "Make room on the server"
        elif isinstance(error, psycopg.OperationalError):
            what, remedy = "was lost", REACH_IT
        else:
            what, remedy = "can't be used", "Build it again with visavis build"
        raise StoreError(f"{what} ({first_line(error)})", file=shown(target), remedy=remedy) from error


def first_line(error: Exception) -> str:
    """Return what an error says, without the statement that it repeats."""
    lines = str(error).strip().splitlines()
    return (
        lines[-1 if lines and lines[0].startswith("connection failed") else 0]
        if lines
        else type(error).__name__
    )
