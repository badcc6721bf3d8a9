import { describe, expect, test } from "vitest";
import { meantCamera } from "../src/naming";

const camera = (camera_id: string, label: string | null) => ({ properties: { camera_id, label } });
const CAMERAS = [
  camera("xx/town/2026:sheet:C26", "C26"),
  camera("xx/town/2026/7", null),
  camera("xx/a/2026:C1", "C1"),
  camera("xx/b/2026:C1", "C1"),
];

describe("the camera of a link", () => {
  test.each([
    ["xx/a/2026:C1", "xx/a/2026:C1"],
    ["c26", "xx/town/2026:sheet:C26"],
    ["sheet:C26", "xx/town/2026:sheet:C26"],
    ["7", "xx/town/2026/7"],
    // Two are called so: which is meant cannot be told.
    ["C1", "C1"],
    ["nowhere", "nowhere"],
  ])("%s is %s", (given, meant) => {
    expect(meantCamera(given, CAMERAS)).toBe(meant);
  });
});
