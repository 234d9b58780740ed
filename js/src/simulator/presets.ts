import type { Channel } from "./events.js";
import type { Texts } from "./texts/index.js";

/** How a website may want it: its name, its colour, its button, and what is offered in it. */
export interface Preset {
  readonly title: string;
  /** White text must stay readable on it. */
  readonly accent: string;
  /** pill: words in the corner; bubble: round, in the corner; tab: upright, at the edge. */
  readonly look: "pill" | "bubble" | "tab";
  readonly channels: ReadonlySet<Channel | "callBack">;
}

/** A preset that nobody has designed here keeps the default look and shows its name. */
export function presetOf(name: string | null, texts: Texts): Preset {
  switch (name) {
    case "sales":
      return {
        title: texts.titleSales,
        accent: "#0a7250",
        look: "bubble",
        channels: new Set(["chat", "callBack", "av"]),
      };
    case "support":
      return {
        title: texts.titleSupport,
        accent: "#86378a",
        look: "tab",
        channels: new Set(["chat"]),
      };
    default:
      return {
        title:
          name === null || name === "default"
            ? texts.titleDefault
            : `${texts.titleDefault} – ${name}`,
        accent: "#3a4db0",
        look: "pill",
        channels: new Set(["chat", "callBack"]),
      };
  }
}
