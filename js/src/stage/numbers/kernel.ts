import type { Answer } from "../../wire";

/**
 * Asks the kernel process for a normalised number, and waits for it: the vendor's callback is
 * synchronous. The server keeps the time limit, because a synchronous request cannot carry one.
 *
 * @throws Error with the reason, which names no address, when there is no answer.
 */
export function askKernel(url: string, number: string): Pick<Answer, "given" | "number"> {
  const request = new XMLHttpRequest();
  try {
    request.open("POST", url, false);
    request.setRequestHeader("Content-Type", "text/plain; charset=utf-8");
    request.send(number);
  } catch {
    // The browser's own text holds the address, and so the token.
    throw new Error("the kernel cannot be reached");
  }
  if (request.status !== 200) throw new Error(`the kernel answered ${request.status}`);
  return JSON.parse(request.responseText);
}
