import { element } from "../dom.js";

export interface Ear {
  readonly element: HTMLElement;
  hear(text: string): void;
}

/**
 * A field that nobody sees. What is typed into the call-back form is repeated here, as the page
 * could not hear it otherwise: whether it can with the vendor's form is not known, and a page that
 * prepares its answers while the visitor types should be seen to work.
 */
export function createEar(): Ear {
  const field = element("input", { part: "typed", type: "tel", hidden: "" });
  return {
    element: field,
    hear(text) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      // Personal data: not to be found here once it was heard.
      field.value = "";
    },
  };
}
