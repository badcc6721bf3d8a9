"""Exports of a whole layer beside `ogr2ogr` on the same file: `python -m benchmarks.exporting STORE.gpkg`.

Tells seconds of processor time, which other work on the machine does not stretch, the ratio to `ogr2ogr` in the
same run and in turn, and by how much memory rises above idle.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.report import Report
from visavis.exports import FORMATS as SUFFIXES

# Format, and GDAL's driver and options for the same work; none where this GDAL has no such driver.
FORMATS: Final[dict[str, list[str] | None]] = {
    "geojson": ["-f", "GeoJSON", "-lco", "RFC7946=YES"],
    "geojsonseq": ["-f", "GeoJSONSeq", "-lco", "RS=YES"],
    "gpkg": ["-f", "GPKG"],
    "fgb": ["-f", "FlatGeobuf"],
    "shp": ["-f", "ESRI Shapefile", "-lco", "RESIZE=YES", "-lco", "ENCODING=UTF-8"],
    "csv": ["-f", "CSV", "-lco", "GEOMETRY=AS_WKT"],
    "kml": ["-f", "KML"],
    "parquet": None,
}

# In a process of its own: what is imported and opened counts as idle, as in a service that runs.
_OURS: Final = """
import json, sys, time
from pathlib import Path
import visavis.exports.geoparquet, visavis.exports.kml, visavis.exports.shapefile, visavis.exports.delimited
from visavis.exports import export
from visavis.store import Query, open_store
def kilobytes(name):
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith(name)).split()[1])
store, layer, form, file = open_store(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
export(store, layer, form, file, query=Query(limit=1))
Path("/proc/self/clear_refs").write_text("5")
idle = kilobytes("VmRSS")
begun, worked = time.perf_counter(), time.process_time()
export(store, layer, form, file)
seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
above = (kilobytes("VmHWM") - idle) / 1000
print(json.dumps({"seconds": seconds, "cpu": cpu, "above_mb": above, "idle_mb": idle / 1000}))
"""


def measure(store: Path, layer: str, rounds: int) -> Iterator[dict[str, Any]]:
    """Export a layer to every format, and by `ogr2ogr` in turn; give the seconds of each round and the memory."""
    with tempfile.TemporaryDirectory(prefix="visavis-", dir=store.parent) as name:
        folder = Path(name)
        for form, peer in FORMATS.items():
            file = folder / f"ours{SUFFIXES[form].suffix}"
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(_ours(store, layer, form, file))
                if peer is not None:
                    theirs.append(_theirs(store, layer, peer, folder / f"theirs.{form}"))
            yield {
                "layer": layer,
                "format": form,
                "ours_s": [told["cpu"] for told in ours],
                "ogr2ogr_s": theirs,
                "above_mb": max(told["above_mb"] for told in ours),
                "idle_mb": ours[-1]["idle_mb"],
                "disk_mb": file.stat().st_size / 1e6,
            }


def tell_exports(measured: Sequence[Mapping[str, Any]], report: Report) -> None:
    """Tell what `measure` gave as a table."""
    rows = []
    for each in measured:
        ours, theirs = each["ours_s"], each["ogr2ogr_s"]
        ratios = [peer_s / our_s for peer_s, our_s in zip(theirs, ours, strict=False)]
        rows.append(
            (
                each["format"],
                f"{median(ours):.1f}",
                f"{median(theirs):.1f}" if theirs else "–",
                f"{median(ratios):.2f} ({min(ratios):.2f})" if ratios else "–",
                f"{each['above_mb']:.0f}",
                f"{each['idle_mb']:.0f}",
                f"{each['disk_mb']:.0f}",
            )
        )
    head = (
        "format",
        "ours, s",
        "ogr2ogr, s",
        "speed of ogr2ogr (least)",
        "MB above idle",
        "MB idle",
        "MB on disk",
    )
    report.table("All of a layer, in turn; seconds of the processor", head, rows)


def _ours(store: Path, layer: str, form: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _OURS, str(store), layer, form, str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def _theirs(store: Path, layer: str, options: list[str], file: Path) -> float:
    file.unlink(missing_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603
        ["ogr2ogr", "-q", *options, "-overwrite", str(file), str(store), layer],  # noqa: S607
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    told = [*sys.argv[2:], *("views", "2")[len(sys.argv) - 2 :]]
    tell_exports(list(measure(Path(sys.argv[1]), told[0], int(told[1]))), Report())
