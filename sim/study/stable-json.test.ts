import { expect, it } from "vitest";
import { hashOf, stableJson } from "./stable-json.ts";

it("writes equal data as equal text, whatever the order of the keys", () => {
  const text = stableJson({ b: [{ d: 1, c: 2 }], a: null });
  expect(text).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  expect(stableJson({ a: null, b: [{ c: 2, d: 1 }] })).toBe(text);
});

it("tells different data apart", () => {
  expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }));
});
