import type { Widget } from "../widget.js";
import { element, type Piece } from "./dom.js";

/** What an operator would know of the visitor. Folded, for whoever builds the page. */
export function createDetails(page: Document, widget: Widget): Piece {
  const { texts } = widget.language;
  const list = element(page, "ul");
  const details = element(
    page,
    "details",
    { part: "details" },
    element(page, "summary", { text: texts.details }),
    list,
  );

  return {
    element: details,
    update() {
      const { callBacks, conversation, customData, language, manual, settings } = widget;
      details.dataset.operator = manual ? "manual" : "scripted";
      const lines = [manual ? texts.operatorManual : texts.operatorScripted];
      if (!widget.hasStorage) lines.push(texts.noStorage);
      if (conversation.name) lines.push(`${texts.visitorName}: ${conversation.name}`);
      for (const number of callBacks) lines.push(`${texts.callBackNumber}: ${number}`);
      if (settings?.preset) lines.push(`${texts.preset}: ${settings.preset}`);
      lines.push(`${texts.language}: ${language.tag || language.shown}`);
      if (settings?.scope) lines.push(`${texts.scope}: ${settings.scope}`);
      for (const [name, value] of customData) lines.push(`${name} = ${value}`);
      if (customData.size === 0) lines.push(texts.noCustomData);
      list.replaceChildren(...lines.map((text) => element(page, "li", { text })));
    },
  };
}
