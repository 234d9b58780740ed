/** One shape per status, so that it can be told without colour; drawn on a 24 × 24 grid. */
const SHAPES = {
  // A speech bubble with two lines in it.
  online:
    "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM7.5 9h9M7.5 12.5h6",
  // An hourglass.
  busy: "M6 3h12M6 21h12M7.5 3v4l9 10v4M16.5 3v4l-9 10v4",
  // An envelope.
  offline:
    "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.5 6.5l8.5 7 8.5-7",
  // An exclamation mark in a triangle.
  invalid: "M12 3.5L22 20.5H2zM12 10v4.5M12 17.6v.1",
  close: "M6 6l12 12M18 6L6 18",
} as const;

export type IconName = keyof typeof SHAPES;

const SVG = "http://www.w3.org/2000/svg";

export function icon(page: Document, name: IconName): SVGSVGElement {
  const svg = page.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(page.createElementNS(SVG, "path"));
  setIcon(svg, name);
  return svg;
}

export function setIcon(svg: SVGSVGElement, name: IconName): void {
  svg.dataset.icon = name;
  svg.firstElementChild?.setAttribute("d", SHAPES[name]);
}
