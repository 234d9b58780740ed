import { onAbort } from "../abort";
import { serverPath } from "../server";
import type { Isolation } from "../wire";

const keyOf = (host: string) => `owidget_jupyter.isolation.${serverPath()}${host}`;

/** What can be chosen on the card. */
export type Choice = Exclude<Isolation, "origin">;

/**
 * What was chosen for which host. It holds in this tab, on pages of one Jupyter server: for its
 * reloads, for cells that are run again, and for every model of that host. All models of a page
 * share this module.
 */
const waiting = new Map<string, Set<(choice: Choice) => void>>();
/** Where storage is forbidden or full, a choice lasts as long as the page. */
const unstored = new Map<string, Choice>();

export function chosenFor(host: string): Choice | null {
  const stored = withStorage((storage) => storage.getItem(keyOf(host)));
  // Other scripts of the page's origin can write there: anything else is no choice.
  return stored === "opaque" || stored === "none" ? stored : (unstored.get(host) ?? null);
}

/** Remembers a choice, and answers all that wait for one. */
export function choose(host: string, choice: Choice): void {
  const stored = withStorage((storage) => {
    storage.setItem(keyOf(host), choice);
    return true;
  });
  if (!stored) unstored.set(host, choice);
  for (const answer of waiting.get(host) ?? []) answer(choice);
  waiting.delete(host);
}

export function forget(host: string): void {
  withStorage((storage) => storage.removeItem(keyOf(host)));
  unstored.delete(host);
}

/** The next choice for a host, wherever on this page it is made; rejects when the signal aborts. */
export function nextChoice(host: string, signal: AbortSignal): Promise<Choice> {
  return new Promise((resolve, reject) => {
    const answers = waiting.get(host) ?? new Set();
    waiting.set(host, answers.add(resolve));
    onAbort(signal, () => {
      answers.delete(resolve);
      reject(signal.reason);
    });
  });
}

function withStorage<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
