import { describe, expect, it } from "vitest";
import { parseGuarantee } from "./guarantee.ts";

const mistakesIn = (text: string) => {
  const parsed = parseGuarantee(text);
  return parsed.ok ? [] : parsed.mistakes;
};

describe("a guarantee", () => {
  it.each([
    { text: "read.success: ratio >= 0.999", value: 0.999 },
    { text: "read.success: ratio >= 99.9%", value: 0.999 },
    { text: "read.latency: p99 <= 2s", value: 2_000_000 },
    { text: "read.latency: p99.9 < 500ms", value: 500_000 },
    { text: "write.tail: mean <= 1.5 min", value: 90_000_000 },
    { text: "blobs.lost: count == 0", value: 0 },
    { text: "read.amplification: mean <= 4.5x", value: 4.5 },
    { text: "node.availability: min > 0.9", value: 0.9 },
    { text: "recovery.duration: p95 <= 1h", value: 3_600_000_000 },
    { text: "recovery.bytes: p95 <= 1.5MiB", value: 1_572_864 },
    { text: "recovery.bytes: max <= 340 kB", value: 340_000 },
  ])("may be $text", ({ text, value }) => {
    const parsed = parseGuarantee(text);
    expect(parsed).toMatchObject({ ok: true, guarantee: { text, value } });
  });

  it("is kept with single spaces, however it was written", () => {
    const parsed = parseGuarantee("  read.latency :p50   <=2s ");
    expect(parsed).toMatchObject({ ok: true, guarantee: { text: "read.latency: p50 <= 2s" } });
  });

  it.each([
    { text: "read.sucess: ratio >= 0.999", nearest: "read.success" },
    { text: "write.latencies: p99 <= 2s", nearest: "write.latency" },
    { text: "read.latency: average <= 2s", nearest: undefined },
    { text: "read.success: rato >= 0.9", nearest: "ratio" },
    { text: "blobs.lost: counts == 0", nearest: "count" },
  ])("names what was likely meant: $text", ({ text, nearest }) => {
    expect(mistakesIn(text).map((mistake) => mistake.nearest)).toEqual([nearest]);
  });

  it.each([
    { text: "read.latency: p99 <= 2", found: "2", about: "duration" },
    { text: "read.success: ratio >= 2s", found: "2s", about: "share" },
    { text: "read.success: ratio >= 99.9", found: "99.9", about: "share" },
    { text: "blobs.lost: count == none", found: "none", about: "number" },
    { text: "recovery.bytes: p50 <= 340000", found: "340000", about: "size" },
    { text: "read.latency: p99 == 2s", found: "==", about: "never equals" },
    { text: "read.latency: p0 <= 2s", found: "p0", about: "aggregation" },
    { text: "read.success: p99 >= 0.9", found: "p99", about: "aggregation" },
    { text: "read.success >= 0.9", found: "read.success >= 0.9", about: "such as" },
  ])("is refused with what was expected: $text", ({ text, found, about }) => {
    const [mistake] = mistakesIn(text);
    expect(mistake?.found).toBe(found);
    expect(mistake?.expected).toContain(about);
  });

  it("tells of a wrong aggregation and a wrong value at once", () => {
    expect(mistakesIn("read.latency: median <= fast")).toHaveLength(2);
  });
});
