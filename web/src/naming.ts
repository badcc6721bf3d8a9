/** What cameras and buildings are called, on the map and in the panels alike. */

import type { Rows } from "./generated/api";
import type { Texts } from "./texts";

type Text = string | null | undefined;

/** A camera's label as its source writes it, or that it has none. */
export function cameraName(id: string, label: Text, texts: Texts): string {
  return label ?? texts.unlabelled(tail(id));
}

/** A camera of two disclosures by its later label, or its earlier one. */
export function changedName(row: Pick<Rows["camera_changes"], "camera_from" | "camera_to" | "label_from" | "label_to">, texts: Texts): string {
  return cameraName(row.camera_to ?? row.camera_from ?? "", row.label_to ?? row.label_from, texts);
}

/** A building's name and address, or that neither is known. */
export function buildingName(id: string, name: Text, address: Text, texts: Texts): string {
  return [name, address].filter(Boolean).join(", ") || texts.addressUnknown(tail(id));
}

/** The camera that an id means: itself, or the only one so labelled, or whose id ends so; else what was given. */
export function meantCamera(given: string, cameras: readonly { readonly properties: Pick<Rows["cameras"], "camera_id" | "label"> }[]): string {
  const rows = cameras.map(({ properties }) => properties);
  if (rows.some(({ camera_id }) => camera_id === given)) return given;
  const wanted = given.toLowerCase();
  const alike = [
    rows.filter(({ label }) => label?.toLowerCase() === wanted),
    rows.filter(({ camera_id }) => camera_id.toLowerCase().endsWith(`/${wanted}`) || camera_id.toLowerCase().endsWith(`:${wanted}`)),
  ].find(({ length }) => length > 0);
  return alike?.length === 1 ? (alike[0]?.camera_id ?? given) : given;
}

/** The last part of an id: enough to tell apart what has no name. */
function tail(id: string): string {
  return id.split(/[/:]/).at(-1) ?? id;
}
