"""Letters on a store: the facts of a camera or a dossier, the law of a day, and a file to print. Nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import pandas as pd

from visavis.disclosures import RETENTION_DAYS
from visavis.exports.naming import named_camera
from visavis.law import Due, due_on, jurisdictions_over, send_by
from visavis.letters import CameraFacts, Case, Letter, write
from visavis.model.errors import NotFoundError, UsageError
from visavis.model.provenance import BuildRecord
from visavis.model.vocabulary import LEVELS, SURENESSES
from visavis.readers.letter_templates import read_templates
from visavis.readers.reference import read_jurisdictions, read_rules
from visavis.store import Query, Store, write_whole

LETTER_FORMS: Final = (".txt", ".docx", ".pdf")


@dataclass(frozen=True)
class Asked:
    """Which letter is wanted.

    Parameters
    ----------
    kind, lang : str
        As for :func:`visavis.letters.write`; `about` and `answer` likewise.
    camera : str, optional
        Id of a camera, or its label where `labelled`.
    dossier : str, optional
        Id of a dossier, where the letter is about no single camera.
    filled : mapping
        What to put into blanks.
    """

    kind: str
    lang: str
    camera: str | None = None
    dossier: str | None = None
    about: str = "foi"
    answer: str = "none"
    filled: Mapping[str, str | date] = field(default_factory=dict)
    labelled: bool = True


def letter_from(store: Store, asked: Asked, on: date) -> Letter:
    """Return a letter on what a store tells, with the law of a day.

    Raises
    ------
    NotFoundError
        Where no camera or dossier has that name.
    UsageError
        Where neither is named, or there is no such letter.
    """
    return write(
        asked.kind,
        _case(store, asked),
        read_rules(),
        read_templates(),
        lang=asked.lang,
        on=on,
        about=asked.about,
        answer=asked.answer,
        filled=asked.filled,
    )


def write_letter(store: Store, asked: Asked, file: Path, on: date) -> dict[str, Any]:
    """Write a letter as text, DOCX or PDF, whole or not at all, and return what is left to do.

    Raises
    ------
    UsageError
        Where the file has another ending, or as for `letter_from`.
    VisavisError
        Where the file can't be written.
    """
    form = file.suffix.lower()
    if form not in LETTER_FORMS:
        raise UsageError(f"{file} is no letter", remedy=f"End its name in {', '.join(LETTER_FORMS)}")
    letter = letter_from(store, asked, on)
    content = rendered(letter, form, store.record())
    write_whole(file, content)
    due = _send_by(store, asked)
    return {
        "letter": letter.title,
        "law_of": on.isoformat(),
        "rules": [rule.rule_id for rule in letter.rules],
        "blanks": [getattr(blank.label, asked.lang) for blank in letter.blanks],
        **({} if due is None else {"send_by": due.day.isoformat()}),
        "output": str(file),
    }


def rendered(letter: Letter, form: str, record: BuildRecord) -> bytes:
    """Return a letter as the bytes of a file of that ending."""
    if form == ".txt":
        return letter.text.encode()
    if form == ".docx":
        from visavis.exports.letter_docx import as_docx

        return as_docx(letter, record.software)
    from visavis.exports.typesetting import typeset

    told = {
        "title": letter.title,
        "author": record.software,
        "lang": letter.lang,
        "parts": [
            {
                "role": part.role,
                "paragraphs": [{"text": each.text, "mark": each.mark} for each in part.paragraphs],
            }
            for part in letter.parts
        ],
    }
    return typeset("letter", told, datetime.combine(letter.on, time(), UTC))


def _case(store: Store, asked: Asked) -> Case:
    camera = None if asked.camera is None else named_camera(store, asked.camera, asked.labelled).iloc[0]
    if camera is None and asked.dossier is None:
        raise UsageError("a letter is about a camera or a dossier", remedy="Name one of them")
    own = asked.dossier if camera is None else str(camera["disclosure_id"])
    found = store.frame("disclosures", Query(where={"disclosure_id": str(own)}))
    if found.empty:
        raise NotFoundError(f"there is no dossier {own!r}", remedy="See the layer disclosures")
    dossier = found.iloc[0]
    jurisdiction = _known(dossier["jurisdiction"]) or str(dossier["country"])
    record = store.record()
    offices = _offices(jurisdiction)
    return Case(
        authority=str(dossier["authority"]),
        jurisdiction=jurisdiction,
        record=str(dossier["title"]),
        origin=f"{record.software}, build {record.build_id}",
        invented=bool(dossier["invented"]),
        camera=None if camera is None else _facts(store, camera),
        retention_days=_retention_days(store, str(own)),
        supervisor=offices["supervisor"],
        appeal_body=offices["appeal"],
    )


def _facts(store: Store, camera: Any) -> CameraFacts:
    seen = store.frame("exposures", Query(where={"camera_id": str(camera["camera_id"])}))
    return CameraFacts(
        camera_id=str(camera["camera_id"]),
        name=_known(camera["label"]) or str(camera["camera_id"]),
        kind=str(camera["kind"]),
        longitude=float(camera.geometry.x),
        latitude=float(camera.geometry.y),
        azimuth_deg=None if pd.isna(camera["azimuth_deg"]) else float(camera["azimuth_deg"]),
        buildings=int(seen["building_id"].nunique()),
        sureness=next((code for code in SURENESSES if code in set(seen["sureness"])), None),
        level=next((code for code in reversed(LEVELS) if code in set(seen["level"])), None),
    )


def _retention_days(store: Store, dossier: str) -> int | None:
    """Return the shortest time that anybody stated for the keeping of recordings."""
    claims = store.frame("claims", Query(where={"disclosure_id": dossier, "subject": RETENTION_DAYS}))
    days = pd.to_numeric(claims["value"], errors="coerce").dropna()
    return int(days.min()) if len(days) and days.min() >= 1 else None


def _offices(jurisdiction: str) -> dict[str, tuple[str, str] | None]:
    held = read_jurisdictions().set_index("jurisdiction")
    found: dict[str, tuple[str, str] | None] = {"supervisor": None, "appeal": None}
    for code in jurisdictions_over(jurisdiction):
        if code not in held.index:
            continue
        for what, name in (("supervisor", "supervisor"), ("appeal", "appeal_body")):
            if found[what] is None and (office := _known(held.loc[code, name])) is not None:
                found[what] = (office, _known(held.loc[code, f"{what}_address"]) or "")
    return found


def _send_by(store: Store, asked: Asked) -> Due | None:
    """Return by when the letter has to be sent, where its days are told."""
    case, rules = _case(store, asked), read_rules()
    filmed, asked_on, refused = (asked.filled.get(name) for name in ("filmed_on", "asked_on", "refused_on"))
    if asked.kind == "preserve" and isinstance(filmed, date):
        return send_by(rules, case.jurisdiction, "retention", filmed)
    if asked.kind != "appeal":
        return None
    if not isinstance(refused, date) and isinstance(asked_on, date) and asked.answer == "none":
        silent = due_on(rules, case.jurisdiction, "documents", asked_on)
        refused = None if silent is None else silent.day
    return send_by(rules, case.jurisdiction, "appeal", refused) if isinstance(refused, date) else None


def _known(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
