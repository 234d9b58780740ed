import type { Outboxes } from "../../src/hosting/outboxes";
import type { Parcel } from "../../src/wire";

/** Adds a parcel and has it kept at once; returns whether all of it found a place. */
export const addTo = (boxes: Outboxes, parcel: Parcel): boolean | undefined => {
  let whole: boolean | undefined;
  boxes.add(parcel, (kept) => {
    whole = kept;
  });
  boxes.keep();
  return whole;
};
