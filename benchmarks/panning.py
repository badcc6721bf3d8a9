"""Frames while a map is moved: MapLibre with 200,000 cameras by tiles of the service, beside an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Final

from playwright.sync_api import Browser

from benchmarks.many import EAST, NORTH, SOUTH, WEST

_MAPLIBRE: Final = Path(__file__).resolve().parents[1] / "web" / "node_modules" / "maplibre-gl" / "dist"
_SECONDS: Final = 3
_ROUNDS: Final = 2

# The layers are those of the page's cameras as far as a tile tells what they need: dots from afar, discs from near.
_PAGE: Final = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="maplibre-gl.css">
<style>html,body,#map{margin:0;height:100%}</style><div id="map"></div><script type="module">
import { Map, setWorkerUrl } from "./maplibre-gl.mjs";
setWorkerUrl("./maplibre-gl-worker.mjs");
const [tiles, zoom, lon, lat] = TOLD;
const layers = [{ id: "paper", type: "background", paint: { "background-color": "#f6f4ef" } }];
const sources = {};
if (tiles) {
  sources.cameras = { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: 14 };
  layers.push({ id: "dots", type: "circle", source: "cameras", "source-layer": "cameras", paint: {
    "circle-color": ["match", ["get", "kind"], "fixed", "#10466f", "dome", "#0f6b66", "ptz", "#5b3f8c", "#6a6e75"],
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 2, 14, 4.5],
    "circle-stroke-color": "#f6f4ef", "circle-stroke-width": 1 } });
}
const map = new Map({ container: "map", style: { version: 8, sources, layers }, center: [lon, lat], zoom,
  attributionControl: false, fadeDuration: 0, renderWorldCopies: false });
map.once("idle", () => { window.still = true; });
window.pan = seconds => new Promise(done => {
  let frames = 0;
  const begun = performance.now();
  const step = now => {
    if (now - begun > seconds * 1000) return done(frames / ((now - begun) / 1000));
    frames += 1;
    map.panBy([4, 2], { animate: false });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
});
window.seen = () => map.getLayer("dots") ? map.queryRenderedFeatures({ layers: ["dots"] }).length : 0;
</script>"""


def pan(browser: Browser, address: str, zoom: float) -> tuple[float, float, int]:
    """Return frames a second with cameras, frames a second of an empty map, and how many cameras were on screen.

    Both are the medians of rounds taken in turn.
    """
    tiles = f"{address}/collections/cameras/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}?f=mvt"
    rates: dict[str, list[float]] = {"": [], tiles: []}
    seen = 0
    for _ in range(_ROUNDS):
        for told, each in rates.items():
            with _served(told, zoom) as home:
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                page.goto(home)
                page.wait_for_function("window.still", timeout=120_000)
                seen = max(seen, page.evaluate("window.seen()"))
                each.append(page.evaluate(f"window.pan({_SECONDS})"))
                page.close()
    return median(rates[tiles]), median(rates[""]), seen


@contextmanager
def _served(tiles: str, zoom: float) -> Iterator[str]:
    """Serve MapLibre's own files, and at `/` the page."""
    told = [tiles, zoom, (WEST + EAST) / 2, (SOUTH + NORTH) / 2]
    page = _PAGE.replace("TOLD", repr(told)).encode()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                super().do_GET()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(_MAPLIBRE)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
