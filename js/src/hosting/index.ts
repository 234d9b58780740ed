/**
 * What a page needs to run stages and to deliver what they see, fetched once per page, when the
 * first may be wanted: every instance of the widget would carry it otherwise.
 */

export { newStage } from "./hosted";
export { Outboxes } from "./outboxes";
export { Place } from "./place";
export type { Stage } from "./stage";
export type { Order } from "./supplies";
