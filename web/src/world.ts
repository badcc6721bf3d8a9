/** What is known from the start: small tables as a whole, and what can be asked about one of their rows. */

import { addresses, build, items, legend, type Bbox, type Build, type Item, type Legend } from "./api";
import { boxAround, detailOf } from "./asking";
import { split } from "./filters";
import type { Detail } from "./map/scene";
import { createAddresses, type Addresses } from "./search/addresses";
import type { Compared, Selected } from "./state";

/** What became of the cameras of one disclosure in another, and what is doubtful about that. */
export interface Changes {
  readonly rows: readonly Item<"camera_changes">[];
  readonly findings: readonly Item<"findings">[];
}

export interface World {
  readonly build: Build;
  readonly legend: Legend;
  readonly cameras: readonly Item<"cameras">[];
  readonly buildings: readonly Item<"exposed_buildings">[];
  readonly disclosures: readonly Item<"disclosures">[];
  readonly withheld: readonly Item<"withheld">[];
  readonly documents: readonly Item<"documents">[];
  readonly comparisons: readonly Item<"comparisons">[];
  readonly claims: readonly Item<"claims">[];
  camera(id: string): Item<"cameras"> | undefined;
  building(id: string): Item<"exposed_buildings"> | undefined;
  /** Ask for all that the selected one's panel says; `near` is where it was touched on the map. */
  detail(selected: Selected, near?: Bbox): Promise<Detail>;
  changes(pair: Compared): Promise<Changes>;
  /** Every known address, asked for when somebody begins to search. */
  addresses(): Promise<Addresses>;
}

/** What the page says of every building; what is left out is half of the weight. */
const OF_BUILDINGS = [
  "building_id",
  "kind",
  "name",
  "address",
  "cameras",
  "camera_ids",
  "level",
  "level_oodpcvs",
  "probability",
  "sureness",
  "rule_ids",
] as const;

/** What is withheld of which the area is known. */
export function areasOf(withheld: World["withheld"]): GeoJSON.Feature[] {
  return withheld.filter((item): item is Item<"withheld"> & GeoJSON.Feature => item.geometry !== null);
}

/** Load what the page always needs. */
export async function loadWorld(): Promise<World> {
  const [record, palette, cameras, buildings, disclosures, withheld, documents, comparisons, claims] = await Promise.all([
    build(),
    legend(),
    items("cameras"),
    items("exposed_buildings", { properties: OF_BUILDINGS }),
    items("disclosures"),
    items("withheld"),
    items("documents"),
    items("comparisons"),
    items("claims"),
  ]);
  const camerasById = new Map(cameras.map((camera) => [camera.properties.camera_id, camera]));
  const buildingsById = new Map(buildings.map((building) => [building.properties.building_id, building]));
  return {
    build: record,
    legend: palette,
    cameras: cameras.sort((one, other) => collate(one.properties.label, other.properties.label)),
    buildings: buildings.sort(
      ({ properties: one }, { properties: other }) =>
        other.probability - one.probability ||
        other.cameras - one.cameras ||
        collate(one.address, other.address),
    ),
    disclosures,
    withheld,
    documents,
    comparisons,
    claims,
    camera: (id) => camerasById.get(id),
    building: (id) => buildingsById.get(id),
    detail: kept(async (selected, near) => {
      if (selected.what === "camera") return detailOf(selected, null);
      const exposed = buildingsById.get(selected.id);
      return detailOf(selected, (exposed && boxAround([exposed])) ?? near ?? (await placed(selected.id)));
    }),
    changes: changesOf,
    addresses: searched,
  };
}

/** What was answered about pairs of disclosures, so that a redraw of the panel asks for none again. */
const compared = new Map<string, Promise<Changes>>();

function changesOf({ earlier, later }: Compared): Promise<Changes> {
  const name = `${earlier} ${later}`;
  const answer =
    compared.get(name) ??
    Promise.all([
      items("camera_changes", { where: { disclosure_id: later, earlier_disclosure_id: earlier } }),
      items("findings", { where: { code: "changes.moved-alike" } }),
    ]).then(([rows, findings]) => ({
      rows,
      findings: findings.filter(({ properties }) => split(properties.subject_ids).join(" ") === `${later} ${earlier}`),
    }));
  compared.set(name, answer);
  answer.catch(() => compared.delete(name));
  return answer;
}

let found: Promise<Addresses> | null = null;

function searched(): Promise<Addresses> {
  found ??= addresses()
    .then(({ streets }) => createAddresses(streets))
    .catch((failure: unknown) => {
      found = null;
      throw failure;
    });
  return found;
}

/** Where a building stands that nobody touched and no camera views: its address tells. */
async function placed(building: string): Promise<Bbox | null> {
  const place = await searched().then((known) => known.place(building));
  return place && [place[0], place[1], place[0], place[1]];
}

type Ask = (selected: Selected, near?: Bbox) => Promise<Detail>;

/** Ask once for each selection; a failure may be tried again. */
function kept(asking: Ask): Ask {
  const answers = new Map<string, Promise<Detail>>();
  return (selected, near) => {
    const name = `${selected.what}/${selected.id}`;
    const answer = answers.get(name) ?? asking(selected, near);
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    return answer;
  };
}

const { compare: collate_ } = new Intl.Collator(undefined, { numeric: true });

/** In the order in which people count, the nameless last. */
function collate(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return collate_(one, other);
}
