import { expect, test, vi } from "vitest";
import { maskable, pictureAddress } from "../src/panels/picture";

const camera = { kind: "fixed", azimuth_deg: null, azimuth_sd_deg: null, hfov_deg: 60 } as const;

test("masks are offered where it looks one known way or all round, and nowhere else", () => {
  expect(maskable({ ...camera, azimuth_deg: 0, azimuth_sd_deg: 5 })).toBe(true);
  expect(maskable({ ...camera, kind: "dome", hfov_deg: 360 })).toBe(true);
  expect(maskable({ ...camera, kind: "ptz", azimuth_deg: 90, azimuth_sd_deg: 5 })).toBe(true);
  expect(maskable(camera)).toBe(false);
  expect(maskable({ ...camera, kind: "ptz" })).toBe(false);
});

test("the slashes of an id are part of its name", () => {
  vi.stubGlobal("document", { baseURI: "https://map.example/here/" });
  expect(pictureAddress("fr/town:sheet:C 1", "svg", { lang: "fr", plain: "yes" }).href).toBe(
    "https://map.example/here/pictures/fr%2Ftown%3Asheet%3AC%201.svg?lang=fr&plain=yes",
  );
  vi.unstubAllGlobals();
});
