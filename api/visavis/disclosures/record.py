"""The record of a dossier, as `disclosure.yml` words it: what was asked, given, claimed and kept back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Status = Literal["asked", "disclosed", "redacted", "withheld", "appealed"]


def _inside(name: str) -> str:
    """Refuse a file name that leaves the dossier's folder."""
    parts = name.replace("\\", "/").split("/")
    if not name.strip() or parts[0] == "" or ".." in parts or "\x00" in name or ":" in parts[0]:
        raise ValueError(f"{name!r} is not a file inside the dossier")
    return name


FileName = Annotated[str, AfterValidator(_inside)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Request(_Entry):
    """The request for documents, where there was one."""

    asked_on: dt.date | None = None
    answered_on: dt.date | None = None
    status: Status
    by: Words | None = None


class DocumentEntry(_Entry):
    """A paper of the dossier, given or not."""

    title: Words
    kind: Words
    status: Status
    file: FileName | None = None
    date: dt.date | None = None
    reason: Words | None = None
    licence: Words | None = None
    url: Words | None = None


class SheetEntry(_Entry):
    """A map sheet with what is needed to read it."""

    file: FileName
    georef: FileName
    symbols: FileName
    table: FileName | None = None


class CamerasEntry(_Entry):
    """Cameras that are digitised already: GeoJSON with the columns of the camera table."""

    file: FileName


class ListEntry(_Entry):
    """A table that lists cameras, with the mapping that says what its columns mean."""

    file: FileName
    columns: FileName


class GazetteerEntry(_Entry):
    """Where streets meet and houses stand, to place cameras that a list tells in words."""

    file: FileName
    title: Words | None = None
    licence: Words
    attribution: Words
    url: Words | None = None


class WithheldEntry(_Entry):
    """Cameras that exist and whose place is not disclosed."""

    cameras: Annotated[int, Field(ge=1)]
    what: Words
    authority: Words
    reason: Words | None = None
    date: dt.date | None = None
    document: Words | None = None


class Record(_Entry):
    """The whole of `disclosure.yml`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(/[a-z0-9][a-z0-9-]*){2}$")]
    title: Words
    authority: Words
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    jurisdiction: Words | None = None
    invented: bool = False
    licence: Words
    attribution: Words
    url: Words | None = None
    request: Request
    documents: tuple[DocumentEntry, ...] = ()
    sheets: tuple[SheetEntry, ...] = ()
    lists: tuple[ListEntry, ...] = ()
    gazetteers: tuple[GazetteerEntry, ...] = ()
    cameras: tuple[CamerasEntry, ...] = ()
    withheld: tuple[WithheldEntry, ...] = ()
    corrections: FileName | None = None
    claims: FileName | None = None
    findings: FileName | None = None
