/** What the desk knows of its dossier: the service's last word, and what is on its way to it. */

import type { Cameras, Desk, DeskCamera, DeskSheet, Page, SheetSureness, Taken, Wanted } from "../generated/desk";

export interface Model {
  readonly desk: Desk;
  readonly cameras: ReadonlyMap<string, DeskCamera>;
  /** Least sure first. */
  readonly queue: readonly string[];
  readonly left: number;
  readonly reviewed: number;
  readonly total: number;
  readonly sureness: SheetSureness;
  readonly revision: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export function modelOf(desk: Desk, cameras: Cameras, before: Model | null): Model {
  return {
    desk,
    cameras: new Map(cameras.cameras.map((camera) => [camera.camera_id, camera])),
    queue: cameras.queue,
    left: cameras.left,
    reviewed: cameras.reviewed,
    total: cameras.total,
    sureness: cameras.sureness,
    revision: cameras.revision,
    canUndo: before?.canUndo ?? false,
    canRedo: before?.canRedo ?? false,
  };
}

/** What the service answered to an act, worked in; what is still on its way stays as the person left it. */
export function taken(model: Model, answer: Taken, waiting: readonly Wanted[]): Model {
  const cameras = new Map(model.cameras);
  for (const camera of answer.cameras) cameras.set(camera.camera_id, camera);
  for (const id of answer.gone) cameras.delete(id);
  const now: Model = {
    ...model,
    cameras,
    queue: answer.queue,
    left: answer.left,
    reviewed: answer.reviewed,
    total: answer.total,
    sureness: answer.sureness,
    revision: answer.revision,
    canUndo: answer.can_undo,
    canRedo: answer.can_redo,
  };
  return waiting.reduce(expected, now);
}

/** What an act is going to make of it: shown at once, and replaced by what the service says. */
export function expected(model: Model, { act, subject, after }: Wanted): Model {
  const camera = subject ? model.cameras.get(subject) : undefined;
  if (!camera) return model;
  const told = Object.fromEntries(Object.entries(after ?? {}).filter(([, value]) => value !== undefined)) as Partial<DeskCamera>;
  const isNew = model.queue.includes(camera.camera_id);
  return {
    ...model,
    cameras: new Map(model.cameras).set(camera.camera_id, {
      ...camera,
      ...(act === "turn" || act === "relabel" ? told : {}),
      ...(act === "delete" ? { deleted: true } : { standing: "reviewed" as const }),
    }),
    queue: model.queue.filter((id) => id !== camera.camera_id),
    left: model.left - (isNew ? 1 : 0),
    reviewed: model.reviewed + (isNew && act !== "delete" ? 1 : 0),
    canUndo: true,
    canRedo: false,
  };
}

/** The camera to look at after one was dealt with: the next in the queue as it stood, or the first. */
export function nextOf(queue: readonly string[], done: string | null): string | null {
  const at = done === null ? -1 : queue.indexOf(done);
  const rest = queue.filter((id) => id !== done);
  return rest[at < 0 ? 0 : Math.min(at, rest.length - 1)] ?? null;
}

export function sheetOf({ desk }: Model, file: string): DeskSheet | undefined {
  return desk.sheets.find((sheet) => sheet.file === file);
}

export function pageOf(model: Model, file: string, page: number): Page | undefined {
  return sheetOf(model, file)?.pages.find((each) => each.page === page);
}
