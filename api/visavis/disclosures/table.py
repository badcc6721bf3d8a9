"""The tables of the record: what was asked, answered, disclosed, claimed, seen and withheld.

A table that a person writes as a file of the dossier is declared once: as the file's columns, and, with the dossier's
id before them, as what is published.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from visavis.model.schema import (
    Column,
    Table,
    count,
    day,
    flag,
    key,
    number,
    plain_table,
    shape,
    spatial_table,
    text,
)
from visavis.model.vocabulary import (
    AGREEMENTS,
    ANSWERS,
    CONFIDENCES,
    CONTRADICTIONS,
    DEADLINES,
    DOCUMENT_STATUSES,
    REQUEST_KINDS,
)

DISCLOSURES: Final = plain_table(
    "disclosures",
    disclosure_id=key("country/authority/year-what"),
    title=text("Title"),
    authority=text("Who runs the cameras, or who published the record"),
    country=text("ISO 3166 code; XX for an invented place"),
    jurisdiction=text("Whose rules are applied", optional=True),
    requested_on=day("Day of the request, ISO 8601", optional=True),
    answered_on=day("Day of the answer, ISO 8601", optional=True),
    status=text("How the request stands", among=DOCUMENT_STATUSES),
    licence=text("Licence of the record"),
    attribution=text("How it wants to be named"),
    url=text("Where the disclosure was published", optional=True),
    invented=flag("True where the place and its cameras are made up"),
    cameras_placed=count("Cameras with a place"),
    cameras_withheld=count("Cameras known to exist whose place is not disclosed"),
)

REQUESTS: Final = plain_table(
    "requests",
    request_id=key("dossier/name"),
    disclosure_id=text("Dossier"),
    kind=text("What was asked for", among=REQUEST_KINDS),
    asked_by=text("Who asked", optional=True),
    asked_of=text("Who was asked"),
    asked_on=day("Day of the request, ISO 8601", optional=True),
    due_on=day("Last day for the answer under the rule, ISO 8601; empty where none is known", optional=True),
    answered_on=day("Day of the answer, ISO 8601", optional=True),
    days=count(
        "Days from the request to the answer; empty where either is not known to the day", optional=True
    ),
    deadline=text("Whether the answer came in time", among=DEADLINES),
    rule_id=text("Rule that sets the time", optional=True),
    status=text("How it stands", among=DOCUMENT_STATUSES),
    reason=text("Reason given where something was withheld or redacted", optional=True),
    legal_basis=text("Article that the authority named for it", optional=True),
    appealed_on=day("Day of the appeal, ISO 8601", optional=True),
    url=text("Where the exchange can be read", optional=True),
    note=text("What else there is to say", optional=True),
)

QUESTIONS: Final = plain_table(
    "questions",
    question_id=key("dossier/code"),
    disclosure_id=text("Dossier"),
    authority=text("Who was asked"),
    code=text("Code of the question"),
    question_en=text("The question"),
    question_fr=text("The same in French"),
    answer=text("Whether it was answered", among=ANSWERS),
    answered_on=day("Day of the answer, ISO 8601", optional=True),
    summary_en=text("What the answer says, in our words", optional=True),
    summary_fr=text("The same in French", optional=True),
    reason=text("Reason given where it was refused", optional=True),
    legal_basis=text("Article that the authority named for it", optional=True),
    document_ids=text("Documents that bear on it, joined by ';'", optional=True),
    request_id=text("Request that asked it", optional=True),
    source=text("Where the answer can be read", optional=True),
)

DOCUMENTS: Final = plain_table(
    "documents",
    document_id=key("dossier/id, or file, or number"),
    disclosure_id=text("Dossier"),
    title=text("Title"),
    kind=text("What it is: map, table, contract, letter …"),
    status=text("How it stands", among=DOCUMENT_STATUSES),
    holder=text("Who has it", optional=True),
    request_id=text("Request that asked for it", optional=True),
    date=day("Day of the document, ISO 8601", optional=True),
    reason=text("Reason given where it was withheld or redacted", optional=True),
    legal_basis=text("Article that the authority named for it", optional=True),
    file=text("File in the dossier", optional=True),
    sha256=text("SHA-256 of the file", optional=True),
    licence=text("Licence", optional=True),
    url=text("Where it was published", optional=True),
    next_steps_en=text("Of a map not digitised yet: what is left to do, joined by ';'", optional=True),
    next_steps_fr=text("The same in French", optional=True),
    note=text("What else there is to say", optional=True),
)

WITHHELD: Final = spatial_table(
    "withheld",
    ("Polygon", "MultiPolygon", "Point"),
    withheld_id=key("dossier/number"),
    disclosure_id=text("Dossier"),
    cameras=count("How many cameras"),
    what=text("What is known of them"),
    reason=text("Reason given", optional=True),
    legal_basis=text("Article that the authority named for it", optional=True),
    authority=text("Who withheld it"),
    date=day("Day, ISO 8601", optional=True),
    document_id=text("Paper that says so", optional=True),
    geometry=shape("Area, where one is known", optional=True),
)

_CLAIM: Final[dict[str, Column]] = {
    "subject": text("What is claimed: a subject's code"),
    "value": text(
        "The value as claimed: a number, true or false, or words; empty where it is blacked out",
        optional=True,
    ),
    "unit": text("Its unit", optional=True),
    "as_of": day("Day, month or year that it speaks of, ISO 8601", optional=True),
    "stated_by": text("Who says so"),
    "document_id": text("Paper of the dossier that says so", optional=True),
    "source_title": text("Title of what was published", optional=True),
    "source": text("Where it was published", optional=True),
    "quote": text("The words, in short", optional=True),
    "redacted": text("Why the value is not told; needed where it is empty", optional=True),
    "confidence": text("How sure it is that this was said", among=CONFIDENCES, optional=True),
    "note": text("What else there is to say", optional=True),
}
_OBSERVATION: Final[dict[str, Column]] = {
    "observed_on": day("Day, ISO 8601"),
    "subject": text("What was looked at: a subject's code, as in claims"),
    "camera": text("Label or id of the camera that it is about", optional=True),
    "value": text("What it is: a number, true or false, or words"),
    "unit": text("Its unit", optional=True),
    "what": text("What was seen, in words"),
    "photo_sha256": text("SHA-256 of the photograph, which need not be published", optional=True),
    "photo": text("File of the photograph in the dossier", optional=True),
    "observed_by": text("Initials or a role; empty for nobody", optional=True),
}
_EVENT: Final[dict[str, Column]] = {
    "date": day("Day, month or year, ISO 8601"),
    "what_en": text("What happened"),
    "what_fr": text("The same in French", optional=True),
    "source": text("Who says so"),
    "url": text("Where that can be read", optional=True),
}


def _published(name: str, id_column: str, file: dict[str, Column]) -> Table:
    return plain_table(
        name, **{id_column: key("dossier/id, or number"), "disclosure_id": text("Dossier"), **file}
    )


def _file(name: str, id_column: str, file: dict[str, Column]) -> Table:
    return plain_table(
        name, **{id_column: text("Name of the row; its number where it is empty", optional=True), **file}
    )


CLAIMS: Final = _published("claims", "claim_id", _CLAIM)
OBSERVATIONS: Final = _published("observations", "observation_id", _OBSERVATION)
TIMELINE: Final = _published("timeline", "event_id", _EVENT)

# The files of a dossier that are written as tables, by the key of `disclosure.yml` that names them.
FILES: Final = MappingProxyType(
    {
        "claims": _file("claims", "claim_id", _CLAIM),
        "observations": _file("observations", "observation_id", _OBSERVATION),
        "timeline": _file("timeline", "event_id", _EVENT),
    }
)

CONTRADICTIONS_TABLE: Final = plain_table(
    "contradictions",
    contradiction_id=key("dossier/subject/kind/number"),
    disclosure_id=text("Dossier"),
    subject=text("What the claims are about"),
    kind=text("How they contradict each other", among=CONTRADICTIONS),
    from_day=day("First day that the claims speak of, ISO 8601", optional=True),
    to_day=day("Last day, ISO 8601", optional=True, ends=True),
    claimed=text("What is claimed, joined by ' | '"),
    stated_by=text("Who says which, joined by ' | '"),
    claim_ids=text("The claims, joined by ';'"),
    claims=count("How many claims"),
    text_en=text("The contradiction in words"),
    text_fr=text("The same in French"),
)

COMPARISONS: Final = plain_table(
    "comparisons",
    comparison_id=key("dossier/subject"),
    disclosure_id=text("Dossier"),
    subject=text("What is compared: a subject's code"),
    title_en=text("The subject in words"),
    title_fr=text("The same in French"),
    unit=text("Unit of the values", optional=True),
    claims=count("How many claims there are"),
    claimed=text("As claimed; different values joined by ' | '", optional=True),
    claimed_least=number("Lowest number claimed", "1", optional=True),
    claimed_most=number("Highest number claimed", "1", optional=True),
    computed=number("As the layers give it", "1", optional=True),
    observed=number("As last seen on site", "1", optional=True),
    observed_on=day("Day of that, ISO 8601", optional=True),
    contradictions=count("How many contradictions there are among the claims"),
    agreement=text("How they stand to each other", among=AGREEMENTS),
    note_en=text("Agreement in words"),
    note_fr=text("The same in French"),
)
