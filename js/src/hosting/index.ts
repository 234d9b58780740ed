/**
 * What a page needs to run a stage, fetched once per page: views that only look on need none of
 * it, and every instance of the widget would carry it otherwise.
 */
export { foreseen } from "./isolation";
export { PagePanel } from "./panel";
export { Stage } from "./stage";
