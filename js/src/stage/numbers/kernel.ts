/**
 * Asks the kernel process for a normalised number, and waits for it: the vendor's callback is
 * synchronous. The server keeps the time limit, because a synchronous request cannot carry one.
 *
 * @returns the number in international format, or null for an invalid one.
 * @throws Error with the reason when no answer can be had.
 */
export function askKernel(url: string, number: unknown): string | null {
  const request = new XMLHttpRequest();
  request.open("POST", url, false);
  request.setRequestHeader("Content-Type", "text/plain; charset=utf-8");
  request.send(String(number));
  if (request.status !== 200) throw new Error(`the kernel answered ${request.status}`);
  const answer: unknown = JSON.parse(request.responseText);
  return typeof answer === "string" ? answer : null;
}
