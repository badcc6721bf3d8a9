/**
 * What a person did goes out in its order, one at a time, and stays in the browser until the service has it.
 * Nothing here knows how it is sent or where it is kept: both are given.
 */

import type { Conflict, Taken, Wanted } from "../generated/desk";
import { Refused, Unanswered, type Step } from "./service";

export interface Parcel {
  /** An act, or a step back or forth. */
  readonly wanted: Wanted | Step;
  /** When the person did it, in milliseconds. */
  readonly made: number;
  /** It was sent, and nobody answered: it may have arrived. */
  readonly unsure?: boolean;
}

export type Saving =
  | { readonly how: "saved" }
  | { readonly how: "saving"; readonly waiting: number }
  /** Nobody answers: it is sent again by itself. */
  | { readonly how: "offline"; readonly waiting: number }
  /** The service said no, and may say yes later (a full disk, a file to mend): it waits for a person. */
  | { readonly how: "held"; readonly waiting: number; readonly problem: Conflict }
  /** What it is about is not as the person saw it any more: a person chooses. */
  | { readonly how: "conflict"; readonly waiting: number; readonly problem: Conflict; readonly wanted: Wanted | Step };

/** Refusals that a person can lift outside of the desk; the act is kept till then. */
const HOLDS: ReadonlySet<string> = new Set(["disk", "unreadable", "forbidden"]);

export interface Post {
  send(wanted: Wanted | Step): Promise<Taken>;
  /** Whether an act whose answer was lost has arrived after all. */
  arrived(wanted: Wanted, made: number): Promise<boolean>;
  keep(parcels: readonly Parcel[]): void;
  taken(taken: Taken, wanted: Wanted | Step): void;
  /** It was refused for good, or arrived unseen: what the page shows has to be asked for anew. */
  stale(problem: Conflict | null, wanted: Wanted | Step): void;
  changed(saving: Saving): void;
  wait(ms: number): Promise<void>;
  now(): number;
}

export interface Outbox {
  put(wanted: Wanted | Step): void;
  state(): Saving;
  /** What the service does not have yet. */
  waiting(): readonly Parcel[];
  /** Try what waits again. */
  again(): void;
  /** Leave out the first that waits, or all. */
  drop(all?: boolean): void;
  /** Send the first that waits in another form. */
  replace(wanted: Wanted): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

export function createOutbox(post: Post, kept: readonly Parcel[] = []): Outbox {
  let parcels = [...kept];
  let state: Saving = { how: "saved" };
  let running = false;
  let pause = FIRST_WAIT_MS;

  function become(next: Saving): void {
    state = next;
    post.changed(next);
  }

  function keep(next: Parcel[]): void {
    parcels = next;
    post.keep(parcels);
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (parcels[0] && state.how !== "held" && state.how !== "conflict") {
      if (state.how !== "offline") become({ how: "saving", waiting: parcels.length });
      await one(parcels[0]);
    }
    running = false;
    if (!parcels.length && state.how !== "saved") become({ how: "saved" });
  }

  async function one(parcel: Parcel): Promise<void> {
    const { wanted } = parcel;
    try {
      if (parcel.unsure && (typeof wanted === "string" || (await post.arrived(wanted, parcel.made)))) {
        // A step back whose answer was lost is not taken twice.
        keep(parcels.slice(1));
        post.stale(null, wanted);
        return;
      }
      const taken = await post.send(wanted);
      pause = FIRST_WAIT_MS;
      keep(parcels.slice(1));
      if (parcels.length) become({ how: "saving", waiting: parcels.length });
      post.taken(taken, wanted);
    } catch (failure) {
      if (failure instanceof Unanswered) await later(parcel);
      else refused(failure instanceof Refused ? failure.problem : unforeseen(failure), wanted);
    }
  }

  async function later(parcel: Parcel): Promise<void> {
    keep([{ ...parcel, unsure: true }, ...parcels.slice(1)]);
    become({ how: "offline", waiting: parcels.length });
    await post.wait(pause);
    pause = Math.min(2 * pause, LONGEST_WAIT_MS);
  }

  function refused(problem: Conflict, wanted: Wanted | Step): void {
    const waiting = parcels.length;
    if (problem.code === "conflict") become({ how: "conflict", waiting, problem, wanted });
    else if (HOLDS.has(problem.code)) become({ how: "held", waiting, problem });
    else {
      keep(parcels.slice(1));
      become(parcels.length ? { how: "saving", waiting: parcels.length } : { how: "saved" });
      post.stale(problem, wanted);
    }
  }

  function resume(): void {
    pause = FIRST_WAIT_MS;
    state = { how: "saving", waiting: parcels.length };
    void run();
  }

  if (parcels.length) queueMicrotask(() => void run());
  return {
    put(wanted) {
      keep([...parcels, { wanted, made: post.now() }]);
      if (state.how === "held" || state.how === "conflict" || state.how === "offline")
        become({ ...state, waiting: parcels.length });
      void run();
    },
    state: () => state,
    waiting: () => parcels,
    again: resume,
    drop(all = false) {
      const [first] = parcels;
      keep(all ? [] : parcels.slice(1));
      if (first) post.stale(null, first.wanted);
      resume();
    },
    replace(wanted) {
      keep([{ wanted, made: post.now() }, ...parcels.slice(1)]);
      resume();
    },
  };
}

function unforeseen(failure: unknown): Conflict {
  const detail = failure instanceof Error ? failure.message : String(failure);
  return { type: "about:blank", title: detail, status: 0, detail, remedy: null, code: "invalid", what: [], theirs: [], now: null, revision: null };
}
