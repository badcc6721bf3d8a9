/** Every image of the map, drawn here when the map first asks for it: there is no sprite to fetch. */

import type { StyleImageMetadata } from "maplibre-gl";
import { CAMERA_GLYPH, CHANGE_GLYPH } from "../icons";
import type { CameraKind, Change } from "../generated/api";
import type { Look } from "../look";

const DENSE = 2;

export const markerImage = (kind: CameraKind, selected: boolean): string =>
  `marker|${kind}|${selected ? "selected" : "plain"}`;
export const wedgeImage = (hfov: number, sd: number): string =>
  `wedge|${Math.max(5, Math.round(hfov / 5) * 5)}|${Math.round(sd / 5) * 5}`;
export const ringImage = (how: "around" | "turning" | "unknown"): string => `ring|${how}`;
export const changeImage = (change: Change): string => `change|${change}`;
export const patternImage = (pattern: string, colour: string): string => `pattern|${pattern}|${colour}`;

interface MapImage {
  readonly image: ImageData;
  readonly options: Partial<StyleImageMetadata>;
}

/** Return the image that a name of this file stands for, or null for a foreign name. */
export function drawImage(name: string, look: Look): MapImage | null {
  const [what, one = "", other = ""] = name.split("|");
  if (what === "marker" && one in CAMERA_GLYPH) return marker(one as CameraKind, other === "selected", look);
  if (what === "change" && one in CHANGE_GLYPH) return changed(one as Change, look);
  if (what === "wedge") return wedge(Number(one), Number(other), look);
  if (what === "ring") return ring(one, look);
  if (what === "pattern") return one === "hatched" ? hatched(other) : dotted(other);
  return null;
}

function marker(kind: CameraKind, selected: boolean, look: Look): MapImage {
  return drawn(40, (pen) => {
    pen.translate(20, 20);
    pen.shadowColor = "rgb(0 0 0 / 30%)";
    pen.shadowBlur = 4;
    disc(pen, selected ? 18 : 14.5, selected ? look.ink : look.paper);
    pen.shadowColor = "transparent";
    if (selected) disc(pen, 15.5, look.paper);
    disc(pen, 13, look.colour("cameras", kind));
    pen.fillStyle = look.paper;
    pen.scale(0.86, 0.86);
    pen.translate(-12, -12);
    pen.fill(new Path2D(CAMERA_GLYPH[kind]), "evenodd");
  });
}

/** What became of a camera; hollow where it is on no later paper. */
function changed(change: Change, look: Look): MapImage {
  const colour = look.colour("camera_changes", change);
  return drawn(40, (pen) => {
    pen.translate(20, 20);
    if (change === "kept") {
      disc(pen, 6.5, look.paper);
      disc(pen, 5, colour);
      return;
    }
    disc(pen, 16.5, look.paper);
    const hollow = change === "removed";
    if (!hollow) disc(pen, 14.5, colour);
    else {
      pen.strokeStyle = colour;
      pen.lineWidth = 2.6;
      pen.setLineDash([4.6, 2.6]);
      pen.beginPath();
      pen.arc(0, 0, 13.5, 0, 2 * Math.PI);
      pen.stroke();
    }
    pen.fillStyle = hollow ? colour : look.paper;
    pen.scale(0.86, 0.86);
    pen.translate(-12, -12);
    pen.fill(new Path2D(CHANGE_GLYPH[change]), "evenodd");
  });
}

/** A direction: the field of view, and paler beside it where its error could turn it. North is up. */
function wedge(hfov: number, sd: number, look: Look): MapImage {
  return drawn(120, (pen) => {
    pen.translate(60, 60);
    sector(pen, Math.min(hfov + 2 * sd, 360), 56, look.colour("views", "recognise"), 0.28);
    sector(pen, Math.min(hfov, 360), 56, look.colour("views", "identify"), 0.8);
  });
}

function ring(how: string, look: Look): MapImage {
  return drawn(64, (pen) => {
    pen.translate(32, 32);
    pen.strokeStyle = look.colour("views", "identify");
    pen.lineCap = "round";
    if (how === "around") {
      sector(pen, 360, 30, look.colour("views", "identify"), 0.4);
      return;
    }
    pen.lineWidth = how === "unknown" ? 2.6 : 2;
    const round = 2 * Math.PI * 24;
    pen.setLineDash(how === "unknown" ? [0.1, round / 24 - 0.1] : [round / 8 - 6, 6]);
    pen.beginPath();
    pen.arc(0, 0, 24, 0, 2 * Math.PI);
    pen.stroke();
  });
}

function hatched(colour: string): MapImage {
  return drawn(9, (pen) => {
    pen.strokeStyle = colour;
    pen.lineWidth = 1.7;
    for (const shift of [-9, 0, 9]) {
      pen.beginPath();
      pen.moveTo(shift - 1, 10);
      pen.lineTo(shift + 10, -1);
      pen.stroke();
    }
  });
}

function dotted(colour: string): MapImage {
  return drawn(9, (pen) => {
    pen.translate(2.25, 2.25);
    disc(pen, 1.15, colour);
    pen.translate(4.5, 4.5);
    disc(pen, 1.15, colour);
  });
}

function disc(pen: OffscreenCanvasRenderingContext2D, radius: number, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fill();
}

function sector(pen: OffscreenCanvasRenderingContext2D, degrees: number, radius: number, colour: string, alpha: number): void {
  const half = (degrees * Math.PI) / 360;
  const fading = pen.createRadialGradient(0, 0, 0, 0, 0, radius);
  fading.addColorStop(0, colour);
  fading.addColorStop(1, `${colour}00`);
  pen.globalAlpha = alpha;
  pen.fillStyle = fading;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.arc(0, 0, radius, -Math.PI / 2 - half, -Math.PI / 2 + half);
  pen.fill();
  pen.globalAlpha = 1;
}

function drawn(size: number, draw: (pen: OffscreenCanvasRenderingContext2D) => void): MapImage {
  const canvas = new OffscreenCanvas(size * DENSE, size * DENSE);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas to draw on");
  pen.scale(DENSE, DENSE);
  draw(pen);
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  return { image, options: { pixelRatio: DENSE } };
}
