/** How the map is looked at: from above, aslant over the roofs, or from a camera's own place. */

import type { Map } from "maplibre-gl";
import { canBeLookedThrough, WIDEST_DEG } from "../pointing";
import type { View } from "../state";
import type { Scene } from "./scene";

/** MapLibre's own field of view. */
const USUAL_DEG = 36.87;
const ASLANT_DEG = 58;
/** The horizon itself cannot be the middle of the map. */
const STEEPEST_DEG = 85;
/** What lies under the pointer of a lens a few metres up is closer than any map usually shows. */
const NEAREST_ZOOM = 24;
const USUAL_ZOOM = 21;

export interface Stance {
  /** Look as the scene asks; says whether the map turned, and what it showed is to be brought into sight again. */
  stand(scene: Scene): boolean;
  /** How the map is tilted and turned once it has come to rest. */
  readonly angles: () => { pitch: number; bearing: number };
}

export function createStance(map: Map): Stance {
  let stood = "flat";
  let angles = { pitch: 0, bearing: 0 };
  return {
    angles: () => angles,
    stand(scene) {
      const eye = scene.view === "eye" ? eyeOf(scene) : null;
      const view: View = scene.view === "eye" && !eye ? "solid" : scene.view;
      const name = eye ? `eye ${eye.id}` : view;
      if (name === stood) return false;
      const before = stood;
      stood = name;
      const solid = view !== "flat";
      if (solid) {
        map.dragRotate.enable();
        map.touchPitch.enable();
        map.touchZoomRotate.enableRotation();
        map.keyboard.enableRotation();
        map.setMaxPitch(STEEPEST_DEG);
      } else {
        map.dragRotate.disable();
        map.touchPitch.disable();
        map.touchZoomRotate.disableRotation();
        map.keyboard.disableRotation();
      }
      if (eye) {
        map.setMaxZoom(NEAREST_ZOOM);
        const { width, height } = map.getCanvas();
        const across = Math.atan((Math.tan((eye.hfov * Math.PI) / 360) * height) / width);
        // All of its picture is on the map, and more above or beside where the map is of another form.
        map.setVerticalFieldOfView(Math.min(Math.max(eye.vfov, (across * 360) / Math.PI), WIDEST_DEG));
        map.jumpTo(
          map.calculateCameraOptionsFromCameraLngLatAltRotation(eye.at, eye.height, eye.azimuth, Math.min(90 - eye.tilt, STEEPEST_DEG)),
        );
        return false;
      }
      if (before.startsWith("eye")) {
        map.setVerticalFieldOfView(USUAL_DEG);
        map.setZoom(Math.min(map.getZoom(), 18.5));
        map.setMaxZoom(USUAL_ZOOM);
      }
      // Along the selected camera's own direction the walls before it can be seen.
      angles = solid ? { pitch: ASLANT_DEG, bearing: eyeOf(scene)?.azimuth ?? map.getBearing() } : { pitch: 0, bearing: 0 };
      if (solid) map.easeTo({ ...angles, zoom: Math.max(map.getZoom(), 16) });
      else map.easeTo(angles).once("moveend", () => stood === "flat" && map.setMaxPitch(0));
      return solid;
    },
  };
}

interface Eye {
  readonly id: string;
  readonly at: [number, number];
  readonly height: number;
  readonly azimuth: number;
  readonly tilt: number;
  readonly hfov: number;
  readonly vfov: number;
}

/** Where the selected camera looks from and to; null where nobody knows, or it looks all round. */
function eyeOf({ selected, cameras }: Scene): Eye | null {
  const camera = cameras.find(({ properties }) => selected?.what === "camera" && properties.camera_id === selected.id);
  if (!camera || !canBeLookedThrough(camera.properties)) return null;
  const { camera_id: id, height_m: height, azimuth_deg, tilt_deg: tilt, hfov_deg: hfov, vfov_deg: vfov } = camera.properties;
  const [lon = 0, lat = 0] = camera.geometry.coordinates;
  return { id, at: [lon, lat], height, azimuth: azimuth_deg ?? 0, tilt, hfov, vfov };
}
