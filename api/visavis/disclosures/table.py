"""The tables of the record: what was asked, disclosed, claimed and withheld."""

from __future__ import annotations

from typing import Final

from visavis.model.schema import count, day, flag, key, number, plain_table, shape, spatial_table, text
from visavis.model.vocabulary import DOCUMENT_STATUSES

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
    invented=flag("True where the place and its cameras are made up"),
    cameras_placed=count("Cameras with a place"),
    cameras_withheld=count("Cameras known to exist whose place is not disclosed"),
)

DOCUMENTS: Final = plain_table(
    "documents",
    document_id=key("dossier/file or name"),
    disclosure_id=text("Dossier"),
    title=text("Title"),
    kind=text("What it is: map, table, contract, letter …"),
    status=text("Asked, disclosed, redacted, withheld, appealed", among=DOCUMENT_STATUSES),
    date=day("Day of the document, ISO 8601", optional=True),
    reason=text("Reason given where it was withheld or redacted", optional=True),
    file=text("File in the dossier", optional=True),
    sha256=text("SHA-256 of the file", optional=True),
    licence=text("Licence", optional=True),
    url=text("Where it was published", optional=True),
)

WITHHELD: Final = spatial_table(
    "withheld",
    ("Polygon", "MultiPolygon", "Point"),
    withheld_id=key("dossier/number"),
    disclosure_id=text("Dossier"),
    cameras=count("How many cameras"),
    what=text("What is known of them"),
    reason=text("Reason given", optional=True),
    authority=text("Who withheld it"),
    date=day("Day, ISO 8601", optional=True),
    document_id=text("Paper that says so", optional=True),
    geometry=shape("Area, where one is known", optional=True),
)

CLAIMS: Final = plain_table(
    "claims",
    claim_id=key("dossier/number"),
    disclosure_id=text("Dossier"),
    subject=text("What is claimed: a subject's code"),
    value=text("The value as claimed"),
    unit=text("Its unit", optional=True),
    as_of=day("Day that it speaks of, ISO 8601", optional=True),
    stated_by=text("Who says so"),
    document_id=text("Paper that says so", optional=True),
    quote=text("The words", optional=True),
)

COMPARISONS: Final = plain_table(
    "comparisons",
    comparison_id=key("dossier/subject"),
    disclosure_id=text("Dossier"),
    subject=text("What is compared: a subject's code"),
    claimed=text("As claimed; several values joined by ' | '", optional=True),
    computed=number("As the layers give it", "count", optional=True),
    observed=number("As seen on site", "count", optional=True),
    note_en=text("Agreement in words", optional=True),
    note_fr=text("The same in French", optional=True),
)
