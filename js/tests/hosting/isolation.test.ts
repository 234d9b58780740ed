// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from "vitest";
import { onLoopback, settleIsolation } from "../../src/hosting/isolation";
import type { Run } from "../../src/wire";
import { simulation } from "../simulation";
import { aRun } from "../widget/scene";

const SERVER = { base: "http://localhost:1234/token/", nonce: "nonce" };
const NEVER = new AbortController().signal;
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
  at("localhost");
});

const at = (hostname: string) => vi.stubGlobal("location", { hostname });
const settle = (run: Partial<Run>) => settleIsolation(aRun(run), NEVER);
const answering = (text: string, ok = true) =>
  fetched.mockImplementation(async () => new Response(text, { status: ok ? 200 : 404 }));

describe("settled without a word to anyone", () => {
  test.each(["opaque", "none"] as const)("%s, wherever the page is", async (isolation) => {
    for (const host of ["localhost", "hub.example"]) {
      at(host);
      const settled = await settle({ isolation, server: SERVER });
      expect(settled).toEqual({ isolation, why: `isolation="${isolation}" was set` });
    }
    expect(fetched).not.toHaveBeenCalled();
  });

  test("the simulator under auto is opaque, and nobody is asked", async () => {
    for (const host of ["localhost", "hub.example"]) {
      at(host);
      const run = { isolation: "auto", simulation: simulation(), server: SERVER } as const;
      const settled = await settle(run);
      expect(settled).toMatchObject({ isolation: "opaque" });
    }
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe.each([
  ["auto", "ask"],
  ["origin", "unreachable"],
] as const)("%s", (isolation, otherwise) => {
  test("where the server answers its nonce: origin, with a reason", async () => {
    answering("nonce");
    const settled = await settle({ isolation, server: SERVER });
    expect(settled).toMatchObject({ isolation: "origin", why: expect.stringMatching(/\w+ \w+/) });
    expect(fetched).toHaveBeenCalledExactlyOnceWith(
      "http://localhost:1234/token/probe",
      expect.objectContaining({ credentials: "omit", cache: "no-store" }),
    );
  });

  test(`on a page that is not on loopback: ${otherwise}, without a probe`, async () => {
    for (const host of [
      "hub.example",
      "localhost.evil.example",
      "192.168.0.1",
      "0.0.0.0",
      "[::1]",
    ]) {
      at(host);
      const settled = await settle({ isolation, server: SERVER });
      expect(settled).toEqual({ [otherwise]: expect.stringContaining("own machine") });
    }
    expect(fetched).not.toHaveBeenCalled();
  });

  test(`without a server: ${otherwise} with the kernel's reason`, async () => {
    const settled = await settle({ isolation, server: null, serverProblem: "no port is free" });
    expect(settled).toEqual({ [otherwise]: "no port is free" });
    expect(fetched).not.toHaveBeenCalled();
  });

  test.each([
    ["another nonce", () => answering("other")],
    ["an error", () => answering("nonce", false)],
    ["nothing", () => fetched.mockRejectedValue(new TypeError("refused"))],
  ])(`where %s answers, twice: ${otherwise}`, async (_, answer) => {
    answer();
    const settled = await settle({ isolation, server: SERVER });
    expect(settled).toEqual({ [otherwise]: expect.stringContaining("does not answer") });
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test("a second try that is answered is enough", async () => {
    fetched.mockRejectedValueOnce(new TypeError("refused"));
    fetched.mockResolvedValueOnce(new Response("nonce"));
    expect(await settle({ isolation, server: SERVER })).toMatchObject({ isolation: "origin" });
  });
});

test("a stage that was closed meanwhile is not probed for again", async () => {
  const controller = new AbortController();
  fetched.mockImplementation(async () => {
    controller.abort();
    throw new DOMException("aborted", "AbortError");
  });
  await settleIsolation(aRun({ isolation: "auto", server: SERVER }), controller.signal);
  expect(fetched).toHaveBeenCalledOnce();
});

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["localhost.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["evil-localhost", false],
  ["128.0.0.1", false],
  ["", false],
])("%j is on loopback: %j", (hostname, expected) => {
  expect(onLoopback(hostname)).toBe(expected);
});
