/** What cameras and buildings are called, on the map and in the panels alike. */

import type { Texts } from "./texts";

type Text = string | null | undefined;

/** A camera's label as its source writes it, or that it has none. */
export function cameraName(id: string, label: Text, texts: Texts): string {
  return label ?? texts.unlabelled(tail(id));
}

/** A building's name and address, or that neither is known. */
export function buildingName(id: string, name: Text, address: Text, texts: Texts): string {
  return [name, address].filter(Boolean).join(", ") || texts.addressUnknown(tail(id));
}

/** The last part of an id: enough to tell apart what has no name. */
function tail(id: string): string {
  return id.split(/[/:]/).at(-1) ?? id;
}
