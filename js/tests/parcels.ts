/** What several tests need: entries, parcels of them, and a tab's storage that can be full or gone. */
import { type MockInstance, vi } from "vitest";
import type { Entry, Parcel } from "../src/wire";

export const event = (n: number, at = n): Entry => ({
  n,
  at,
  kind: "event",
  type: "t",
  detail: {},
});

export const events = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i));

export const overflow = (n: number, dropped: number, at = n): Entry => ({
  n,
  at,
  kind: "overflow",
  dropped,
});

export const numbers = (entries: Entry[] | undefined): number[] | undefined =>
  entries?.map(({ n }) => n);

export const aParcel = (load: string, entries: Entry[], lease = 1): Parcel => ({
  load,
  frontend: "page",
  lease,
  entries,
});

/**
 * Gives the tab a storage that takes so many things, and while it is full nothing more; what is
 * there can be written over, as where a quota is used up. Nothing longer than `most` ever fits.
 */
export function storageThatFills({
  full,
  room = Infinity,
  most = Infinity,
}: {
  full: boolean;
  room?: number;
  most?: number;
}) {
  const now = { full };
  const real = sessionStorage;
  const setItem = (key: string, value: string) => {
    const fresh = real.getItem(key) === null;
    if (value.length > most || (fresh && (now.full || real.length >= room))) {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    }
    real.setItem(key, value);
  };
  const get = (storage: Storage, name: string) =>
    name === "setItem" ? setItem : Reflect.get(storage, name);
  vi.stubGlobal("sessionStorage", new Proxy(real, { get }));
  return now;
}

/** A document without an origin of its own: even to look for its storage throws. */
export const noStorage = (): MockInstance =>
  vi.spyOn(globalThis, "sessionStorage", "get").mockImplementation(() => {
    throw new DOMException("The document is sandboxed.", "SecurityError");
  });
