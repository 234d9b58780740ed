/**
 * The stage: the document that hosts OOWidget.js. It waits for the one message that hands it a
 * port, loads the script as a website would, and reports what it sees over that port.
 */

import { takeCarried } from "../carried";
import { Keep } from "../keep";
import { Reporter } from "../reporter";
import {
  type Entry,
  type FromStage,
  GREETING,
  HANDOVER,
  randomId,
  type StageOrders,
  type Tagged,
  type ToStage,
} from "../wire";
import { Conductor } from "./conductor";
import { Examiner } from "./examine";
import { tellStandstills } from "./standstill";
import { emulateStorage } from "./storage";
import { tellUncaught } from "./uncaught";
import { hearWayOut } from "./way-out";

/** Serves one page over one port; what is seen is kept here until the page has it. */
class Service {
  readonly #load = randomId();
  #keep: Keep | null = null;
  #orders: StageOrders | null = null;
  readonly #reporter = new Reporter((entries) => this.#tell(entries));
  readonly #conductor = new Conductor(this.#reporter, (question) =>
    this.#post({ kind: "ask", ...question }),
  );

  #post: (message: Tagged<FromStage>) => void = () => {};

  /** @param carried - the simulator's address, where the document has it with it. */
  constructor(carried: string | null) {
    if (carried !== null) this.#conductor.loadAhead(carried);
    addEventListener("pagehide", () => {
      emulation?.flush();
      this.#reporter.flush();
    });
    hearWayOut((back) => this.#post({ kind: "leave", back }));
  }

  serve(port: MessagePort): void {
    // Bound before the vendor's script runs here, which could put something else in its place.
    this.#post = port.postMessage.bind(port);
    port.onmessage = ({ data }: MessageEvent<Tagged<ToStage>>) => this.#obey(data);
    this.#post({ kind: "booted" });
  }

  #obey(order: Tagged<ToStage>): void {
    if (order.kind === "kept") return this.#keep?.drop(order.load, order.upto);
    if (order.kind === "examine") return void this.#examine();
    if (order.kind === "start") this.#begin(order);
    this.#conductor.obey(order);
    // Not before the orders: nothing is told without them.
    if (order.kind === "start") this.#tellOfMischief();
  }

  #tellOfMischief(): void {
    tellUncaught((message) => this.#report(message));
    tellStandstills((message) => this.#report(message));
  }

  #begin(orders: StageOrders): void {
    this.#orders = orders;
    if (orders.stored) {
      // Kept by the page: what this document would keep for itself would go there as well.
      return emulation?.begin(orders.stored, (changes) => this.#post({ kind: "stored", changes }));
    }
    this.#keep = new Keep("stage", orders.key);
    for (const parcel of this.#keep.leftovers()) this.#post({ kind: "entries", ...parcel });
    for (const { from, upto, ...of } of this.#keep.holes()) {
      const at = Date.now();
      // Lost, unless the page has it: what has a number already is not taken again.
      const entries: Entry[] = [{ n: from, at, kind: "overflow", dropped: upto - from + 1 }];
      this.#post({ kind: "entries", ...of, entries });
    }
  }

  #report(message: string): void {
    this.#reporter.report({ kind: "problem", where: "vendor's script", message });
  }

  async #examine(): Promise<void> {
    this.#post({ kind: "examined", ...(await examiner.examine(this.#orders)) });
  }

  #tell(entries: Entry[]): void {
    if (!this.#orders) return;
    const { frontend, lease } = this.#orders;
    const parcel = { load: this.#load, frontend, lease, entries };
    this.#post({ kind: "entries", ...parcel });
    // Behind it, as storing takes time, and before the page can say that it has it.
    this.#keep?.put(parcel);
  }
}

function onMessage(event: MessageEvent): void {
  const port = event.ports[0];
  // Only the window that made this frame may hand over the port, and only once.
  if (event.source !== parent || event.data !== HANDOVER || !port) return;
  removeEventListener("message", onMessage);
  service.serve(port);
}

// What others have to answer or to load comes first: there is enough to do meanwhile.
addEventListener("message", onMessage);
parent.postMessage(GREETING, "*");
const service = new Service(takeCarried(document));
/** Before any other script runs here: what a script has looked up, it may go on using. */
const emulation = emulateStorage(window);
const examiner = new Examiner();
