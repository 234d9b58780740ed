// @vitest-environment node
import { beforeEach, expect, test, vi } from "vitest";
import { askKernel } from "../../src/stage/numbers";

const request = {
  open: vi.fn(),
  send: vi.fn(),
  setRequestHeader: vi.fn(),
  status: 200,
  responseText: "",
};

beforeEach(() => {
  vi.clearAllMocks();
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
  return askKernel("http://localhost:1/token/number", "777 666 555");
};

test("the request is a synchronous POST of the number alone", () => {
  answer(200, "null");
  expect(request.open).toHaveBeenCalledExactlyOnceWith(
    "POST",
    "http://localhost:1/token/number",
    false,
  );
  expect(request.send).toHaveBeenCalledExactlyOnceWith("777 666 555");
  expect("timeout" in request).toBe(false);
});

test.each([
  ['"+420 777 666 555"', "+420 777 666 555"],
  ["null", null],
  ["42", null],
  ['{"a":1}', null],
])("the answer %s is %j", (text, expected) => {
  expect(answer(200, text)).toBe(expected);
});

test.each([
  [403, ""],
  [500, "null"],
  [0, ""],
  [200, "not JSON"],
])("the status %i with %j throws", (status, text) => {
  expect(() => answer(status, text)).toThrow();
});

test("a number that is no text is sent as one", () => {
  Object.assign(request, { status: 200, responseText: "null" });
  askKernel("http://localhost:1/token/number", 777);
  expect(request.send).toHaveBeenCalledWith("777");
});
