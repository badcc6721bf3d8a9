"""Tagged PDF (PDF/UA-1) from a Typst page and plain data, without a request to anybody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import typst

from visavis.model.errors import VisavisError

_FONTS: Final = "font_source_sans_pro"
_STANDARD: Final[Literal["ua-1"]] = "ua-1"


def typeset(
    page: str, told: Mapping[str, Any], moment: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a PDF: the same bytes for the same data.

    Texts stay data: the page reads them as JSON, so that none of them is taken as markup.

    Parameters
    ----------
    page : str
        Name of the Typst page in `exports/typeset`.
    told : mapping
        What it shows, as plain JSON.
    moment : datetime
        The moment that the file bears; no clock is asked.
    pictures : mapping of str to bytes, optional
        SVG or PNG files that the page may name.

    Raises
    ------
    VisavisError
        Where the page can't be set.
    """
    source = files("visavis.exports") / "typeset" / f"{page}.typ"
    with as_file(files(_FONTS) / "files") as fonts, TemporaryDirectory(prefix="visavis-") as held:
        folder = Path(held)
        given = {"main.typ": source.read_bytes(), "told.json": json.dumps(told, ensure_ascii=False).encode()}
        for name, content in {**given, **(pictures or {})}.items():
            (folder / name).write_bytes(content)
        try:
            return bytes(
                typst.compile(
                    folder / "main.typ",
                    root=folder,
                    format="pdf",
                    font_paths=[fonts],
                    ignore_system_fonts=True,
                    pdf_standards=[_STANDARD],
                    timestamp=int(moment.timestamp()),
                )
            )
        except typst.TypstError as error:
            raise VisavisError(
                f"the page {page} can't be set ({error.message})", remedy="Report this fault"
            ) from error
