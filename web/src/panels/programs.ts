/** For researchers: what is on the map, as a file, and as the very request in the tools that they use. */

import { address } from "../api";
import { el } from "../dom";
import type { Shown } from "../filters";
import { SURENESS } from "../generated/api";
import type { Place } from "../state";
import type { Context } from "./context";

/** Return the section; requests are written when it is opened, for what the map shows then. */
export function programs(context: Context): HTMLElement {
  const { texts } = context;
  const place = el("div");
  const box = el("details", { id: "programs" }, el("summary", {}, texts.useData), place);
  box.addEventListener("toggle", () => {
    if (box.open) place.replaceChildren(...written(context));
  });
  return box;
}

function written({ texts, shown }: Context): HTMLElement[] {
  const map = document.getElementById("map");
  const hash = new URLSearchParams(location.hash.slice(1)).get("map")?.split("/").map(Number);
  const [zoom, lat, lon] = hash ?? [];
  const seen = map && zoom !== undefined && lat !== undefined && lon !== undefined ? boxOf({ zoom, lat, lon }, map.clientWidth, map.clientHeight) : null;
  const url = requestOf(seen, shown);
  const base = address("").href;
  const snippets: [string, string][] = [
    ["QGIS", texts.qgis(base)],
    ["Python", `import geopandas\n\nexposures = geopandas.read_file("${url}")\nprint(exposures.groupby("sureness")["camera_id"].nunique())`],
    ["R", `library(sf)\n\nexposures <- read_sf("${url}")\ntable(exposures$sureness)`],
    ["curl", `curl -fsS "${url}" -o exposures.geojson`],
  ];
  return [
    el("p", {}, el("a", { href: url, download: "exposures.geojson" }, seen ? texts.downloadSeen : texts.downloadAll)),
    ...snippets.flatMap(([tool, text]) => [el("h4", {}, tool), el("pre", { tabindex: 0, "aria-label": tool }, el("code", {}, text))]),
    el("p", { class: "note" }, texts.wholeLayers, " ", el("a", { href: address("exports/exposures.gpkg").href }, "GeoPackage"), ", ", el("a", { href: address("exports/exposures.csv").href }, "CSV")),
  ];
}

/** What a map of some pixels shows around a place, flat and north up. */
export function boxOf({ zoom, lat, lon }: Place, width: number, height: number): readonly [number, number, number, number] {
  const degrees = 360 / (512 * 2 ** zoom);
  const across = (width * degrees) / 2;
  const up = ((height * degrees) / 2) * Math.cos((lat * Math.PI) / 180);
  return [lon - across, lat - up, lon + across, lat + up].map((each) => Number(each.toFixed(5))) as [number, number, number, number];
}

/** The request for exposures in a box, of the surenesses that the legend shows. */
export function requestOf(box: readonly number[] | null, shown: Pick<Shown, "surenesses">): string {
  const url = address("collections/exposures/items");
  url.searchParams.set("limit", "10000");
  url.searchParams.set("f", "json");
  if (box) url.searchParams.set("bbox", box.join(","));
  if (shown.surenesses.size < Object.keys(SURENESS).length)
    url.searchParams.set("filter", `sureness IN (${[...shown.surenesses].map((each) => `'${each}'`).join(", ")})`);
  return url.href;
}
