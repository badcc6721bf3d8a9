/** Two people's corrections beside each other: how far they agree, and where they differ both versions. */

import type { Agreed, Differing } from "../../generated/desk";
import type { Bench, Mode } from "../bench";
import type { Action } from "../keys";
import { cameraMark, placeOf } from "../marks";
import type { Drawing, Near, Side } from "../panes/pane";
import { agreementPanel } from "../panels/agreement";

const REACH_PX = 26;

export function agreementMode(bench: Bench): Mode {
  let other: string | null = null;
  let agreed: Agreed | null = null;
  let chosen: string | null = null;

  async function compare(file: string): Promise<void> {
    other = file;
    agreed = null;
    bench.redraw();
    try {
      agreed = await bench.service.agreement(file);
      bench.say(bench.texts().agreement.differing(agreed.differing.length));
      choose(agreed.differing[0]?.camera_id ?? null);
    } catch (failure) {
      bench.refuse(failure instanceof Error ? failure.message : String(failure));
    }
    bench.redraw();
  }

  const both = (): Differing | null => agreed?.differing.find(({ camera_id }) => camera_id === chosen) ?? null;

  function choose(id: string | null): void {
    chosen = id;
    const camera = both()?.ours ?? both()?.theirs;
    if (camera) {
      if (camera.sheet_file && camera.page) bench.set({ file: camera.sheet_file, page: camera.page });
      for (const side of ["sheet", "map"] as const) {
        const at = placeOf(camera, side);
        if (at) bench.show(side, at);
      }
      bench.say(camera.label ?? bench.texts().unlabelled(camera.camera_id));
    }
    bench.redraw();
  }

  function walk(by: 1 | -1): void {
    const all = agreed?.differing.map(({ camera_id }) => camera_id) ?? [];
    const at = chosen === null ? -1 : all.indexOf(chosen);
    choose(all[(at + by + all.length) % all.length] ?? null);
  }

  const actions: readonly Action[] = [
    { name: "next", group: "moving", keys: ["n", "j", "Enter", "Space"], run: () => { walk(1); } },
    { name: "previous", group: "moving", keys: ["p", "b"], run: () => { walk(-1); } },
  ];

  function draw(side: Side): Drawing {
    return (place, scale) =>
      (agreed?.differing ?? []).flatMap(({ camera_id, ours, theirs }) => {
        const look = { selected: camera_id === chosen };
        const here = (camera: Differing["ours"]): camera is NonNullable<Differing["ours"]> =>
          camera !== null && !camera.deleted && (side === "map" || (camera.sheet_file === bench.view().file && camera.page === bench.view().page));
        return [
          ...(here(theirs) ? cameraMark(theirs, side, place, scale, { ...look, theirs: true }) : []),
          ...(here(ours) ? cameraMark(ours, side, place, scale, look) : []),
        ];
      });
  }

  return {
    actions,
    key: () => false,
    panel: () => [agreementPanel(bench, { other, agreed, chosen }, (file) => { void compare(file); }, choose)],
    drawing: draw,
    hint: () => null,
    press(side, _at, near: Near) {
      const reached = (agreed?.differing ?? [])
        .map(({ camera_id, ours, theirs }) => ({ camera_id, px: Math.min(...[ours, theirs].map((each) => near((each && placeOf(each, side)) ?? [NaN, NaN])).map((px) => (Number.isNaN(px) ? Infinity : px))) }))
        .sort((one, another) => one.px - another.px)[0];
      if (reached && reached.px <= REACH_PX) choose(reached.camera_id);
    },
    hover: () => undefined,
    pulls: () => false,
    pull: () => undefined,
    enter() {
      const { reviewers } = bench.model().desk;
      if (other === null && reviewers[0]) void compare(reviewers[0]);
      else if (other !== null) void compare(other);
    },
    leave: () => undefined,
  };
}
