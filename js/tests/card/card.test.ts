import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Card } from "../../src/card/card";
import type { Situation } from "../../src/widget/situation";
import type { Isolation } from "../../src/wire";
import { onServer } from "../jupyter";
import { aRun } from "../widget/scene";

const HOST = "chat.example";
const KEY = `owidget_jupyter.isolation.${HOST}`;
const REASON = "this page is not opened on the kernel's own machine";

type Shown = Pick<Situation, "question" | "aside">;

/** One model of the page, with what its views show. */
class Asker {
  shown: Shown = { question: null, aside: null };
  readonly asking = vi.fn();
  readonly renew = vi.fn();
  readonly #controller = new AbortController();
  readonly #card = new Card((change) => Object.assign(this.shown, change), this.renew);

  ask(host = HOST): Promise<{ isolation: Isolation; why: string }> {
    const run = aRun({ script: `https://${host}/widget/OOWidget.js` });
    return this.#card.ask(run, REASON, this.#controller.signal, this.asking);
  }

  close(): void {
    this.#controller.abort(new Error("closed"));
  }

  get card(): HTMLElement {
    const [card] = this.shown.question?.parts() ?? [];
    if (!card) throw new Error("no card is shown");
    return card;
  }

  press(name: string): void {
    const found = [...this.card.querySelectorAll("button")].find((it) => it.textContent === name);
    if (!found) throw new Error(`no button ${name}`);
    found.click();
  }
}

let model: Asker;
let others: Asker[];
beforeEach(() => {
  sessionStorage.clear();
  model = new Asker();
  others = [];
});
afterEach(() => {
  for (const asker of [model, ...others]) asker.close();
  document.getElementById("jupyter-config-data")?.remove();
});
const another = () => {
  const made = new Asker();
  others.push(made);
  return made;
};
/** A choice that was made, and the answer to it. */
const chosen = async (button: string, asker = model) => {
  const answer = asker.ask();
  asker.press(button);
  return answer;
};
const again = () => model.shown.aside?.().querySelector("button");

describe("the card", () => {
  test("names the host in its title, and says that nothing was contacted", () => {
    void model.ask().catch(() => {});
    expect(model.asking).toHaveBeenCalledOnce();
    const { card } = model;
    expect(card.ariaLabel).toBe("Open the chat of chat.example?");
    expect(card.querySelector("[role=heading]")?.textContent).toBe(card.ariaLabel);
    expect(card.textContent).toContain("Nothing has been contacted yet.");
  });

  test("has the recommended choice first, and says so in a word", () => {
    void model.ask().catch(() => {});
    const options = [...model.card.querySelectorAll(".owidget-option")];
    const told = options.map((option) => [
      option.querySelector("button")?.textContent,
      option.querySelector(".owidget-badge")?.textContent,
    ]);
    expect(told).toEqual([
      ["Open isolated", "Recommended"],
      ["Open inside the page", undefined],
    ]);
  });

  test("has each button described by what it costs, in words and shapes", () => {
    void model.ask().catch(() => {});
    const { card } = model;
    const costs = [...card.querySelectorAll("button")].map((button) => {
      const id = button.getAttribute("aria-describedby");
      return card.querySelector(`[id="${id}"]`);
    });
    expect(costs[0]?.textContent).toMatch(/nothing of Jupyter.*frames inside the chat have none/);
    expect(costs[1]?.textContent).toContain("run code in the kernel included");
    for (const mark of card.querySelectorAll(".owidget-mark")) {
      expect(mark.getAttribute("aria-hidden") ?? (mark as HTMLElement).ariaHidden).toBe("true");
    }
  });

  test("has the reason and Python's way folded away", () => {
    void model.ask().catch(() => {});
    const why = model.card.querySelector("details");
    expect(why?.open).toBe(false);
    expect(why?.textContent).toContain(REASON);
    expect(why?.querySelector("code")?.textContent).toBe('chat.isolation = "opaque"');
  });

  test("describes each view's buttons by that view's own list", () => {
    void model.ask().catch(() => {});
    const ids = [model.card, model.card].flatMap((card) =>
      [...card.querySelectorAll("ul")].map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(4);
  });

  test.each([
    ["Open isolated", "opaque"],
    ["Open inside the page", "none"],
  ])("%s: %s", async (button, isolation) => {
    expect(await chosen(button)).toEqual({ isolation, why: "chosen on the card" });
    expect(model.shown.question).toBeNull();
  });

  test("that goes before anything was chosen remembers nothing", async () => {
    const answer = model.ask();
    model.close();
    await expect(answer).rejects.toThrow("closed");
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("a choice", () => {
  test("holds for its host: that is not asked again, and another is", async () => {
    await chosen("Open inside the page");
    const later = another();
    const why = "chosen on the card before, for this host and tab";
    expect(await later.ask()).toEqual({ isolation: "none", why });
    expect(later.asking).not.toHaveBeenCalled();
    expect(later.shown.question).toBeNull();
    void later.ask("chat.example:8443").catch(() => {});
    expect(later.asking).toHaveBeenCalledOnce();
  });

  test("answers every card of that host on the page, and no other host's", async () => {
    const [same, other] = [another(), another()];
    const answers = [same.ask(), other.ask("other.example")];
    const settled = vi.fn();
    void answers[1]?.then(settled, () => {});
    await chosen("Open isolated");
    expect(await answers[0]).toEqual({ isolation: "opaque", why: "chosen on the card" });
    expect(same.shown.question).toBeNull();
    expect(settled).not.toHaveBeenCalled();
    expect(other.card.ariaLabel).toContain("other.example");
  });

  test("is made for one Jupyter server: whoever is on a hub's next one is asked", async () => {
    onServer("/hub/user/alice/");
    await chosen("Open inside the page");
    expect(await another().ask()).toMatchObject({ isolation: "none" });
    onServer("/hub/user/bob/");
    const bobs = another();
    void bobs.ask().catch(() => {});
    expect(bobs.asking).toHaveBeenCalledOnce();
  });

  test.each(["opaque", "none"])("that is stored is taken: %s", async (stored) => {
    sessionStorage.setItem(KEY, stored);
    expect(await model.ask()).toMatchObject({ isolation: stored });
    expect(model.asking).not.toHaveBeenCalled();
  });

  test.each(["origin", "auto", "", "NONE", "null", '{"isolation":"none"}'])(
    "that is stored is checked: %j is none",
    (stored) => {
      sessionStorage.setItem(KEY, stored);
      void model.ask().catch(() => {});
      expect(model.asking).toHaveBeenCalledOnce();
    },
  );

  test("can be made again: it is forgotten, and a fresh stage asks", async () => {
    await chosen("Open inside the page");
    expect(again()?.textContent).toBe("Change");
    again()?.click();
    expect(model.renew).toHaveBeenCalledOnce();
    expect(sessionStorage).toHaveLength(0);
    expect(await chosen("Open isolated")).toMatchObject({ isolation: "opaque" });
    expect(model.asking).toHaveBeenCalledTimes(2);
  });

  test("that was taken from before can be made again, too", async () => {
    sessionStorage.setItem(KEY, "none");
    await model.ask();
    again()?.click();
    expect(model.renew).toHaveBeenCalledOnce();
    expect(sessionStorage).toHaveLength(0);
  });

  test("holds as long as the page where there is no storage", async () => {
    vi.spyOn(globalThis, "sessionStorage", "get").mockImplementation(() => {
      throw new DOMException("no", "SecurityError");
    });
    await chosen("Open isolated");
    expect(await another().ask()).toMatchObject({ isolation: "opaque" });
    again()?.click();
    void model.ask().catch(() => {});
    expect(model.asking).toHaveBeenCalledTimes(2);
  });
});
