/** Where a camera points, as far as anybody knows. */

import type { Rows } from "./generated/api";

type Camera = Pick<Rows["cameras"], "kind" | "azimuth_deg" | "azimuth_sd_deg" | "hfov_deg">;

export type Pointing =
  | { readonly how: "towards"; readonly azimuth: number; readonly sd: number; readonly hfov: number }
  /** It looks all round at once. */
  | { readonly how: "around" }
  /** It can be turned, and nobody says where it points now. */
  | { readonly how: "turning" }
  /** It points somewhere; nobody says where. Never drawn as if it were north. */
  | { readonly how: "unknown" };

export function pointing(camera: Camera): Pointing {
  if (camera.azimuth_deg !== null) {
    return {
      how: "towards",
      azimuth: camera.azimuth_deg,
      sd: camera.azimuth_sd_deg ?? 0,
      hfov: camera.hfov_deg,
    };
  }
  if (camera.hfov_deg >= 360) return { how: "around" };
  return { how: camera.kind === "ptz" ? "turning" : "unknown" };
}

/** A map can show what a lens sees up to here; what is wider bends. */
export const WIDEST_DEG = 120;

/** Whether the map can be looked at as a camera would look. */
export function canBeLookedThrough(camera: Pick<Camera, "azimuth_deg" | "hfov_deg">): boolean {
  return camera.azimuth_deg !== null && camera.hfov_deg <= WIDEST_DEG;
}
