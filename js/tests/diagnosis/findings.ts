/** What a stage finds in its document where nothing is amiss, for the tests that hand it on. */
import type { StageFindings } from "../../src/findings";

export const STAGE: StageFindings = {
  script: null,
  violations: [],
  local: "works",
  session: "works",
  cookies: "works",
  frames: 0,
  media: [],
};
