import type { Texts } from "./texts/index.js";

export interface Preset {
  readonly title: string;
  /** White text must stay readable on it. */
  readonly accent: string;
}

const DEFAULT_ACCENT = "#3a4db0";

/** A preset that nobody has designed here keeps the default look and shows its name. */
export function presetOf(name: string | null, texts: Texts): Preset {
  switch (name) {
    case null:
    case "default":
      return { title: texts.titleDefault, accent: DEFAULT_ACCENT };
    case "sales":
      return { title: texts.titleSales, accent: "#0a7250" };
    case "support":
      return { title: texts.titleSupport, accent: "#86378a" };
    default:
      return { title: `${texts.titleDefault} – ${name}`, accent: DEFAULT_ACCENT };
  }
}
