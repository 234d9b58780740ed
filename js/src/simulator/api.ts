import { companyOf, show } from "./checks.js";
import type { Callbacks } from "./events.js";
import { warn } from "./warn.js";
import type { CustomValue, Widget } from "./widget.js";

/** What a page gets: the documented members and those that integrations were seen using. */
export interface OWidgetApi {
  isSupported: boolean;
  init(...args: unknown[]): void;
  connectToServer(): void;
  setAppEventCallback(callback: unknown): void;
  setStatusUpdateCallback(callback: unknown): void;
  setCustomNumberNormalization(callback: unknown): void;
  setConnectionUpdateCallback(callback: unknown): void;
  addCustomData(name: unknown, value: unknown): void;
  removeCustomData(name: unknown): void;
  openChat(enqueue?: unknown): void;
  openAppOnCurrentPage(app: unknown): void;
  hideWidget(): void;
}

/**
 * A plain object whose functions need no `this`: pages pass them around and add their own members.
 * Arguments are unknown on purpose, since judging them is this layer's work.
 */
export function createApi(widget: Widget): OWidgetApi {
  const whenConnected = (method: string, task: () => void): void => {
    if (widget.connection !== "none") widget.whenConnected(task);
    else warn(`${method} was called before connectToServer and does nothing.`);
  };

  return guarded(widget, {
    // As the scenario has it, once that is known.
    isSupported: true,

    init: (...args) => init(widget, args),

    connectToServer() {
      if (!widget.settings) {
        warn("connectToServer was called before init (or after an init that was refused).");
      } else if (widget.connection !== "none") {
        warn("connectToServer was called again; once is enough, so this call does nothing.");
      } else {
        widget.connect();
      }
    },

    setAppEventCallback: setter(widget, "event", "setAppEventCallback"),
    setStatusUpdateCallback: setter(widget, "status", "setStatusUpdateCallback"),
    setCustomNumberNormalization: setter(widget, "number", "setCustomNumberNormalization"),
    setConnectionUpdateCallback: setter(widget, "connection", "setConnectionUpdateCallback"),

    addCustomData(name, value) {
      if (!isName(name)) {
        warn(`addCustomData wants a name (a non-empty string) first, not ${show(name)}.`);
      } else if (isCustomValue(value)) {
        widget.setCustomData(name, value);
      } else {
        // Not the value itself, which may be somebody's.
        const found = typeof value === "number" ? value : typeof value;
        warn(`addCustomData("${name}", …) wants a string, finite number or boolean, not ${found}.`);
      }
    },

    removeCustomData(name) {
      if (isName(name)) widget.removeCustomData(name);
      else warn(`removeCustomData wants a name (a non-empty string), not ${show(name)}.`);
    },

    openChat(enqueue) {
      if (enqueue !== undefined && typeof enqueue !== "boolean") {
        warn(`openChat takes nothing or a boolean, not ${show(enqueue)}.`);
      }
      whenConnected("openChat", () => {
        widget.openWindow();
        // Nobody is there to queue for while the button is offline: the window says so instead.
        if (enqueue === true && widget.status !== 0) widget.conversation.join("");
      });
    },

    openAppOnCurrentPage(app) {
      if (app !== "chat" && app !== "av") {
        warn(`openAppOnCurrentPage takes "chat" or "av", not ${show(app)}.`);
        return;
      }
      whenConnected("openAppOnCurrentPage", () => {
        const refused = app === "av" && !widget.preset.channels.has(app);
        if (refused) {
          warn(
            'openAppOnCurrentPage("av"): this preset has no video, so it is the chat that opens.',
          );
        }
        widget.openWindow(refused ? "chat" : app, refused);
      });
    },

    hideWidget: () => whenConnected("hideWidget", () => widget.hide()),
  });
}

/** Where the browser is not supported, there is nothing to call: each method says so instead. */
function guarded(widget: Widget, api: OWidgetApi): OWidgetApi {
  const methods = api as unknown as Record<string, (...args: unknown[]) => void>;
  for (const [name, method] of Object.entries(methods)) {
    if (typeof method !== "function") continue;
    methods[name] = (...args) => {
      if (widget.scenario?.supported !== false) method(...args);
      else warn(`${name} was called although isSupported is false; it does nothing.`);
    };
  }
  return api;
}

function init(widget: Widget, args: unknown[]): void {
  if (widget.connection !== "none") {
    warn("init was called after connectToServer; the widget keeps its settings.");
    return;
  }
  const company = companyOf(args[0]);
  if (!company) {
    warn(`init wants the company's GUID, or [GUID, tenant id], first, not ${show(args[0])}.`);
    return;
  }
  if (widget.settings) warn("init was called twice; the later call counts.");
  if (args.length > 4) warn(`init takes at most four arguments, not ${args.length}.`);
  widget.init({
    ...company,
    preset: optional("widgetPreset", args[1]),
    language: optional("language", args[2]),
    scope: optional("scope", args[3]),
  });
}

/** Missing, null and empty all mean that the argument was left out. */
function optional(name: string, value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string") return value;
  warn(`init wants a string or null as ${name}, not ${show(value)}; it is left out.`);
  return null;
}

function setter<K extends keyof Callbacks>(
  { callbacks }: Widget,
  kind: K,
  method: string,
): (callback: unknown) => void {
  return (callback) => {
    if (typeof callback === "function" || callback === undefined || callback === null) {
      callbacks[kind] = (callback ?? null) as Callbacks[K];
    } else {
      warn(`${method} wants a function (or null to clear it), not ${show(callback)}.`);
    }
  };
}

function isCustomValue(value: unknown): value is CustomValue {
  return typeof value === "number"
    ? Number.isFinite(value)
    : typeof value === "string" || typeof value === "boolean";
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
