/** Drawings over the sheet and the map. */

type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** Return an SVG element; an attribute of null is left out. Data goes in as text alone. */
export function svg(tag: string, attributes: Attributes = {}, ...children: (SVGElement | string | null)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) made.setAttribute(name, String(value));
  made.append(...children.filter((child) => child !== null));
  return made;
}
