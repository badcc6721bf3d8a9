"""The table of crops, apart from what cuts them out: who serves a store needs the table alone."""

from __future__ import annotations

from typing import Final

from visavis.model.schema import count, key, number, picture, plain_table, text
from visavis.model.vocabulary import SHEET_UNITS, SHOWINGS

CROPS: Final = plain_table(
    "crops",
    camera_id=key("Camera that was read there"),
    disclosure_id=text("Dossier"),
    document_id=text("Paper of the dossier that the sheet is", optional=True),
    sheet=text("File of the sheet"),
    page=count("Page of that file, from 1"),
    x0=number("Left side of the symbol's box, from the left edge of the page", "1"),
    y0=number("Its upper side, from the upper edge of the page", "1"),
    x1=number("Its right side", "1"),
    y1=number("Its lower side", "1"),
    unit=text("What the box is measured in: points of a PDF, pixels of a picture", among=SHEET_UNITS),
    licence=text("Licence of the sheet", optional=True),
    showing=text("Whether the sheet may be shown there, or why not", among=SHOWINGS),
    picture=picture("The sheet around the symbol, which is in the middle: PNG in base64", optional=True),
)
