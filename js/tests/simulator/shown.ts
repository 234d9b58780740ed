import type { Shown } from "../../src/simulator/messages.js";
import { LANGUAGES, type Texts } from "../../src/simulator/texts/index.js";

export const TEXTS = LANGUAGES.get("en") as Texts;

export type ShownChanges = Partial<Omit<Shown, "conversation">> & {
  conversation?: Partial<Shown["conversation"]>;
};

/** What a page would have its window show: the entry, as far as a test does not change it. */
export function shown({ conversation, ...changes }: ShownChanges = {}): Shown {
  return {
    open: true,
    lang: "en",
    texts: TEXTS,
    title: "Chat with us",
    accent: "#123456",
    fallback: "",
    connectionLost: false,
    screen: "entry",
    notice: null,
    channels: ["chat", "callBack", "av"],
    wanted: "chat",
    details: { manual: false, lines: ["one", "two"] },
    ...changes,
    conversation: {
      phase: "none",
      session: "",
      channel: "chat",
      operator: "Eva",
      lines: [],
      typing: "",
      ...conversation,
    },
  };
}

/** The same in a conversation. */
export function talk(
  conversation: Partial<Shown["conversation"]> = {},
  changes: ShownChanges = {},
): Shown {
  const talking = { phase: "active", session: "1", ...conversation } as const;
  return shown({ screen: "chat", ...changes, conversation: talking });
}
