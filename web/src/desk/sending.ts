/** The outbox joined to the service: how an act is sent, found again after a lost answer, and settled in a conflict. */

import type { Taken, Wanted } from "../generated/desk";
import type { Bench } from "./bench";
import type { Keeping } from "./keeping";
import { createOutbox, type Outbox, type Saving } from "./outbox";
import { askConflict } from "./panels/dialogs";
import type { Step } from "./service";

interface Heard {
  readonly answered: (answer: Taken, wanted: Wanted | Step) => void;
  readonly changed: (saving: Saving) => void;
}

/** The service writes moments to the second. */
const SECOND_MS = 1000;

export function createSending(bench: Bench, keeping: Keeping, heard: Heard): Outbox {
  const { service } = bench;
  const outbox = createOutbox(
    {
      send: (wanted) => (typeof wanted === "string" ? service.step(wanted, bench.model().revision) : service.act(wanted, bench.model().revision)),
      async arrived(wanted, made) {
        const { lines } = await service.history();
        return lines.some(
          (line) => line.row !== null && line.act === wanted.act && (!wanted.subject || line.subject === wanted.subject) && Date.parse(line.when) >= made - SECOND_MS,
        );
      },
      keep: (parcels) => {
        keeping.keep(parcels);
      },
      taken: heard.answered,
      stale(problem, wanted) {
        if (problem) bench.refuse([problem.detail, problem.remedy].filter(Boolean).join(" "));
        void bench.reload().then(() => {
          if (typeof wanted !== "string" && problem && wanted.subject) bench.set({ selected: wanted.subject });
        });
      },
      changed(saving) {
        heard.changed(saving);
        if (saving.how !== "conflict") return;
        const { wanted, problem } = saving;
        if (typeof wanted === "string") {
          bench.refuse([problem.detail, problem.remedy].filter(Boolean).join(" "));
          outbox.drop();
        } else askConflict(bench, wanted, problem, () => { void writeAnyway(wanted); }, () => { outbox.drop(); });
      },
      wait,
      now: () => Date.now(),
    },
    keeping.left,
  );

  /** Write one's own after theirs: what was seen before is what stands there now. */
  async function writeAnyway(wanted: Wanted): Promise<void> {
    await bench.reload();
    outbox.replace({ ...wanted, before: null });
  }
  return outbox;
}

/** Wait, or less where the browser says that it is online again. */
function wait(ms: number): Promise<void> {
  return new Promise((wake) => {
    const timer = setTimeout(done, ms);
    addEventListener("online", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      removeEventListener("online", done);
      wake();
    }
  });
}
