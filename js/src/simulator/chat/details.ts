import { element } from "../dom.js";
import type { Builder } from "./piece.js";

/** What an operator would know of the visitor. Folded, for whoever builds the page. */
export const createDetails: Builder = (_, { texts }) => {
  const list = element("ul");
  const summary = element("summary", { text: texts.details });
  let shownLines = "";
  const details = element("details", { part: "details" }, summary, list);

  return {
    element: details,
    update({ details: { manual, lines } }) {
      details.dataset.operator = manual ? "manual" : "scripted";
      // One that is being read or scrolled is left alone.
      if (lines.join("\n") === shownLines) return;
      shownLines = lines.join("\n");
      list.replaceChildren(...lines.map((text) => element("li", { text })));
    },
  };
};
