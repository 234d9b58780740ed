/** The script of the chat window's frame. It waits for the one message that hands it a port. */

import { applyStyle } from "../dom.js";
import { type FromChat, HANDOVER, type Port, type ToChat } from "../messages.js";
import { Chat } from "./chat.js";

function onMessage(event: MessageEvent): void {
  const port = event.ports[0];
  // Only the page that made this frame may hand over the port, and only once.
  if (event.source !== parent || event.data !== HANDOVER || !port) return;
  removeEventListener("message", onMessage);
  port.postMessage(HANDOVER);
  new Chat(document.documentElement, document.body, port as Port<FromChat, ToChat>);
}

applyStyle(document, document.querySelector("script")?.text ?? "");
addEventListener("message", onMessage);
