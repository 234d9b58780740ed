import { element, setText } from "../dom.js";
import { icon } from "../icons.js";
import type { Builder } from "./piece.js";
import { PERSON } from "./shapes.js";

/** A video call's place: a drawing, which says that it is none. */
export const createPicture: Builder = (_, { texts }) => {
  const name = element("span", { class: "name" });
  const caption = element("span", { class: "caption", text: texts.picture });
  const figure = element("div", { part: "picture" }, icon(PERSON), name, caption);

  return {
    element: figure,
    update({ conversation: { channel, operator, phase } }) {
      figure.hidden = channel !== "av" || phase !== "active";
      setText(name, operator);
    },
  };
};
