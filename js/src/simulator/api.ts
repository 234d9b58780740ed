import { companyOf, show } from "./checks.js";
import { warn } from "./warn.js";
import type { Callbacks, CustomValue, Widget } from "./widget.js";

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
  const connecting = (method: string): boolean => {
    if (widget.connection !== "none") return true;
    warn(`${method} was called before connectToServer and does nothing.`);
    return false;
  };

  return {
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

    setAppEventCallback: (callback) => set(widget, "event", "setAppEventCallback", callback),
    setStatusUpdateCallback: (callback) =>
      set(widget, "status", "setStatusUpdateCallback", callback),
    setCustomNumberNormalization: (callback) =>
      set(widget, "number", "setCustomNumberNormalization", callback),
    setConnectionUpdateCallback: (callback) =>
      set(widget, "connection", "setConnectionUpdateCallback", callback),

    addCustomData(name, value) {
      if (!isName(name)) {
        warn(`addCustomData wants a name (a non-empty string) first, not ${show(name)}.`);
      } else if (!["string", "number", "boolean"].includes(typeof value)) {
        warn(`addCustomData("${name}", …) wants a string, number or boolean, not ${typeof value}.`);
      } else {
        widget.setCustomData(name, value as CustomValue);
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
      if (!connecting("openChat")) return;
      widget.whenConnected(() => {
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
      if (!connecting("openAppOnCurrentPage")) return;
      widget.whenConnected(() => {
        widget.openWindow();
        if (app === "av") widget.refuseVideo();
      });
    },

    hideWidget() {
      if (connecting("hideWidget")) widget.whenConnected(() => widget.hide());
    },
  };
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

function set<K extends keyof Callbacks>(
  widget: Widget,
  kind: K,
  method: string,
  callback: unknown,
): void {
  if (typeof callback === "function") {
    widget.callbacks[kind] = callback as Callbacks[K];
  } else if (callback === undefined || callback === null) {
    widget.callbacks[kind] = null as Callbacks[K];
  } else {
    warn(`${method} wants a function (or null to clear it), not ${show(callback)}.`);
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
