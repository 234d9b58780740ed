/** Marks the hosts of all simulators on a page; says where its button sits. */
export const HOST = "data-owidget-simulator";
export type Place = "corner" | "edge";

/**
 * Gives every button on the page its place, beside those of other copies of this script too, which
 * are found by their hosts alone.
 */
export function arrange(page: Document): void {
  const all = [...page.querySelectorAll<HTMLElement>(`[${HOST}]`)];
  const places: Place[] = ["corner", "edge"];
  for (const place of places) {
    const here = all.filter((host) => host.getAttribute(HOST) === place);
    here.forEach((host, slot) => {
      host.style.setProperty("--slot", String(slot));
    });
    for (const host of all) host.style.setProperty(`--${place}`, String(here.length));
  }
}

/**
 * Puts a window that opens above the others, and beside them: each takes the first free column
 * from the right, and keeps it.
 */
export function unfold(page: Document, host: HTMLElement): void {
  const others = [...page.querySelectorAll<HTMLElement>(`[${HOST}][data-open]`)].filter(
    (other) => other !== host,
  );
  const read = (other: HTMLElement, name: string): number =>
    Number(other.style.getPropertyValue(name));
  const taken = new Set(others.map((other) => read(other, "--column")));
  let column = 0;
  while (taken.has(column)) column += 1;
  host.style.setProperty("--column", String(column));
  // Counted anew, so that they never come above the buttons.
  others.sort((one, other) => read(one, "--above") - read(other, "--above"));
  [...others, host].forEach((each, at) => {
    each.style.setProperty("--above", String(at + 1));
  });
}
