/** The kinds of work at the desk, in the order of their tabs. */

export const MODES = ["cameras", "points", "legend", "agreement"] as const;
export type ModeName = (typeof MODES)[number];
