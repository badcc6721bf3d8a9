/** What a person did reaches the service once and in order, whatever happens on the way. */

import { describe, expect, it } from "vitest";
import { createOutbox, type Parcel, type Post, type Saving } from "../../src/desk/outbox";
import { Refused, Unanswered, type Step } from "../../src/desk/service";
import type { Conflict, Taken, Wanted } from "../../src/generated/desk";

const act = (subject: string): Wanted => ({ act: "confirm", subject });
const problem = (code: string): Conflict => ({ title: code, status: 409, detail: `${code}!`, remedy: null, code });

/** A service in memory that may be silent, lose its answer, or refuse. */
function fake(behave: (wanted: Wanted | Step, time: number) => "take" | "lose" | "silent" | Conflict) {
  const file: string[] = [];
  const told: string[] = [];
  const states: Saving[] = [];
  let kept: readonly Parcel[] = [];
  let times = 0;
  const name = (wanted: Wanted | Step): string => (typeof wanted === "string" ? wanted : (wanted.subject ?? ""));
  const post: Post = {
    send(wanted) {
      const how = behave(wanted, times++);
      if (how === "silent") return Promise.reject(new Unanswered("silent"));
      if (typeof how === "object") return Promise.reject(new Refused(how));
      file.push(name(wanted));
      return how === "lose" ? Promise.reject(new Unanswered("lost")) : Promise.resolve({ revision: String(times) } as Taken);
    },
    arrived: (wanted) => Promise.resolve(file.includes(name(wanted))),
    keep: (parcels) => {
      kept = parcels;
    },
    taken: (_taken, wanted) => told.push(`taken ${name(wanted)}`),
    stale: (refused, wanted) => told.push(`${refused ? refused.code : "stale"} ${name(wanted)}`),
    changed: (state) => states.push(state),
    wait: () => Promise.resolve(),
    now: () => 0,
  };
  return { post, file, told, states, kept: () => kept };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
};

describe("the outbox", () => {
  it("sends one after another and keeps nothing that arrived", async () => {
    const { post, file, kept, states } = fake(() => "take");
    const outbox = createOutbox(post);
    for (const each of ["a", "b", "c"]) outbox.put(act(each));
    expect(kept()).toHaveLength(3);
    await settled();
    expect(file).toEqual(["a", "b", "c"]);
    expect(kept()).toEqual([]);
    expect(states.at(-1)).toEqual({ how: "saved" });
  });

  it("keeps what nobody answered, says so, and sends it again", async () => {
    const { post, file, states } = fake((_wanted, time) => (time < 2 ? "silent" : "take"));
    const outbox = createOutbox(post);
    outbox.put(act("a"));
    outbox.put(act("b"));
    await settled();
    expect(states.some(({ how }) => how === "offline")).toBe(true);
    expect(file).toEqual(["a", "b"]);
    expect(outbox.state().how).toBe("saved");
  });

  it("does not write twice what arrived although its answer was lost", async () => {
    const { post, file, told } = fake((_wanted, time) => (time === 0 ? "lose" : "take"));
    createOutbox(post).put(act("a"));
    await settled();
    expect(file).toEqual(["a"]);
    expect(told).toEqual(["stale a"]);
  });

  it("never takes a step back twice", async () => {
    const { post, file } = fake((_wanted, time) => (time === 0 ? "lose" : "take"));
    createOutbox(post).put("undo");
    await settled();
    expect(file).toEqual(["undo"]);
  });

  it("holds everything while the disk is full, and goes on when asked", async () => {
    let full = true;
    const { post, file, kept } = fake(() => (full ? problem("disk") : "take"));
    const outbox = createOutbox(post);
    outbox.put(act("a"));
    await settled();
    outbox.put(act("b"));
    await settled();
    expect(outbox.state()).toMatchObject({ how: "held", waiting: 2 });
    expect(kept()).toHaveLength(2);
    full = false;
    outbox.again();
    await settled();
    expect(file).toEqual(["a", "b"]);
  });

  it("waits at a conflict until a person has chosen", async () => {
    let clash = true;
    const { post, file, told } = fake((wanted) => (clash && typeof wanted !== "string" && wanted.subject === "a" ? problem("conflict") : "take"));
    const outbox = createOutbox(post);
    outbox.put(act("a"));
    outbox.put(act("b"));
    await settled();
    expect(outbox.state().how).toBe("conflict");
    expect(file).toEqual([]);
    outbox.drop();
    await settled();
    expect(file).toEqual(["b"]);
    expect(told).toContain("stale a");
    outbox.put(act("a"));
    await settled();
    clash = false;
    outbox.replace({ ...act("a"), before: null });
    await settled();
    expect(file).toEqual(["b", "a"]);
  });

  it("tells what is refused for good and goes on with the rest", async () => {
    const { post, file, told } = fake((wanted) => (typeof wanted !== "string" && wanted.subject === "a" ? problem("unfit") : "take"));
    const outbox = createOutbox(post);
    outbox.put(act("a"));
    outbox.put(act("b"));
    await settled();
    expect(told).toEqual(["unfit a", "taken b"]);
    expect(file).toEqual(["b"]);
  });

  it("sends what a closed tab left behind", async () => {
    const { post, file } = fake(() => "take");
    createOutbox(post, [{ wanted: act("left"), made: 0, unsure: true }]);
    await settled();
    expect(file).toEqual(["left"]);
  });
});
