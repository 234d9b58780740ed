// @vitest-environment node
import { beforeEach, expect, test, vi } from "vitest";
import { askKernel } from "../../../src/stage/numbers/kernel";

const URL = "http://localhost:1/token/number";
const request = {
  open: vi.fn(),
  send: vi.fn(),
  setRequestHeader: vi.fn(),
  status: 200,
  responseText: "",
};

beforeEach(() => {
  vi.resetAllMocks();
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      constructor() {
        Object.assign(this, request);
      }
    },
  );
});

const answer = (status: number, responseText: string) => {
  Object.assign(request, { status, responseText });
  return askKernel(URL, "777 666 555");
};

test("the request is a synchronous POST of the number alone", () => {
  answer(200, '{"given":true,"number":null}');
  expect(request.open).toHaveBeenCalledExactlyOnceWith("POST", URL, false);
  expect(request.send).toHaveBeenCalledExactlyOnceWith("777 666 555");
  expect("timeout" in request).toBe(false);
});

test.each([
  { given: true, number: "+420 777 666 555" },
  { given: true, number: null },
  { given: false, number: null },
])("the answer is %j", (said) => {
  expect(answer(200, JSON.stringify(said))).toEqual(said);
});

test.each([403, 500, 503, 0])("the status %i throws", (status) => {
  expect(() => answer(status, '{"given":true,"number":null}')).toThrow(
    `the kernel answered ${status}`,
  );
});

test("a request that fails throws without the address, which holds a token", () => {
  request.send.mockImplementation(() => {
    throw new Error(`Failed to load '${URL}'`);
  });
  expect(() => answer(0, "")).toThrow(/^the kernel cannot be reached$/);
});
