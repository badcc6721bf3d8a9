/** Keys: each does one thing, and none is taken from what a person types into. */

import { describe, expect, it } from "vitest";
import type { Bench, Mode } from "../../src/desk/bench";
import { deskActions } from "../../src/desk/keyboard";
import { done, isSign, named, stepOf, type Action } from "../../src/desk/keys";
import { agreementMode } from "../../src/desk/modes/agreement";
import { camerasMode } from "../../src/desk/modes/cameras";
import { legendMode } from "../../src/desk/modes/legend";
import { pointsMode } from "../../src/desk/modes/points";
import { typedOn } from "../../src/desk/modes/tools";
import { DESK_TEXTS } from "../../src/desk/texts";

const event = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }) as KeyboardEvent;

const bench = {} as Bench;
const nothing = (): void => undefined;
const own = deskActions(bench, { zoom: nothing, fit: nothing, under: nothing, turnTo: nothing, help: nothing });
const modes: Record<string, Mode> = { cameras: camerasMode(bench), points: pointsMode(bench), legend: legendMode(bench), agreement: agreementMode(bench) };

describe("keys", () => {
  it.each(Object.entries(modes))("never clash among the acts of %s and the desk's own", (_name, mode) => {
    const taken = new Map<string, Action>();
    for (const action of [...mode.actions, ...own])
      for (const key of action.keys) {
        const other = taken.get(key);
        // Two may share a key where only one of them can be done at a time: to leave a proposal, to take out a point.
        if (other) expect([other.name, action.name].sort(), key).toEqual(["refuse", "takeOut"]);
        taken.set(key, action);
      }
  });

  it("all have words in both languages", () => {
    for (const action of [...Object.values(modes).flatMap((mode) => mode.actions), ...own])
      for (const texts of Object.values(DESK_TEXTS)) expect(texts.actions[action.name], action.name).toBeTruthy();
  });

  it("are named by what they say, with a command key as Ctrl", () => {
    expect(named(event("C", { shiftKey: true }))).toBe("c");
    expect(named(event("?", { shiftKey: true }))).toBe("?");
    expect(named(event(" "))).toBe("Space");
    expect(named(event("Z", { metaKey: true, shiftKey: true }))).toBe("Ctrl+Shift+z");
    expect(named(event("ArrowLeft", { shiftKey: true }))).toBe("Shift+ArrowLeft");
  });

  it("of a single sign can be turned off, all others stay", () => {
    const run = nothing;
    const actions: Action[] = [{ name: "confirm", group: "acts", keys: ["Enter", "c"], run }, { name: "undo", group: "desk", keys: ["Ctrl+z", "u"], run }];
    expect(done("c", actions, true)?.name).toBe("confirm");
    expect(done("c", actions, false)).toBeNull();
    expect(done("Enter", actions, false)?.name).toBe("confirm");
    expect(done("Ctrl+z", actions, false)?.name).toBe("undo");
    expect(isSign("Space")).toBe(true);
  });

  it("of arrows go ten times as far with shift", () => {
    expect(stepOf("ArrowUp")).toEqual([0, -1]);
    expect(stepOf("Shift+ArrowRight")).toEqual([10, 0]);
    expect(stepOf("Ctrl+ArrowRight")).toBeNull();
    expect(stepOf("x")).toBeNull();
  });

  it("of digits make a direction below 360", () => {
    expect(typedOn("", "2")).toBe("2");
    expect(typedOn("27", "0")).toBe("270");
    expect(typedOn("36", "5")).toBe("5");
    expect(typedOn("270", "9")).toBe("9");
  });
});
