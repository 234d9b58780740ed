import base from "./base.css";
import button from "./button.css";
import chat from "./chat.css";
import form from "./form.css";
import place from "./place.css";
import theme from "./theme.css";
import window from "./window.css";

/** The style sheet of a widget's shadow tree. */
export const buttonCss = [theme, base, place, button].join("\n");
/** The style sheet of a chat window's document. */
export const chatCss = [theme, base, window, form, chat].join("\n");
