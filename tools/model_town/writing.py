"""All files of the model town, in one folder."""

from __future__ import annotations

from pathlib import Path

from tools.model_town import papers
from tools.model_town.cameras import set_up
from tools.model_town.ground import Paper
from tools.model_town.osm import write_osm
from tools.model_town.plan import draw_plan
from tools.model_town.scan import scan
from tools.model_town.sheet import draw_sheet


def write_town(folder: Path) -> None:
    """Draw the town and write its dossier, sheet, scan, buildings and truth into `folder`."""
    town, paper = draw_plan(), Paper()
    cameras = set_up(town)
    sheet = draw_sheet(town, cameras, paper)
    scanned = scan(sheet)
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    (folder / "sheet.pdf").write_bytes(sheet)
    (folder / "scan.jpg").write_bytes(scanned.jpeg)
    page = (round(paper.width_pt), round(paper.height_pt))
    texts = {
        "disclosure.yml": papers.RECORD,
        "sheet.symbols.csv": papers.symbols_csv(),
        "sheet.georef.json": papers.georeference(town, paper, "sheet.pdf", page, seed=1),
        "scan.symbols.csv": papers.symbols_csv(scanned.place),
        "scan.georef.json": papers.georeference(
            town, paper, "scan.jpg", scanned.size, seed=2, to_image=scanned.place
        ),
        "cameras.csv": papers.cameras_csv(cameras),
        "claims.csv": papers.claims_csv(),
        "observations.csv": papers.observations_csv(),
        "timeline.csv": papers.timeline_csv(),
        "town.osm": write_osm(town),
        "truth/cameras.geojson": papers.truth(cameras, paper, scanned.place),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
