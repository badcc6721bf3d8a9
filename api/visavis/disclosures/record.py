"""The record of a dossier, as `disclosure.yml` words it: what was asked, given, claimed and kept back.

The JSON Schema, the skeleton of a new dossier and the page on the format are written from these declarations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic.json_schema import WithJsonSchema
from shapely import Polygon

from visavis.model.days import FORM, is_day

Status = Literal["asked", "disclosed", "redacted", "withheld", "appealed", "absent", "reported"]
Answer = Literal["answered", "partly", "refused", "unanswered", "not_asked"]
Loose = tuple[tuple[int | str, ...], str]

# No title or reason is so long; a text that is goes into a document of its own.
MOST_LETTERS: Final = 4_000
DOCUMENT_KINDS: Final = (
    "map",
    "table",
    "contract",
    "brochure",
    "datasheet",
    "dpia",
    "deliberation",
    "letter",
    "minutes",
    "figure",
    "statement",
    "regulator",
    "register",
)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LETTERS)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def inside(name: str) -> str:
    """Refuse a file name that leaves the dossier's folder."""
    parts = name.replace("\\", "/").split("/")
    if not name.strip() or parts[0] == "" or ".." in parts or "\x00" in name or ":" in parts[0]:
        raise ValueError(f"{name!r} is not a file inside the dossier")
    return name


def _as_text(day: Any) -> Any:
    """YAML reads 2021-05-12 as a date and 2021 as a number."""
    if isinstance(day, dt.datetime):
        raise ValueError(f"{day} is a moment; a day is asked for: 2021-05-12, 2021-05 or 2021")  # noqa: TRY004
    if isinstance(day, dt.date):
        return day.isoformat()
    return str(day) if isinstance(day, int) and not isinstance(day, bool) else day


def _a_day(day: str) -> str:
    if not is_day(day):
        raise ValueError(f"{day!r} is no day: 2021-05-12, 2021-05 or 2021")
    return day


Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Corner = tuple[Longitude, Latitude]
FileName = Annotated[str, StringConstraints(max_length=255), AfterValidator(inside)]
Day = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_a_day),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": FORM},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]


class _Entry(BaseModel):
    # Read from papers, which a service never does: made when the first is read.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)


class Request(_Entry):
    """A request to the authority: who asked for what, when, and how it stands."""

    id: Name | None = None
    """Name that documents and answers refer to"""
    kind: Literal["documents", "access"] = "documents"
    """`documents` under the law on access to documents, `access` for one's own data"""
    by: Words | None = None
    """Who asked: an organisation or a role; nobody's name who did not publish it"""
    asked_on: Day | None = None
    """Day of the request"""
    answered_on: Day | None = None
    """Day of the answer"""
    status: Status
    """How it stands"""
    reason: Words | None = None
    """Reason given where something was withheld or redacted"""
    legal_basis: Words | None = None
    """Article that the authority named for it"""
    appealed_on: Day | None = None
    """Day of the appeal, where there was one"""
    appealed_to: Words | None = None
    """Whom the appeal went to"""
    url: Words | None = None
    """Where the exchange can be read"""
    note: Words | None = None
    """What else there is to say"""


class DocumentEntry(_Entry):
    """A paper of the dossier, given or not."""

    id: Name | None = None
    """Name that answers, claims and withheld entries refer to; the file's name where it is left out"""
    title: Words
    """Title"""
    kind: Annotated[Words, Field(examples=list(DOCUMENT_KINDS))]
    """What it is: map, table, contract, brochure, datasheet, dpia, deliberation, letter …"""
    status: Status
    """How it stands"""
    holder: Words | None = None
    """Who has it"""
    request: Name | None = None
    """The request that asked for it"""
    date: Day | None = None
    """Day of the document"""
    file: FileName | None = None
    """The file in this folder"""
    sha256: Hash | None = None
    """SHA-256 of the file; checked where the file is here, kept as told where it is not"""
    reason: Words | None = None
    """Reason given where it was withheld or redacted"""
    legal_basis: Words | None = None
    """Article that the authority named for it"""
    licence: Words | None = None
    """Licence of the document"""
    url: Words | None = None
    """Where it was published"""
    digitised: bool | None = None
    """Of a map or list of cameras: whether its cameras are in this dossier"""
    next_steps: tuple[Words, ...] = ()
    """What is left to do before they are"""
    next_steps_fr: tuple[Words, ...] = ()
    """The same in French"""
    note: Words | None = None
    """What else there is to say"""


class QuestionEntry(_Entry):
    """A question to the authority and what came of it. Those of the six that are left out count as not asked."""

    code: Name
    """contracts, brochures, impact_assessment, cameras, police_requests, face_recognition, or a code of its own"""
    wording: Words | None = None
    """The question, where the code is not one of the six"""
    wording_fr: Words | None = None
    """The same in French"""
    answer: Answer
    """Whether it was answered"""
    request: Name | None = None
    """The request that asked it"""
    answered_on: Day | None = None
    """Day of the answer"""
    summary: Words | None = None
    """What the answer says, in our words"""
    summary_fr: Words | None = None
    """The same in French"""
    reason: Words | None = None
    """Reason given where it was refused"""
    legal_basis: Words | None = None
    """Article that the authority named for it"""
    documents: tuple[Words, ...] = ()
    """Documents that bear on it"""
    source: Words | None = None
    """Where the answer can be read"""


class SheetEntry(_Entry):
    """A map sheet with what is needed to read it."""

    file: FileName
    """The sheet"""
    georef: FileName | None = None
    """Its control points: an IIIF Georeference Annotation; none where the sheet brings its own georeference"""
    symbols: FileName
    """Its legend: a CSV"""
    table: FileName | None = None
    """The authority's table of cameras, joined by label"""
    page: Annotated[int, Field(ge=1)] = 1
    """Which page of the sheet shows the plan, from 1"""
    crs: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+:[0-9A-Za-z]+$")] | None = None
    """The CRS of a world file beside the sheet: EPSG:2154"""


class CamerasEntry(_Entry):
    """Cameras that are digitised already: GeoJSON with the columns of the camera table."""

    file: FileName
    """The file"""


class ListEntry(_Entry):
    """A table that lists cameras, with the mapping that says what its columns mean."""

    file: FileName
    """The table"""
    columns: FileName
    """What its columns mean: a YAML mapping"""


class GazetteerEntry(_Entry):
    """Where streets meet and houses stand, to place cameras that a list tells in words."""

    file: FileName
    """The file"""
    title: Words | None = None
    """Title"""
    licence: Words
    """Licence"""
    attribution: Words
    """How it wants to be named"""
    url: Words | None = None
    """Where it was published"""


class WithheldEntry(_Entry):
    """Cameras that exist and whose place is not disclosed."""

    cameras: Annotated[int, Field(ge=1)]
    """How many"""
    what: Words
    """What is known of them"""
    authority: Words
    """Who withheld their places"""
    reason: Words | None = None
    """Reason given"""
    legal_basis: Words | None = None
    """Article that the authority named for it"""
    date: Day | None = None
    """Day"""
    document: Words | None = None
    """Document that says so"""
    area: Annotated[tuple[Corner, ...], Field(min_length=3)] | None = None
    """Corners of the area where they stand, as far as that is known: longitude, latitude"""

    @field_validator("area")
    @classmethod
    def _an_area(cls, corners: tuple[Corner, ...] | None) -> tuple[Corner, ...] | None:
        if corners is not None and not Polygon(corners).is_valid:
            raise ValueError("the area's outline crosses itself; give its corners in their order")
        return corners


class Record(_Entry):
    """The whole of `disclosure.yml`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(/[a-z0-9][a-z0-9-]*){2}$", max_length=200)]
    """country/authority/year-what, in small letters"""
    title: Words
    """Title"""
    authority: Words
    """Who runs the cameras, or who published the record"""
    holder: Words | None = None
    """Who holds the papers, where that is not the authority"""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """ISO 3166 code; XX for an invented place"""
    jurisdiction: Words | None = None
    """Whose rules are applied; the country's where it is left out"""
    invented: bool = False
    """True repeats the mark of an invented place on every page and export"""
    licence: Words
    """Licence of this record"""
    attribution: Words
    """How it wants to be named"""
    url: Words | None = None
    """Where the disclosure was published"""
    request: Request
    """The request that this dossier came of"""
    requests: tuple[Request, ...] = ()
    """Further requests"""
    questions: tuple[QuestionEntry, ...] = ()
    """What was asked, and whether it was answered"""
    documents: tuple[DocumentEntry, ...] = ()
    """The papers, given or not"""
    sheets: tuple[SheetEntry, ...] = ()
    """Map sheets to be read"""
    lists: tuple[ListEntry, ...] = ()
    """Tables that list cameras by address, crossing or coordinates"""
    gazetteers: tuple[GazetteerEntry, ...] = ()
    """Where streets meet and houses stand, to place such a list by"""
    cameras: tuple[CamerasEntry, ...] = ()
    """Files of cameras digitised already"""
    withheld: tuple[WithheldEntry, ...] = ()
    """Cameras that exist and whose place is not disclosed"""
    corrections: FileName | None = None
    """What a person corrected; `corrections.csv` is read without being named"""
    claims: FileName | None = None
    """What somebody says of the cameras: claims.csv"""
    observations: FileName | None = None
    """What somebody saw on site: observations.csv"""
    timeline: FileName | None = None
    """What happened when: timeline.csv"""
    models: FileName | None = None
    """Camera models as this dossier's papers state them: models.csv; they go before the shipped catalogue"""
    findings: FileName | None = None
    """What an importer could not read, where one made the dossier"""


def request_names(record: Record) -> list[str]:
    """Return the name of each request, the dossier's own first."""
    every = (record.request, *record.requests)
    return [each.id or f"request-{number}" for number, each in enumerate(every, start=1)]


def document_names(record: Record) -> list[str]:
    """Return the name of each document: its id, else its file, else its number."""
    return [
        paper.id or paper.file or f"document-{number}"
        for number, paper in enumerate(record.documents, start=1)
    ]


def named_files(record: Record) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield every file that the record names, with the way to the entry that names it."""
    for part in ("corrections", "claims", "observations", "timeline", "models", "findings"):
        if (name := getattr(record, part)) is not None:
            yield (part,), name
    for part in ("documents", "sheets", "lists", "gazetteers", "cameras"):
        for number, entry in enumerate(getattr(record, part)):
            for key in ("file", "georef", "symbols", "table", "columns"):
                if (name := getattr(entry, key, None)) is not None:
                    yield (part, number, key), name
