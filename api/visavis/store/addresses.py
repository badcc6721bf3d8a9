"""What the name of a target says, before anything is opened."""

from __future__ import annotations

import re

_DATABASES = ("postgresql://", "postgres://")

# Whatever is not written as it should be may hold a password anywhere.
_PLACE = re.compile(r"postgres(?:ql)?://(?:[^/@?]*@)?(?P<place>[^/@?]*(?:/[^/@?]*)?)(?:\?[^@]*)?")


def is_database(target: str) -> bool:
    """Say whether a target names a database and not a file."""
    return target.startswith(_DATABASES)


def shown(target: str) -> str:
    """Return a target as it may be shown to anybody: without user, password and options."""
    if not is_database(target):
        return target
    told = _PLACE.fullmatch(target)
    return f"postgresql://{told['place']}" if told else "postgresql://…"
