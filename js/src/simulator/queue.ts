import type { Widget } from "./widget.js";

/**
 * Serves those who are before the visitor: one every `each` ms, from the first time that somebody
 * joins the queue, whether or not they stay in it. Once served they do not come back, and whoever
 * joins later is next.
 */
export function serveQueue(widget: Widget, each: number): void {
  let serving = false;
  const serve = (): void => {
    serving = widget.ahead > 0;
    if (!serving) return;
    widget.clock.after(each, () =>
      widget.whenBack(() => {
        widget.serveNext();
        serve();
      }),
    );
  };
  widget.delivered.subscribe(({ kind }) => {
    if (!serving && (kind === "created" || kind === "restored")) serve();
  });
}
