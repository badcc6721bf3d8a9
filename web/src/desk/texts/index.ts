/** Every text of the desk, one file a language. */

import type { Language } from "../../state";
import { en, type DeskTexts } from "./en";
import { fr } from "./fr";

export type { DeskTexts };

export const DESK_TEXTS: Record<Language, DeskTexts> = { en, fr };
