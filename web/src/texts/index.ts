/** Every text of the page, one file a language; adding a language is one file and one line here. */

import type { Language } from "../state";
import { en, type Texts } from "./en";
import { fr } from "./fr";

export type { Texts };

export const TEXTS: Record<Language, Texts> = { en, fr };
