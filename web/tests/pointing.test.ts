import { expect, test } from "vitest";
import { pointing } from "../src/pointing";

const camera = { kind: "fixed", azimuth_deg: null, azimuth_sd_deg: null, hfov_deg: 60 } as const;

test("an unknown direction stays unknown, and is not north", () => {
  expect(pointing(camera)).toEqual({ how: "unknown" });
});

test("north itself is a direction", () => {
  expect(pointing({ ...camera, azimuth_deg: 0, azimuth_sd_deg: 5 })).toEqual({ how: "towards", azimuth: 0, sd: 5, hfov: 60 });
});

test("a dome looks all round, a PTZ can be turned", () => {
  expect(pointing({ ...camera, kind: "dome", hfov_deg: 360 })).toEqual({ how: "around" });
  expect(pointing({ ...camera, kind: "ptz" })).toEqual({ how: "turning" });
});
