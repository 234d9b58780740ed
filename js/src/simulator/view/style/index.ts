import base from "./base.css";
import button from "./button.css";
import chat from "./chat.css";
import form from "./form.css";
import window from "./window.css";

/** The style sheet of a widget's shadow tree. */
export const css = [base, button, window, form, chat].join("\n");
