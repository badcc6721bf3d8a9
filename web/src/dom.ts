/** Elements, built from text: data never becomes markup. */

type Child = Node | string | null | undefined | false;
type Attribute = string | number | boolean | null | undefined | ((event: Event) => void);

/** Return an element; a function is a listener (`onclick`), `true` an empty attribute, `null` none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child): child is Node | string => child instanceof Node || !!child));
  return made;
}

/** Return an SVG drawing of some paths, hidden from screen readers: words stand beside it. */
export function drawing(viewBox: string, paths: Record<string, string>[], className: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(space, "svg");
  made.setAttribute("viewBox", viewBox);
  made.setAttribute("class", className);
  made.setAttribute("aria-hidden", "true");
  for (const attributes of paths) {
    const path = document.createElementNS(space, "path");
    for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
    made.append(path);
  }
  return made;
}
