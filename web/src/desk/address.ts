/** What is looked at, kept in the address behind the `#`: a reload comes back to it, and no server's log knows. */

import { LANGUAGES, type Language } from "../state";
import { MODES, type ModeName } from "./works";

export interface Asked {
  readonly language: Language;
  readonly mode: ModeName;
  readonly camera: string | null;
}

export function readAddress(hash: string, preferred: readonly string[]): Asked {
  const asked = new URLSearchParams(hash.slice(1));
  const languages = [asked.get("lang"), ...preferred.map((tag) => tag.slice(0, 2).toLowerCase())];
  const spoken = languages.map((tag) => LANGUAGES.find((language) => language === tag));
  return {
    language: spoken.find((language) => language !== undefined) ?? "en",
    mode: MODES.find((mode) => mode === asked.get("work")) ?? "cameras",
    camera: asked.get("camera"),
  };
}

export function writtenAddress({ language, mode, camera }: Asked): string {
  const told = new URLSearchParams({ lang: language });
  if (mode !== "cameras") told.set("work", mode);
  if (camera) told.set("camera", camera);
  return `#${told.toString().replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}
