import { expect, it } from "vitest";
import { formatCount, formatDuration, formatInterval, formatShare, formatValue } from "./format.ts";

it.each([
  [0.5, "50.0 %"],
  [0.9684, "96.84 %"],
  [0.99997, "99.99700 %"],
  [1 - 1e-9, "99.9999999000 %"],
  [1e-6, "0.000100 %"],
])("a share of %d has the decimals that its distance to 0 or 100 %% needs: %s", (share, text) => {
  expect(formatShare(share)).toBe(text);
});

it.each([
  [0, "0 s"],
  [850, "850 µs"],
  [999.6, "1,000 µs"],
  [12_345, "12.3 ms"],
  [2_000_000, "2 s"],
  [4_560_000, "4.56 s"],
  [12.5 * 60e6, "12.5 min"],
  [6 * 3600e6, "6 h"],
  [14 * 86_400e6, "14 d"],
])("%d microseconds are %s", (microseconds, text) => {
  expect(formatDuration(microseconds)).toBe(text);
});

it.each([
  [850, "850 B"],
  [339_339, "339 kB"],
  [4_832_828, "4.83 MB"],
  [2e12, "2,000 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatValue("bytes", bytes)).toBe(text);
});

it("groups digits by three", () => {
  expect([12, 1234, 1_234_567].map(formatCount)).toEqual(["12", "1,234", "1,234,567"]);
});

it("an end of a share's interval never rounds to 100 %, nor has more decimals than its value", () => {
  const share = {
    value: 0.99541,
    low: 0.9484,
    high: 0.999999361,
    count: 9,
    replications: 3,
    note: "",
  };
  expect(formatInterval("share", { ...share, interval: "two-sided" })).toBe("94.84 % to < 100 %");
});

it.each([
  { low: 1e6, high: 2e6, interval: "two-sided", text: "1 s to 2 s" },
  { low: 1e6, high: null, interval: "two-sided", text: "1 s or more" },
  { low: null, high: 2e6, interval: "two-sided", text: "up to 2 s" },
  { low: null, high: null, interval: "two-sided", text: "too few data for either end" },
  { low: null, high: null, interval: "none", text: "none: seen in one run only" },
] as const)("an interval is $text", ({ low, high, interval, text }) => {
  const estimate = { value: 1.5e6, low, high, interval, count: 9, replications: 3, note: "" };
  expect(formatInterval("microseconds", estimate)).toBe(text);
});

it("an end of an interval that is all, or none, has no decimals", () => {
  const share = { value: 0.9882, low: 0, high: 1, count: 9, replications: 3, note: "" };
  expect(formatInterval("share", { ...share, interval: "two-sided" })).toBe("0 % to 100 %");
});

it("thousands of operations in two replications are not too few, the replications are", () => {
  const open = { value: 1e6, low: null, high: null, count: 35_000, replications: 2, note: "" };
  const text = formatInterval("microseconds", { ...open, interval: "two-sided" });
  expect(text).toBe("too few replications for either end");
});
