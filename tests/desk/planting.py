"""A piece of the model town's scan on which mistakes are planted, with what truly stands on it."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from tests.desk.serving import town

# The east of the town with the legend beside it: left, top, right, bottom in pixels of the scan.
PIECE = (1150, 300, 2430, 1420)
_HALF = 26
_SHIFT = 55
FALSE = (1640, 690)  # on a block of houses
MISSING = ("C08", "C10")
OUTLIER = 3  # the control point that is set wrongly


@dataclass(frozen=True)
class Camera:
    """A camera as it truly stands: pixels of the piece, degrees from true north or None."""

    label: str
    kind: str
    x: float
    y: float
    longitude: float
    latitude: float
    azimuth_deg: float | None


def planted(folder: Path, truth_file: Path) -> tuple[Path, list[Camera]]:
    """Return a dossier of the piece and its truth.

    Planted are five mistakes (a symbol printed elsewhere, one turned, a label painted over, two wrong kinds in the
    table),
    two cameras painted over, one that is none, and a control point that is half a street off.
    """
    dossier = town(folder, "scan")
    truth = _truth(truth_file)
    _draw(dossier / "scan.jpg", {each.label: each for each in truth})
    _shift_symbols(dossier / "scan.symbols.csv")
    _shift_points(dossier / "scan.georef.json")
    table = dossier / "cameras.csv"
    lines = table.read_text("utf-8").splitlines()
    wrong = {"C24": "fixe", "C25": "dôme"}
    told = [
        ";".join([line.split(";")[0], wrong[line[:3]], *line.split(";")[2:]]) if line[:3] in wrong else line
        for line in lines
    ]
    table.write_text("\n".join(told) + "\n", "utf-8")
    return dossier, truth


def _truth(file: Path) -> list[Camera]:
    left, top, right, bottom = PIECE
    found = []
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        told = feature["properties"]
        x, y = told["sheet_xy"]["scan"]
        if left + 30 < x < right - 30 and top + 30 < y < bottom - 30:
            lon, lat = feature["geometry"]["coordinates"]
            found.append(
                Camera(told["label"], told["kind"], x - left, y - top, lon, lat, told["azimuth_deg"])
            )
    return found


def _draw(file: Path, truth: dict[str, Camera]) -> None:
    with Image.open(file) as opened:
        scan = opened.convert("RGB").crop(PIECE)
    pen = ImageDraw.Draw(scan)

    def symbol(label: str) -> tuple[Image.Image, tuple[int, int]]:
        x, y = round(truth[label].x), round(truth[label].y)
        return scan.crop((x - _HALF, y - _HALF, x + _HALF, y + _HALF)), (x, y)

    def paint_over(x: int, y: int, across: int = _HALF, along: int = _HALF) -> None:
        pen.rectangle((x - across, y - along, x + across, y + along), fill=(253, 253, 252))

    def put(image: Image.Image, x: int, y: int) -> None:
        disc = Image.new("L", image.size)
        ImageDraw.Draw(disc).ellipse((2, 2, image.width - 3, image.height - 3), fill=255)
        scan.paste(image, (x - image.width // 2, y - image.height // 2), disc)

    moved, (x, y) = symbol("C24")
    paint_over(x, y)
    put(moved, x, y + _SHIFT)
    turned, (x, y) = symbol("C26")
    put(turned.rotate(90), x, y)
    for label in MISSING:
        _, (x, y) = symbol(label)
        paint_over(x, y, _HALF + 8, _HALF + 8)
    _, (x, y) = symbol("C07")
    paint_over(x + 44, y - 20, 20, 14)
    put(symbol("C22")[0], FALSE[0] - PIECE[0], FALSE[1] - PIECE[1])
    scan.save(file, quality=92)


def _shift_symbols(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        for side, start in (("x0", 0), ("x1", 0), ("y0", 1), ("y1", 1)):
            row[side] = f"{float(row[side]) - PIECE[start]:.1f}"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _shift_points(file: Path) -> None:
    georef = json.loads(file.read_text("utf-8"))
    left, top, right, bottom = PIECE
    width, height = right - left, bottom - top
    source, selector = georef["target"]["source"], georef["target"]["selector"]
    source |= {"width": width, "height": height}
    selector["value"] = (
        f'<svg width="{width}" height="{height}"><polygon points="0,0 {width},0 {width},{height} 0,{height}" /></svg>'
    )
    for feature in georef["body"]["features"]:
        coords = feature["properties"]["resourceCoords"]
        feature["properties"]["resourceCoords"] = [coords[0] - left, coords[1] - top]
    x, y = georef["body"]["features"][OUTLIER - 1]["properties"]["resourceCoords"]
    georef["body"]["features"][OUTLIER - 1]["properties"]["resourceCoords"] = [x + 60, y]
    file.write_text(json.dumps(georef), "utf-8")
