/** What every kind of work at the desk is given, and what it gives back. */

import type { Taken, Wanted } from "../generated/desk";
import type { Language } from "../state";
import type { Words } from "../words";
import type { Fit, Point } from "./ground";
import type { Action } from "./keys";
import type { Model } from "./model";
import type { Drawing, Near, Pull, Side } from "./panes/pane";
import type { Service, Step } from "./service";
import type { DeskTexts } from "./texts";
import type { ModeName } from "./works";

/** What is looked at. */
export interface View {
  readonly mode: ModeName;
  readonly language: Language;
  readonly file: string;
  readonly page: number;
  /** The camera in hand. */
  readonly selected: string | null;
  readonly hovered: string | null;
  /** On which side keys and the next place count. */
  readonly side: Side;
  /** How strongly the sheet lies under the map: 0 is beside it. */
  readonly under: number;
}

export interface Bench {
  readonly service: Service;
  readonly model: () => Model;
  readonly view: () => View;
  readonly texts: () => DeskTexts;
  readonly words: () => Words;
  /** The map between this sheet and the ground, where the sheet has one. */
  readonly fit: () => Fit | null;
  set(change: Partial<View>): void;
  /** Draw everything anew. */
  redraw(): void;
  /** Send an act on its way. */
  act(wanted: Wanted): void;
  step(step: Step): void;
  /** Take what the service says about the cameras anew. */
  reload(): Promise<void>;
  /** Say what happened, to the eye and to those who listen. */
  say(words: string): void;
  /** Say to those who listen what others see elsewhere. */
  tell(words: string): void;
  /** Say that something was refused, until it is read. */
  refuse(words: string): void;
  /** Bring a place into view on one side. */
  show(side: Side, point: Point, close?: boolean): void;
  centre(side: Side): Point;
  shifted(side: Side, point: Point, right: number, down: number): Point;
  /** Put the keyboard back to the sheet, or to the map. */
  focus(side?: Side): void;
}

/** One kind of work: cameras, control points, the legend, agreement. */
export interface Mode {
  readonly actions: readonly Action[];
  /** A key that the work at hand needs for itself; whether it took it. */
  key(key: string): boolean;
  panel(): (HTMLElement | null)[];
  drawing(side: Side): Drawing;
  /** What the act in hand waits for. */
  hint(): string | null;
  press(side: Side, at: Point, near: Near): void;
  hover(side: Side, at: Point | null, near: Near): void;
  pulls(side: Side): boolean;
  pull(side: Side, pull: Pull): void;
  /** It is turned to, or what it shows may have changed. */
  enter(): void;
  /** The service answered an act. */
  told?(answer: Taken, wanted: Wanted | Step): void;
  /** It is turned away from: what was in hand is put down. */
  leave(): void;
}
