/** What the service says in the page itself, so that the first frame stands still and nothing is asked for in vain. */

export interface First {
  readonly invented: boolean;
  readonly invented_in: readonly string[];
  /** How many there are, where the service says so. */
  readonly cameras?: number;
}

/** Cameras up to which the page loads them all: some 2 MB over the wire. */
export const MOST_CAMERAS = 20_000;

/** Return it; where the page is served by something else, nothing is known. */
export function first(): First {
  const told = document.querySelector<HTMLMetaElement>("meta[name='visavis:build']")?.content;
  return told ? (JSON.parse(told) as First) : { invented: false, invented_in: [] };
}
