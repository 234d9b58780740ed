import type { Channel } from "./events.js";
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
  readonly channel: Channel;
  readonly sessionId: string;
  readonly name: string;
  readonly since: number;
  readonly lines: readonly Line[];
  readonly announced: boolean;
  readonly unsent: number;
}

/** One conversation after another, each with its own session id. Steps out of turn are ignored. */
export class Conversation {
  readonly steps = new Signal<Step>();
  phase: Phase = "none";
  channel: Channel = "chat";
  sessionId = "";
  name = "";
  /** When the visitor joined; ms since the epoch. */
  since = 0;
  lines: Line[] = [];
  /** Whether the other side has heard of it: not while the connection is lost. */
  announced = false;
  /** How many of the visitor's last messages the other side has not got yet. */
  unsent = 0;

  get running(): boolean {
    return this.phase === "queued" || this.phase === "active";
  }

  join(name: string, channel: Channel = "chat"): void {
    if (this.running) return;
    this.phase = "queued";
    this.channel = channel;
    this.sessionId = randomId();
    this.name = name;
    this.since = Date.now();
    this.lines = [];
    this.announced = false;
    this.unsent = 0;
    this.steps.emit({ kind: "created" });
  }

  /** Nobody is taken whom the operator's side has not heard of yet. */
  accept(): void {
    if (this.phase !== "queued" || !this.announced) return;
    this.phase = "active";
    this.lines.push({ by: "system", text: "joined" });
    this.steps.emit({ kind: "started" });
  }

  say(by: Side, text: string): void {
    if (this.phase !== "active") return;
    this.lines.push({ by, text });
    if (by === "visitor") this.unsent += 1;
    this.steps.emit({ kind: "said", by, text });
  }

  /** Also how a visitor leaves the queue: that session is over without having started. */
  end(by: Side): void {
    if (by === "operator" ? this.phase !== "active" : !this.running) return;
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

  /** The other side has got it. */
  sent(step: Step): void {
    if (step.kind === "created") this.announced = true;
    if (step.kind === "said" && step.by === "visitor") this.unsent -= 1;
  }

  /** What the other side has not got yet, in order. */
  unsentSteps(): Step[] {
    const { announced, lines, unsent } = this;
    const own = lines.filter(({ by }) => by === "visitor");
    const said = own
      .slice(own.length - unsent)
      .map(({ text }): Step => ({ kind: "said", by: "visitor", text }));
    return announced ? said : [{ kind: "created" }, ...said];
  }

  save(): SavedConversation | null {
    const { phase } = this;
    return phase === "queued" || phase === "active" ? keptOf({ ...this, phase }) : null;
  }

  restore(saved: SavedConversation): void {
    Object.assign(this, keptOf(saved));
    this.steps.emit({ kind: "restored" });
  }
}

function keptOf(from: SavedConversation): SavedConversation {
  const { phase, channel, sessionId, name, since, lines, announced, unsent } = from;
  return { phase, channel, sessionId, name, since, lines, announced, unsent };
}

// Not crypto.randomUUID: that is missing on pages served over plain http.
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
