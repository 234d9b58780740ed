/** Shapes are drawn on a 24 × 24 grid, so that what they say can be told without colour. */
const SVG = "http://www.w3.org/2000/svg";

export function icon(shape: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  draw(svg, shape);
  return svg;
}

export function draw(svg: SVGSVGElement, shape: string): void {
  svg.firstElementChild?.setAttribute("d", shape);
}
