/** What the desk shows while an act is on its way, and after. */

import { describe, expect, it } from "vitest";
import { expected, nextOf, taken, type Model } from "../../src/desk/model";
import { sureOf } from "../../src/desk/marks";
import { centred, fitted, moved, onScreen, onSheet, zoomed } from "../../src/desk/panes/viewport";
import type { Desk, DeskCamera, Taken } from "../../src/generated/desk";

const camera = (id: string, more: Partial<DeskCamera> = {}): DeskCamera =>
  ({ camera_id: id, label: id, kind: "fixed", standing: "detected", deleted: false, azimuth_deg: 10, confidence: { sureness: 0.5 }, ...more }) as DeskCamera;

const model: Model = {
  desk: {} as Desk,
  cameras: new Map(["a", "b", "c"].map((id) => [id, camera(id)])),
  queue: ["a", "b", "c"],
  left: 3,
  reviewed: 0,
  total: 3,
  sureness: { mean: 0.5, least: 0.5, expected_wrong: 1.5 },
  revision: "0",
  canUndo: false,
  canRedo: false,
};

describe("what an act makes of it", () => {
  it("is shown at once: confirmed, and one less to look at", () => {
    const next = expected(model, { act: "confirm", subject: "a" });
    expect(next.cameras.get("a")?.standing).toBe("reviewed");
    expect(next.queue).toEqual(["b", "c"]);
    expect([next.left, next.reviewed]).toEqual([2, 1]);
    expect(model.cameras.get("a")?.standing).toBe("detected");
  });

  it("counts a camera once, however often it is corrected, and one taken out as none reviewed", () => {
    const twice = expected(expected(model, { act: "turn", subject: "a", after: { azimuth_deg: 90 } }), { act: "relabel", subject: "a", after: { kind: "ptz" } });
    expect([twice.left, twice.reviewed]).toEqual([2, 1]);
    expect(twice.cameras.get("a")).toMatchObject({ azimuth_deg: 90, kind: "ptz" });
    const gone = expected(model, { act: "delete", subject: "b" });
    expect([gone.left, gone.reviewed, gone.cameras.get("b")?.deleted]).toEqual([2, 0, true]);
  });

  it("gives way to what the service says, but for what is still on its way", () => {
    const answer = { cameras: [camera("a", { standing: "reviewed", label: "A1" })], gone: ["c"], queue: ["b"], left: 1, reviewed: 1, total: 2, sureness: model.sureness, revision: "1", can_undo: true, can_redo: false } as unknown as Taken;
    const next = taken(model, answer, [{ act: "confirm", subject: "b" }]);
    expect(next.cameras.get("a")?.label).toBe("A1");
    expect(next.cameras.has("c")).toBe(false);
    expect(next.cameras.get("b")?.standing).toBe("reviewed");
    expect([next.queue, next.left]).toEqual([[], 0]);
  });
});

describe("the queue", () => {
  it("goes on where it was, and to its end", () => {
    expect(nextOf(["a", "b", "c"], "a")).toBe("b");
    expect(nextOf(["a", "b", "c"], "c")).toBe("b");
    expect(nextOf(["a", "b"], "elsewhere")).toBe("a");
    expect(nextOf(["a"], "a")).toBeNull();
  });

  it("calls sure what is, and what a person saw neither more nor less than that", () => {
    const of = (sureness: number, standing: DeskCamera["standing"] = "detected"): string => sureOf({ standing, confidence: { sureness } });
    expect([of(0.95), of(0.7), of(0.2), of(0.2, "reviewed"), of(0.2, "stated")]).toEqual(["sure", "fair", "unsure", "reviewed", "unsure"]);
  });
});

describe("the sheet on screen", () => {
  const sheet = { width: 3000, height: 2000 };
  const pane = { width: 600, height: 500 };

  it("is whole at first and in the middle", () => {
    const view = fitted(sheet, pane);
    const [left, top] = onScreen(view, [0, 0]);
    const [right, bottom] = onScreen(view, [3000, 2000]);
    expect(left).toBeCloseTo(600 - right, 6);
    expect(top).toBeCloseTo(500 - bottom, 6);
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
  });

  it("grows around the finger", () => {
    const view = centred(sheet, pane, [1500, 1000], 0.5);
    const at = onSheet(view, [200, 300]);
    const [x, y] = onScreen(zoomed(view, 2, [200, 300], sheet, pane), at);
    expect(x).toBeCloseTo(200, 6);
    expect(y).toBeCloseTo(300, 6);
  });

  it("is never lost", () => {
    const [x, y] = onSheet(moved(fitted(sheet, pane), 1e6, -1e6, sheet, pane), [300, 250]);
    expect(x).toBeCloseTo(0, 6);
    expect(y).toBeCloseTo(2000, 6);
  });
});
