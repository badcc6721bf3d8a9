"""The dossier's papers around the sheet: legend, control points, table, claims, record, and the truth."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from tools.model_town.cameras import Camera
from tools.model_town.ground import Paper, to_degrees
from tools.model_town.margin import legend_boxes
from tools.model_town.symbols import LEGEND
from tools.model_town.town import Town

# A person picks a crossing to about a third of a point.
PICK_SD_PT: Final = 0.3
CROSSINGS: Final = (
    ("Grande Rue", "Rue de l'Église"),
    ("Grande Rue", "Rue de la Mairie"),
    ("Grande Rue", "Rue des Tilleuls"),
    ("Grande Rue", "Rue Neuve"),
    ("Quai des Tanneurs", "Rue de l'Église"),
    ("Quai des Tanneurs", "Rue du Pont"),
    ("Quai des Tanneurs", "Rue des Forges"),
    ("Rue des Jardins", "Allée du Verger"),
    ("Rue des Jardins", "Rue de la Mairie"),
    ("Rue des Jardins", "Rue Neuve"),
    ("Rue de l'Église", "Allée du Verger"),
)

ToImage = Callable[[float, float], tuple[float, float]]

WORDS_OF_KIND: Final = {
    "fixed": "fixe",
    "dome": "dôme",
    "ptz": "mobile",
    "multisensor": "multi-capteurs",
    "anpr": "lecture de plaques",
}

TOWN: Final = "Ville de Villemodèle (invented)"
PAPER: Final = "Gazette de Villemodèle (invented)"
INSTALLED: Final = "cameras_installed"
VIEWING: Final = "cameras_viewing_private_spaces"
CLAIMS: Final = (
    (
        INSTALLED,
        "35",
        "cameras",
        "2026-04-14",
        TOWN,
        "sheet.pdf",
        "« Parc déclaré au 14 avril 2026 : 35 caméras »",
    ),
    (INSTALLED, "38", "cameras", "2026-02-01", PAPER, "", "« les 38 caméras de la ville »"),
    (
        VIEWING,
        "0",
        "cameras",
        "2026-04-14",
        TOWN,
        "cameras.csv",
        "« aucune caméra ne filme les habitations »",
    ),
    ("requests_by_police", "41", "requests", "2025-12-31", TOWN, "", "« 41 réquisitions en 2025 »"),
)

WALKER: Final = "a resident (invented)"
OBSERVATIONS: Final = (
    (
        "2026-05-16",
        INSTALLED,
        "",
        "33",
        "cameras",
        "Counted on a walk through every street; three of them where the plan is blacked out (invented).",
        "",
        WALKER,
    ),
    (
        "2026-05-16",
        "private_spaces_not_masked",
        "C13",
        "true",
        "",
        "The fixed camera without a direction on the plan points at windows across the street (invented).",
        hashlib.sha256(b"no photograph: the model town is invented").hexdigest(),
        WALKER,
    ),
)
EVENTS: Final = (
    ("2011-04", "First cameras (invented)", "Premières caméras (inventé)", PAPER),
    ("2016-05-30", "Contract of the system (invented)", "Marché du système (inventé)", TOWN),
    ("2026-03-02", "Request for the papers (invented)", "Demande des pièces (inventé)", "the request"),
    (
        "2026-04-14",
        "Answer: plan and table given, contract blacked out, impact assessment withheld (invented)",
        "Réponse : plan et tableau communiqués, marché occulté, analyse d'impact non communiquée (inventé)",
        TOWN,
    ),
    ("2026-05-16", "Cameras counted on site (invented)", "Caméras comptées sur place (inventé)", WALKER),
)

RECORD: Final = """\
# yaml-language-server: $schema=../schema/disclosure.schema.json
# Everything in this dossier is invented: no real place, no real camera, no real authority.
id: xx/villemodele/2026-cameras
title: Villemodèle, plan of the cameras (invented)
authority: Ville de Villemodèle (invented)
country: XX
jurisdiction: FR
invented: true
licence: CC0-1.0
attribution: visavis model town (invented)
request:
  id: residents
  by: Residents of Villemodèle (invented)
  asked_on: 2026-03-02
  answered_on: 2026-04-14
  status: disclosed
questions:
  - code: contracts
    answer: partly
    request: residents
    documents: [contract]
    summary: The contract of 2016 was given with its prices and annexes blacked out (invented).
    summary_fr: Le marché de 2016 a été communiqué, prix et annexes occultés (inventé).
  - code: brochures
    answer: unanswered
    request: residents
    summary: The letter of answer does not speak of them (invented).
    summary_fr: La lettre de réponse n'en parle pas (inventé).
  - code: impact_assessment
    answer: refused
    request: residents
    reason: en cours de rédaction
    documents: [dpia]
    summary: It was being written while the cameras were running (invented).
    summary_fr: Elle était en cours de rédaction alors que les caméras fonctionnaient (inventé).
  - code: cameras
    answer: partly
    request: residents
    documents: [sheet.pdf, scan.jpg, cameras.csv]
    summary: A plan and a table of thirty cameras; three places are blacked out, plans are not told (invented).
    summary_fr: Un plan et un tableau de trente caméras ; trois places occultées, projets non dits (inventé).
  - code: police_requests
    answer: answered
    request: residents
    summary: Forty-one in 2025, says the letter of answer (invented).
    summary_fr: Quarante et une en 2025, selon la lettre de réponse (inventé).
  - code: face_recognition
    answer: not_asked
documents:
  - {title: Plan des caméras, kind: map, status: disclosed, file: sheet.pdf, date: 2026-04-14, licence: CC0-1.0}
  - {title: Le même plan numérisé, kind: map, status: disclosed, file: scan.jpg, date: 2026-04-14, licence: CC0-1.0}
  - {title: Tableau des caméras, kind: table, status: disclosed, file: cameras.csv, date: 2026-04-14, licence: CC0-1.0}
  - id: contract
    request: residents
    title: Marché de vidéoprotection
    kind: contract
    status: redacted
    reason: secret des affaires
    date: 2016-05-30
  - id: dpia
    request: residents
    title: Analyse d'impact
    kind: dpia
    status: withheld
    reason: en cours de rédaction
sheets:
  - {file: sheet.pdf, georef: sheet.georef.json, symbols: sheet.symbols.csv, table: cameras.csv}
withheld:
  - cameras: 3
    what: places blacked out on the sheet
    reason: sécurité publique
    authority: Ville de Villemodèle (invented)
    date: 2026-04-14
    document: sheet.pdf
claims: claims.csv
observations: observations.csv
timeline: timeline.csv
"""


def symbols_csv(to_image: ToImage | None = None) -> str:
    """Return the legend as a person marks it: a box around each example."""
    rows = []
    for symbol, (x0, y0, x1, y1) in zip(LEGEND, legend_boxes(), strict=True):
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        placed = np.array([to_image(*corner) if to_image else corner for corner in corners])
        box = [*placed.min(axis=0), *placed.max(axis=0)]
        rows.append([symbol.kind, symbol.words, *(f"{v:.1f}" for v in box), "0" if symbol.points else ""])
    return _csv(["kind", "name", "x0", "y0", "x1", "y1", "points_to_deg"], rows)


def georeference(
    town: Town, paper: Paper, name: str, size: tuple[int, int], seed: int, to_image: ToImage | None = None
) -> str:
    """Return control points at named crossings as an IIIF Georeference Annotation."""
    rng = np.random.default_rng(seed)
    features = []
    for first, second in CROSSINGS:
        spot = town.crossing(first, second)
        x, y = (float(v) for v in paper.place(*spot))
        x, y = to_image(x, y) if to_image else (x, y)
        scale = size[0] / paper.width_pt
        x, y = np.array([x, y]) + PICK_SD_PT * scale * rng.standard_normal(2)
        lon, lat = to_degrees(*spot)
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "resourceCoords": [round(float(x), 2), round(float(y), 2)],
                    "name": f"{first} / {second}",
                },
                "geometry": {"type": "Point", "coordinates": [round(float(lon), 8), round(float(lat), 8)]},
            }
        )
    width, height = size
    annotation = {
        "@context": [
            "http://iiif.io/api/extension/georef/1/context.json",
            "http://iiif.io/api/presentation/3/context.json",
        ],
        "id": f"villemodele/{name}",
        "type": "Annotation",
        "motivation": "georeferencing",
        "target": {
            "type": "SpecificResource",
            "source": {"id": name, "type": "Image", "height": height, "width": width},
            "selector": {
                "type": "SvgSelector",
                "value": f'<svg width="{width}" height="{height}"><polygon points="0,0 {width},0 {width},{height} '
                f'0,{height}" /></svg>',
            },
        },
        "body": {
            "type": "FeatureCollection",
            "transformation": {"type": "polynomial", "options": {"order": 1}},
            "features": features,
        },
    }
    return _json(annotation)


def cameras_csv(cameras: Sequence[Camera]) -> str:
    """Return the authority's own table: French headers, semicolons, cells left empty where it has nothing."""
    rows = [
        [
            camera.label,
            WORDS_OF_KIND[camera.kind],
            camera.model,
            "" if number % 7 == 5 else f"{camera.height_m:g}".replace(".", ","),
            camera.since,
        ]
        for number, camera in enumerate(cameras)
    ]
    return _csv(["Repère", "Type", "Modèle", "Hauteur (m)", "Mise en service"], rows, ";")


def claims_csv() -> str:
    """Return what is claimed of the cameras; the claims contradict each other."""
    rows = [[f"claim-{number}", *claim] for number, claim in enumerate(CLAIMS, start=1)]
    return _csv(["claim_id", "subject", "value", "unit", "as_of", "stated_by", "document_id", "quote"], rows)


def observations_csv() -> str:
    """Return what somebody saw on site: a count of all, and where one camera looks."""
    rows = [[f"observation-{number}", *seen] for number, seen in enumerate(OBSERVATIONS, start=1)]
    header = ["observation_id", "observed_on", "subject", "camera", "value", "unit", "what", "photo_sha256"]
    return _csv([*header, "observed_by"], rows)


def timeline_csv() -> str:
    """Return what happened when."""
    rows = [[f"event-{number}", *event] for number, event in enumerate(EVENTS, start=1)]
    return _csv(["event_id", "date", "what_en", "what_fr", "source"], rows)


def truth(cameras: Sequence[Camera], paper: Paper, to_image: ToImage) -> str:
    """Return the cameras as they truly stand, with their place on each rendering."""
    features = []
    for camera in cameras:
        x, y = (float(v) for v in paper.place(*camera.place))
        lon, lat = to_degrees(*camera.place)
        features.append(
            {
                "type": "Feature",
                "id": f"villemodele/{camera.label}",
                "geometry": {"type": "Point", "coordinates": [round(float(lon), 8), round(float(lat), 8)]},
                "properties": {
                    "label": camera.label,
                    "kind": camera.kind,
                    "azimuth_deg": camera.azimuth_deg,
                    "height_m": camera.height_m,
                    "invented": True,
                    "sheet_xy": {
                        "sheet": [round(x, 2), round(y, 2)],
                        "scan": [round(v, 2) for v in to_image(x, y)],
                    },
                },
            }
        )
    return _json({"type": "FeatureCollection", "features": features})


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
