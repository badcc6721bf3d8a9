"""A letter as a document for word processors."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any, Final

import docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from visavis.exports.archiving import zipped
from visavis.letters import Letter, Part

_INDENT: Final = Cm(8.5)
_SMALL: Final = Pt(8.5)
_SPACE: Final = Pt(7)


def as_docx(letter: Letter, author: str) -> bytes:
    """Return a letter as DOCX: the same bytes for the same letter."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Source Sans Pro", Pt(10.5)
    style.element.rPr.append(_language(letter.lang))
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
    for part in letter.parts:
        _add(document, part)
    _sign(document, letter, author)
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as archive:
        return zipped({name: archive.read(name) for name in sorted(archive.namelist(), key=_order)})


def _add(document: Any, part: Part) -> None:
    lines = part.role in ("sender", "recipient")
    for number, paragraph in enumerate(part.paragraphs, start=1):
        if part.role == "subject":
            added = document.add_heading(paragraph.text, level=2)
        elif paragraph.mark is None:
            added = document.add_paragraph(paragraph.text)
        else:
            added = document.add_paragraph(
                paragraph.text, style="List Bullet" if paragraph.mark == "-" else "List Number"
            )
        shape = added.paragraph_format
        shape.space_after = Pt(0) if lines and number < len(part.paragraphs) else _SPACE
        if part.role in ("recipient", "dateline"):
            shape.left_indent = _INDENT
        for run in added.runs:
            run.bold = True if part.role == "notice" else None
            if part.role in ("law", "origin"):
                run.font.size = _SMALL


def _sign(document: Any, letter: Letter, author: str) -> None:
    """Give the file its title, and the letter's day as its moment."""
    moment = datetime(letter.on.year, letter.on.month, letter.on.day)
    told = document.core_properties
    told.title, told.author, told.language = letter.title, author, letter.lang
    told.last_modified_by, told.comments = "", ""
    told.created = told.modified = moment


def _language(lang: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), {"fr": "fr-FR", "en": "en-GB"}[lang])
    return element


def _order(name: str) -> tuple[bool, str]:
    """Put the list of types first, where readers look for it."""
    return (name != "[Content_Types].xml", name)
