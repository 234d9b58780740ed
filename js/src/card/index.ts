/** What a page needs to ask a person for an isolation: fetched once per page, where one is needed. */
export { Card } from "./card";
