/**
 * What a page needs to run stages, fetched once per page, when the first may be wanted: every
 * instance of the widget would carry it otherwise.
 */
export { Card } from "./card";
export { foreseen } from "./isolation";
export { PagePanel } from "./panel";
export { type Order, Stage } from "./stage";
