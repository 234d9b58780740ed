import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Voice } from "../../src/hosting/voice";
import type { Display } from "../../src/widget/situation";

let voice: Voice;
let view: Display;
/** All that was written to the regions, in order. */
let written: string[];

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  voice = new Voice();
  view = aView();
  written = [];
  voice.hear([view]);
});
afterEach(() => {
  voice.close();
  vi.useRealTimers();
});

function aView(): Display {
  const root = document.createElement("div");
  document.body.append(root);
  return { root, words: { status: "", alarm: "" }, slot: root, update: () => {}, wear: () => {} };
}
const regions = ({ root }: Display) => [...root.querySelectorAll("[role]")];
function say(words: Partial<Display["words"]>, views = [view]): void {
  const before = views.map((one) => regions(one).map(({ textContent }) => textContent));
  for (const one of views) Object.assign(one.words, words);
  voice.hear(views);
  note(before, views);
}
function pass(ms: number, views = [view]): void {
  const before = views.map((one) => regions(one).map(({ textContent }) => textContent));
  vi.advanceTimersByTime(ms);
  note(before, views);
}
function note(before: (string | null)[][], views: Display[]): void {
  views.forEach((one, place) => {
    regions(one).forEach(({ textContent }, region) => {
      const was = before[place]?.[region] ?? "";
      if (textContent && textContent !== was) written.push(textContent);
    });
  });
}

describe("what is said", () => {
  test("has its regions before anything is said, out of sight", () => {
    expect(regions(view).map(({ role, textContent }) => [role, textContent])).toEqual([
      ["status", ""],
      ["alert", ""],
    ]);
  });

  test("a status is said once it stands, a failure at once, each once", () => {
    say({ status: "online, connected" });
    pass(999);
    expect(written).toEqual([]);
    pass(1);
    say({ status: "online, connected" });
    pass(5_000);
    say({ status: "", alarm: "It failed." });
    say({ status: "", alarm: "It failed." });
    expect(written).toEqual(["online, connected", "It failed."]);
  });

  test("a step on the way that is over before it stands is passed over", () => {
    say({ status: "ready, not connected" });
    pass(500);
    say({ status: "" });
    pass(300);
    say({ status: "busy, connected" });
    pass(5_000);
    expect(written).toEqual(["busy, connected"]);
  });

  test("a burst of 200 in two seconds is said in two sentences at most", () => {
    for (let n = 0; n < 200; n++) {
      say({ status: n % 2 === 0 ? "online, connected" : "busy, connected" });
      pass(10);
    }
    pass(5_000);
    expect(written.length).toBeLessThanOrEqual(2);
    expect(regions(view)[0]?.textContent).toBe("busy, connected");
  });

  test("a failure that comes again after it was mended is said again", () => {
    say({ alarm: "It failed." });
    say({ alarm: "" });
    expect(regions(view)[1]?.textContent).toBe("");
    say({ alarm: "It failed." });
    expect(written).toEqual(["It failed.", "It failed."]);
  });

  test("a second view says nothing of its own", () => {
    const other = aView();
    say({ status: "online, connected" }, [view, other]);
    pass(5_000, [view, other]);
    expect(written).toEqual(["online, connected"]);
    expect(regions(other)).toEqual([]);
  });

  test("a view in the place of one that went says no old news, and the next", () => {
    const other = aView();
    say({ status: "online, connected", alarm: "It failed." }, [view, other]);
    pass(5_000);
    written = [];
    say({ status: "online, connected", alarm: "It failed." }, [other]);
    pass(5_000, [other]);
    expect(written).toEqual([]);
    say({ status: "offline, connected" }, [other]);
    pass(5_000, [other]);
    expect(written).toEqual(["offline, connected"]);
  });

  test("goes with its model", () => {
    say({ status: "online, connected" });
    voice.close();
    pass(5_000);
    expect(written).toEqual([]);
    expect(regions(view)).toEqual([]);
  });
});
