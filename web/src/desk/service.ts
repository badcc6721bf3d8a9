/** What the desk's service is asked, and how it refuses. */

import type {
  Agreed,
  Cameras,
  Conflict,
  ControlPoints,
  Desk,
  Example,
  Ground,
  History,
  Legend,
  LegendTry,
  Outline,
  PointPlace,
  Taken,
  Wanted,
} from "../generated/desk";

/** The service answered, and did not do it: its one clear line and what to do (RFC 9457). */
export class Refused extends Error {
  override name = "Refused";
  constructor(readonly problem: Conflict) {
    super([problem.detail || problem.title, problem.remedy].filter(Boolean).join(" "));
  }
}

/** Nobody answered: what was sent may have been done or not. */
export class Unanswered extends Error {
  override name = "Unanswered";
}

export type Step = "undo" | "redo";

export interface Service {
  desk(): Promise<Desk>;
  cameras(): Promise<Cameras>;
  history(): Promise<History>;
  act(wanted: Wanted, revision: string): Promise<Taken>;
  step(step: Step, revision: string): Promise<Taken>;
  ground(): Promise<Ground>;
  outline(file: string): Promise<Outline>;
  controlPoints(file: string): Promise<ControlPoints>;
  tryPoints(file: string, points: readonly PointPlace[]): Promise<ControlPoints>;
  suggest(file: string): Promise<unknown>;
  legend(file: string): Promise<Legend>;
  tryLegend(file: string, examples: readonly Example[]): Promise<LegendTry>;
  job(job: string): Promise<LegendTry>;
  saveLegend(file: string, examples: readonly Example[], revision: string): Promise<Legend>;
  agreement(other: string): Promise<Agreed>;
}

/** The address of a page's picture, at most so many pixels wide. */
export const pictureOf = (file: string, page: number, width: number): string =>
  `${sheet(file)}/pages/${page}.png?width=${width}`;

/** The address of a piece of a page at full detail. */
export const pieceOf = (file: string, page: number, box: readonly number[], width: number): string =>
  `${sheet(file)}/pages/${page}/part.png?box=${box.map((side) => Math.round(side)).join(",")}&width=${width}`;

/** The address under which a sheet's Georeference Annotation is downloaded. */
export const annotationOf = (file: string): string => `${sheet(file)}/annotation`;

const sheet = (file: string): string => `/api/sheets/${encodeURIComponent(file)}`;

export function createService(): Service {
  const get = <T>(path: string): Promise<T> => asked<T>("GET", path);
  const post = <T>(path: string, body: unknown): Promise<T> => asked<T>("POST", path, body);
  return {
    desk: () => get("/api/desk"),
    cameras: () => get("/api/cameras"),
    history: () => get("/api/history"),
    act: (wanted, revision) => post("/api/acts", { ...wanted, revision }),
    step: (step, revision) => post(`/api/${step}`, { revision }),
    ground: () => get("/api/map"),
    outline: (file) => get(`${sheet(file)}/outline`),
    controlPoints: (file) => get(`${sheet(file)}/control-points`),
    tryPoints: (file, points) => post(`${sheet(file)}/control-points/try`, { points }),
    suggest: (file) => post(`${sheet(file)}/suggest`, {}),
    legend: (file) => get(`${sheet(file)}/legend`),
    tryLegend: (file, examples) => post(`${sheet(file)}/legend/try`, { examples }),
    job: (job) => get(`/api/jobs/${encodeURIComponent(job)}`),
    saveLegend: (file, examples, revision) => asked("PUT", `${sheet(file)}/legend`, { examples, revision }),
    agreement: (other) => get(`/api/agreement?other=${encodeURIComponent(other)}`),
  };
}

async function asked<T>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      credentials: "same-origin",
      // What was sent is sent to its end, even where the tab is closed meanwhile.
      keepalive: body !== undefined,
      headers: { Accept: "application/json", ...(body !== undefined && { "Content-Type": "application/json", "X-Visavis-Desk": "1" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (failure) {
    throw new Unanswered(String(failure));
  }
  if (!answer.ok) throw new Refused(await problemOf(answer));
  try {
    return (await answer.json()) as T;
  } catch (failure) {
    throw new Unanswered(String(failure));
  }
}

async function problemOf(answer: Response): Promise<Conflict> {
  const bare: Conflict = {
    type: "about:blank",
    title: answer.statusText,
    status: answer.status,
    detail: answer.statusText || `HTTP ${answer.status}`,
    remedy: null,
    code: answer.status === 403 ? "forbidden" : "invalid",
    what: [],
    theirs: [],
    now: null,
    revision: null,
  };
  try {
    return { ...bare, ...((await answer.json()) as Partial<Conflict>) };
  } catch {
    return bare;
  }
}

/** Call `heard` whenever the service tells that a file has changed or a sheet was read; the browser asks again by itself. */
export function listen(heard: (told: { revision?: string }) => void): void {
  const events = new EventSource("/api/events");
  const hear = (event: MessageEvent<string>): void => {
    try {
      heard(JSON.parse(event.data) as { revision?: string });
    } catch {
      heard({});
    }
  };
  events.onmessage = hear;
  for (const name of ["revision", "reading", "suggesting", "legend"]) events.addEventListener(name, hear as (event: Event) => void);
  // After a break the service may have been another one.
  events.onopen = () => {
    heard({});
  };
}
