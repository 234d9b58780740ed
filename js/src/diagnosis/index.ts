/**
 * What a page answers to a diagnosis, fetched once per page when the first is asked for. It has
 * to hold nothing personal: a report is made to be pasted into a ticket.
 */
import type { StageFindings } from "../findings";
import type { Tagged, ToFrontEnd, ToKernel } from "../wire";
import { type Known, pageFindings } from "./page";

/** How long the stage's document has to answer; ms. A script may keep it busy for ever. */
const STAGE_MS = 1_500;

/** The stage of this page, as far as it is asked. */
interface Examined {
  readonly frame: HTMLElement | null;
  examine(): Promise<StageFindings>;
}

/** What the front end tells of itself. */
export interface Asked extends Known {
  frontend: string;
  stage: Examined | null;
}

/** Answers: a ping at once, and the examination when the stage has answered or is too late. */
export async function examine(
  { frontend, id, ping }: ToFrontEnd["examine"],
  asked: Asked,
  send: (findings: Tagged<Pick<ToKernel, "findings">>) => void,
): Promise<void> {
  if (frontend !== null && frontend !== asked.frontend) return;
  const [page, stage] = ping
    ? [null, null]
    : await Promise.all([pageFindings(asked), stageFindings(asked.stage)]);
  send({ kind: "findings", frontend: asked.frontend, id, ping, at: Date.now(), page, stage });
}

async function stageFindings(stage: Examined | null): Promise<StageFindings | null> {
  if (!stage?.frame) return null;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), STAGE_MS));
  return Promise.race([stage.examine(), late]);
}
