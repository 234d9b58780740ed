import { Signal } from "./signal.js";

/** none: nobody asked to talk; queued: the visitor waits; active: the operator is there; ended. */
export type Phase = "none" | "queued" | "active" | "ended";
export type Side = "visitor" | "operator";

/** Lines of the system are kept by key, not as text: they are put into words when shown. */
export const SYSTEM_LINES = ["joined", "endedByOperator", "endedByVisitor"] as const;
export type SystemLine = (typeof SYSTEM_LINES)[number];
export type Line =
  | { readonly by: Side; readonly text: string }
  | { readonly by: "system"; readonly text: SystemLine };

/** What happened to the conversation, for whoever has to react to it. */
export type Step =
  | { readonly kind: "created" | "started" | "restored" | "cleared" }
  | { readonly kind: "said"; readonly by: Side; readonly text: string }
  | { readonly kind: "ended"; readonly by: Side };

export interface SavedConversation {
  readonly phase: "queued" | "active";
  readonly sessionId: string;
  readonly name: string;
  readonly lines: readonly Line[];
}

/** One conversation after another, each with its own session id. Steps out of turn are ignored. */
export class Conversation {
  readonly steps = new Signal<Step>();
  phase: Phase = "none";
  sessionId = "";
  name = "";
  lines: Line[] = [];

  get running(): boolean {
    return this.phase === "queued" || this.phase === "active";
  }

  join(name: string): void {
    if (this.running) return;
    this.phase = "queued";
    this.sessionId = randomId();
    this.name = name;
    this.lines = [];
    this.steps.emit({ kind: "created" });
  }

  accept(): void {
    if (this.phase !== "queued") return;
    this.phase = "active";
    this.lines.push({ by: "system", text: "joined" });
    this.steps.emit({ kind: "started" });
  }

  say(by: Side, text: string): void {
    if (this.phase !== "active") return;
    this.lines.push({ by, text });
    this.steps.emit({ kind: "said", by, text });
  }

  /** Also how a visitor leaves the queue: that session is over without having started. */
  end(by: Side): void {
    if (!this.running) return;
    this.phase = "ended";
    this.lines.push({
      by: "system",
      text: by === "operator" ? "endedByOperator" : "endedByVisitor",
    });
    this.steps.emit({ kind: "ended", by });
  }

  /** Makes room for the next conversation once the last one is over. */
  clear(): void {
    if (this.phase !== "ended") return;
    this.phase = "none";
    this.sessionId = "";
    this.lines = [];
    this.steps.emit({ kind: "cleared" });
  }

  save(): SavedConversation | null {
    if (this.phase !== "queued" && this.phase !== "active") return null;
    const { phase, sessionId, name, lines } = this;
    return { phase, sessionId, name, lines };
  }

  restore(saved: SavedConversation): void {
    this.phase = saved.phase;
    this.sessionId = saved.sessionId;
    this.name = saved.name;
    this.lines = [...saved.lines];
    this.steps.emit({ kind: "restored" });
  }
}

// Not crypto.randomUUID: that is missing on pages served over plain http.
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
