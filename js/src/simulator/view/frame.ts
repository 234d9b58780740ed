import script from "../chat/index.ts?script";
import { type FromChat, HANDOVER, type Port, type ToChat } from "../messages.js";
import { chatCss } from "../style/index.js";
import { warn } from "../warn.js";

/** From the frame's load to its script's first word at most, before it counts as refused; ms. */
export const SILENCE_MS = 2000;

const REFUSED =
  "the chat window stays blank: the page's content security policy refuses its inline script. " +
  "In script-src, allow 'unsafe-inline', or a nonce that the element of OOWidget.js has as well.";

/** The page's end of the line to a chat window. */
export type ChatLine = Port<ToChat, FromChat>;

/**
 * The frame of a chat window, under the name that pages know it by. Its document has no origin, so
 * its inside is out of the page's reach under every isolation alike.
 *
 * @param nonce - of the page's script element, for policies that allow inline scripts by it.
 * @param onLine - called with a fresh line whenever the frame has been loaded: that is each time it
 *   is put into a document, or moved in one.
 */
export function createFrame(
  page: Document,
  nonce: string,
  onLine: (line: ChatLine) => void,
): HTMLElement {
  const frame = page.createElement("iframe");
  frame.name = "onopChatIframe";
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  // The style is data for the script, which applies it: a style element could be refused.
  const safeNonce = nonce.replace(/[^\w+/=-]/g, "");
  frame.srcdoc = `<!doctype html><meta charset="utf-8"><script type="text/css">${chatCss}</script><body><script nonce="${safeNonce}">${script}</script>`;
  let silence: ReturnType<typeof setTimeout> | undefined;
  frame.addEventListener("load", () => {
    const { port1, port2 } = new MessageChannel();
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (frame.isConnected) warn(REFUSED);
    }, SILENCE_MS);
    port1.onmessage = () => {
      clearTimeout(silence);
      onLine(port1);
    };
    frame.contentWindow?.postMessage(HANDOVER, "*", [port2]);
  });
  return frame;
}
