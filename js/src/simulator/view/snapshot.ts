import type { Line } from "../conversation.js";
import type { Notice, Screen, Shown, ShownLine } from "../messages.js";
import { fill, type Texts } from "../texts/index.js";
import type { Widget } from "../widget.js";

/** Everything that the chat window of a widget shows now, in words. */
export function shownOf(widget: Widget): Shown {
  const { conversation, language, operatorName, preset } = widget;
  const { texts } = language;
  const screen = screenOf(widget);
  return {
    open: widget.open,
    lang: language.shown,
    texts,
    title: preset.title,
    accent: preset.accent,
    fallback: language.fallback ? `${language.tag}: no texts, English shown` : "",
    connectionLost: widget.connectionLost,
    screen,
    notice: noticeOf(widget, screen),
    channels: [...preset.channels],
    wanted: widget.wanted,
    conversation: {
      phase: conversation.phase,
      session: conversation.sessionId,
      channel: conversation.channel,
      operator: operatorName,
      lines: conversation.lines.map((line) => lineOf(line, operatorName, texts)),
      typing: widget.typing ? fill(texts.typing, operatorName) : "",
    },
    details: { manual: widget.manual, lines: detailsOf(widget) },
  };
}

function screenOf({ callingBack, conversation, status }: Widget): Screen {
  if (conversation.phase !== "none") return "chat";
  if (callingBack) return "callBack";
  return status === 0 ? "offline" : "entry";
}

function noticeOf(widget: Widget, screen: Screen): Notice | null {
  const { texts } = widget.language;
  switch (screen) {
    case "offline":
      return { kind: "offline", text: texts.offlineNotice };
    case "callBack":
      return { kind: "online", text: texts.callBackIntro };
    case "entry": {
      const busy = widget.status === 2;
      const words = busy ? texts.busyNotice : texts.intro;
      const text = widget.videoRefused ? `${texts.noVideo} ${words}` : words;
      return { kind: busy ? "busy" : "online", text };
    }
    case "chat":
      return inChat(widget, texts);
  }
}

function inChat({ position, videoRefused }: Widget, texts: Texts): Notice | null {
  const refused = videoRefused ? texts.noVideo : "";
  if (position === null) return refused ? { kind: "online", text: refused } : null;
  const place = position === 1 ? texts.next : fill(texts.position, String(position));
  return { kind: "waiting", text: `${refused} ${place} ${texts.waiting}`.trim() };
}

function lineOf(line: Line, operator: string, texts: Texts): ShownLine {
  if (line.by !== "system") {
    const author = line.by === "visitor" ? texts.you : operator;
    return { by: line.by, author, text: line.text };
  }
  const named = line.text === "joined" && operator !== texts.operator;
  const text = named ? fill(texts.joinedAs, operator) : texts[line.text];
  return { by: "system", author: "", text };
}

function detailsOf(widget: Widget): string[] {
  const { callBacks, customData, language, manual, settings } = widget;
  const { texts } = language;
  const lines = [manual ? texts.operatorManual : texts.operatorScripted];
  if (!widget.hasStorage) lines.push(texts.noStorage);
  if (widget.visitorName) lines.push(`${texts.visitorName}: ${widget.visitorName}`);
  for (const number of callBacks) lines.push(`${texts.callBackNumber}: ${number}`);
  if (settings?.preset) lines.push(`${texts.preset}: ${settings.preset}`);
  lines.push(`${texts.language}: ${language.tag || language.shown}`);
  if (settings?.scope) lines.push(`${texts.scope}: ${settings.scope}`);
  for (const [name, value] of customData) lines.push(`${name} = ${value}`);
  if (customData.size === 0) lines.push(texts.noCustomData);
  return lines;
}
