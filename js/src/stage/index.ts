/**
 * The stage: the document that hosts OOWidget.js. It waits for the one message that hands it a
 * port, loads the script as a website would, and reports what it sees over that port.
 */

import { Reporter } from "../reporter";
import { type FromStage, HANDOVER, randomId, type Tagged, type ToStage } from "../wire";
import { Conductor } from "./conductor";

function run(port: MessagePort): void {
  const post = (message: Tagged<FromStage>) => port.postMessage(message);
  const reporter = new Reporter((entries) => post({ kind: "entries", entries }));
  const conductor = new Conductor(reporter);
  port.onmessage = ({ data }: MessageEvent<Tagged<ToStage>>) => conductor.obey(data);
  addEventListener("pagehide", () => reporter.flush());
  post({ kind: "booted", load: randomId() });
}

function onMessage(event: MessageEvent): void {
  const port = event.ports[0];
  // Only the window that made this frame may hand over the port, and only once.
  if (event.source !== parent || event.data !== HANDOVER || !port) return;
  removeEventListener("message", onMessage);
  run(port);
}

addEventListener("message", onMessage);
