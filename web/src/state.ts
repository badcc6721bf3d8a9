/**
 * What the page shows, kept in its address: a link is enough to show somebody else the same.
 * It stands behind the `#`, which browsers keep to themselves: what somebody looked at is in no server's log.
 */

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

export const TABS = ["buildings", "cameras", "changes", "about"] as const;
export type Tab = (typeof TABS)[number];

/** The map from above, in three dimensions, or as the selected camera would see it. */
export const VIEWS_OF_MAP = ["flat", "solid", "eye"] as const;
export type View = (typeof VIEWS_OF_MAP)[number];

export interface Selected {
  readonly what: "building" | "camera";
  readonly id: string;
}

/** Two disclosures, by their ids. */
export interface Compared {
  readonly earlier: string;
  readonly later: string;
}

/** Where the map looks. */
export interface Place {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface State {
  readonly language: Language;
  readonly tab: Tab;
  readonly selected: Selected | null;
  readonly view: View;
  /** What the legend hides: `layer.code`, or `layer` for all of it. */
  readonly hidden: readonly string[];
  readonly place: Place | null;
  /** Only cameras known to have stood in this year. */
  readonly year: number | null;
  /** The two disclosures that are compared, where the address names them. */
  readonly compared: Compared | null;
}

/** Return the state that an address asks for; what it leaves open follows the reader's languages. */
export function read(url: URL, preferred: readonly string[]): State {
  const asked = new URLSearchParams(url.hash.slice(1));
  const building = asked.get("building");
  const camera = asked.get("camera");
  const [earlier, later] = [asked.get("from"), asked.get("to")];
  return {
    language: among(LANGUAGES, asked.get("lang")) ?? spoken(preferred),
    tab: among(TABS, asked.get("tab")) ?? "buildings",
    selected: building
      ? { what: "building", id: building }
      : camera
        ? { what: "camera", id: camera }
        : null,
    view: among(VIEWS_OF_MAP, asked.get("view")) ?? "flat",
    hidden: (asked.get("hide") ?? "").split(",").filter(Boolean),
    place: placed(asked.get("map")),
    compared: earlier && later ? { earlier, later } : null,
    year: /^\d{4}$/.test(asked.get("year") ?? "") ? Number(asked.get("year")) : null,
  };
}

/** Return the address of a state, on the page that `url` is of. */
export function written(state: State, url: URL): URL {
  const address = new URL(url);
  const told = new URLSearchParams(url.hash.slice(1));
  const { language, tab, selected, view, hidden, place, year, compared } = state;
  const parts: Record<string, string | null> = {
    lang: language,
    tab: tab === "buildings" ? null : tab,
    building: selected?.what === "building" ? selected.id : null,
    camera: selected?.what === "camera" ? selected.id : null,
    view: view === "flat" ? null : view,
    year: year === null ? null : String(year),
    from: compared?.earlier ?? null,
    to: compared?.later ?? null,
    hide: hidden.length ? hidden.join(",") : null,
    map: place && `${place.zoom.toFixed(2)}/${place.lat.toFixed(5)}/${place.lon.toFixed(5)}`,
  };
  for (const [name, value] of Object.entries(parts)) {
    if (value === null) told.delete(name);
    else told.set(name, value);
  }
  // Ids and places read better with their own signs, which a fragment may carry unescaped (RFC 3986, 3.5).
  address.hash = told.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return address;
}

type Listener = (state: State, before: State) => void;

export interface Store {
  get(): State;
  /** Change the state; `step` makes it a place to come back to with the browser's back button. */
  set(change: Partial<State>, step?: boolean): void;
  subscribe(listener: Listener): void;
}

/** Return the state of this window, in step with its address. */
export function createStore(): Store {
  let state = read(new URL(location.href), navigator.languages);
  const listeners: Listener[] = [];

  function become(next: State): void {
    const before = state;
    state = next;
    for (const listener of listeners) listener(state, before);
  }

  addEventListener("popstate", () => {
    become({ ...read(new URL(location.href), navigator.languages), language: state.language });
  });
  return {
    get: () => state,
    set(change, step = false) {
      const next = { ...state, ...change };
      const address = written(next, new URL(location.href));
      if (step) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
      become(next);
    },
    subscribe: (listener) => listeners.push(listener),
  };
}

function among<T extends string>(choices: readonly T[], value: string | null): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

function spoken(preferred: readonly string[]): Language {
  const languages = preferred.map((tag) => among(LANGUAGES, tag.slice(0, 2).toLowerCase()));
  return languages.find((language) => language !== null) ?? "en";
}

function placed(value: string | null): Place | null {
  const [zoom, lat, lon, ...more] = (value ?? "").split("/").map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined || more.length) return null;
  const sound = zoom >= 0 && zoom <= 24 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sound ? { zoom, lat, lon } : null;
}
