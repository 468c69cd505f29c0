import { describe, expect, it } from "vitest";
import { exitCode, judge, overall } from "./gate.ts";
import { countPerReplication } from "./statistics/counts.ts";
import { type Estimate, noData } from "./statistics/estimate.ts";
import { replicationMean } from "./statistics/mean.ts";
import { pooledShare } from "./statistics/share.ts";
import { guarantees } from "./testing/guarantees.ts";

const guarantee = (text: string) => guarantees(text)[0]!;

const between = (low: number | null, value: number, high: number | null): Estimate => ({
  value,
  low,
  high,
  interval: "two-sided",
  count: 1000,
  replications: 10,
  note: "",
});

describe("a guarantee with a limit", () => {
  it.each([
    { text: "read.latency: p99 <= 2s", low: 1.0e6, high: 2.0e6, verdict: "met" },
    { text: "read.latency: p99 < 2s", low: 1.0e6, high: 2.0e6, verdict: "undecided" },
    { text: "read.latency: p99 <= 2s", low: 1.9e6, high: 2.1e6, verdict: "undecided" },
    { text: "read.latency: p99 <= 2s", low: 2.1e6, high: 2.3e6, verdict: "broken" },
    { text: "read.latency: p99 <= 2s", low: 2.0e6, high: 2.3e6, verdict: "undecided" },
    { text: "read.latency: p99 < 2s", low: 2.0e6, high: 2.3e6, verdict: "broken" },
    { text: "read.success: ratio >= 0.9", low: 0.9, high: 0.99, verdict: "met" },
    { text: "read.success: ratio > 0.9", low: 0.9, high: 0.99, verdict: "undecided" },
    { text: "read.success: ratio >= 0.9", low: 0.8, high: 0.89, verdict: "broken" },
  ])("$text is $verdict from $low to $high", ({ text, low, high, verdict }) => {
    expect(judge(guarantee(text), between(low, (low + high) / 2, high)).verdict).toBe(verdict);
  });

  it("is not met by an interval that is open at the far end", () => {
    const open = between(1e6, 1.2e6, null);
    expect(judge(guarantee("read.latency: p99 <= 2s"), open)).toMatchObject({
      verdict: "undecided",
      replicationsMore: 10,
    });
    expect(judge(guarantee("read.latency: p99 <= 0.5s"), open).verdict).toBe("broken");
  });

  it("fails without data", () => {
    const judgement = judge(guarantee("read.latency: p99 <= 2s"), noData(10));
    expect(judgement).toMatchObject({ verdict: "broken", noData: true });
  });

  it("is undecided after one replication, however good it looks", () => {
    const one = judge(
      guarantee("read.success: ratio >= 0.5"),
      pooledShare([{ total: 9, count: 9 }]),
    );
    expect(one).toMatchObject({ verdict: "undecided", replicationsMore: 1 });
  });
});

describe("an undecided guarantee", () => {
  const text = guarantee("node.availability: mean >= 0.9");

  it("needs about as many replications as shrink the interval to the limit", () => {
    // Reach 0.02 with 10 replications, distance 0.01. The spread per replication is 0.02 sqrt(10) /
    // t9 = 0.02796 (t9 = 2.262); with t(R - 1) near 2.03, R = (2.03 * 0.02796 / 0.01)^2 = 32.2.
    const { replicationsMore } = judge(text, between(0.89, 0.91, 0.93));
    expect(replicationsMore).toBe(33 - 10);
  });

  it("is beyond any number of replications if the value is the limit", () => {
    const judgement = judge(text, between(0.88, 0.9, 0.92));
    expect(judgement).toMatchObject({ verdict: "undecided", replicationsMore: null });
  });

  it("is decided by the number it asked for, if value and spread stay", () => {
    const short = [0.895, 0.93, 0.9, 0.915, 0.91];
    const { replicationsMore } = judge(text, replicationMean(short));
    const rounds = Math.ceil((5 + (replicationsMore ?? 0)) / 5);
    const long = Array.from({ length: rounds }, () => short).flat();
    expect(judge(text, replicationMean(long)).verdict).toBe("met");
  });
});

describe("a bound where nothing was hit", () => {
  const allOf = (count: number) => pooledShare(Array(10).fill({ total: count, count }));

  it("meets what it reaches", () => {
    expect(judge(guarantee("read.success: ratio >= 0.999"), allOf(1000)).verdict).toBe("met");
  });

  it("asks for as many more as bring the bound to the limit", () => {
    // 3.0e-3 from 1,000 reads in 10 replications; 1e-3 takes three times as many.
    const judgement = judge(guarantee("read.success: ratio >= 0.999"), allOf(100));
    expect(judgement).toMatchObject({ verdict: "undecided", replicationsMore: 20 });
  });

  it("never shows 100 %", () => {
    const judgement = judge(guarantee("read.success: ratio >= 1"), allOf(1000));
    expect(judgement).toMatchObject({ verdict: "undecided", replicationsMore: null });
  });

  it("breaks a guarantee on the side of all that was seen", () => {
    const none = pooledShare(Array(10).fill({ total: 0, count: 1000 }));
    expect(judge(guarantee("read.success: ratio >= 0.5"), none).verdict).toBe("broken");
  });
});

describe("count == 0", () => {
  it.each(["blobs.lost: count == 0", "blobs.lost: count <= 0"])(
    "%s is about what was seen",
    (text) => {
      const none = judge(guarantee(text), countPerReplication([0, 0, 0]));
      expect(none.verdict).toBe("met");
      expect(none.reason).toContain("none in any of 3 replications (chance in one < 63 % at 95 %)");
      expect(judge(guarantee(text), countPerReplication([0, 1, 0])).verdict).toBe("broken");
      expect(judge(guarantee(text), countPerReplication([2])).verdict).toBe("broken");
    },
  );

  it("fails if nothing was counted", () => {
    const judgement = judge(guarantee("blobs.lost: count == 0"), countPerReplication([undefined]));
    expect(judgement).toMatchObject({ verdict: "broken", noData: true });
  });
});

describe("the exit code", () => {
  const met = { verdict: "met", noData: false } as const;
  const broken = { verdict: "broken", noData: false } as const;
  const undecided = { verdict: "undecided", noData: false } as const;
  const empty = { verdict: "broken", noData: true } as const;

  it.each([
    { judgements: [], expect_: "met", code: 0 },
    { judgements: [met, met], expect_: "met", code: 0 },
    { judgements: [met, broken, undecided], expect_: "met", code: 1 },
    { judgements: [met, undecided], expect_: "met", code: 4 },
    { judgements: [met, empty], expect_: "met", code: 1 },
    { judgements: [met, broken, undecided], expect_: "broken", code: 0 },
    { judgements: [met, met], expect_: "broken", code: 1 },
    { judgements: [met, undecided], expect_: "broken", code: 4 },
    { judgements: [broken, empty], expect_: "broken", code: 1 },
  ] as const)(
    "is $code for $judgements.length guarantees, $expect_ expected",
    ({ judgements, expect_, code }) => {
      expect(exitCode(judgements, expect_)).toBe(code);
    },
  );

  it("goes by the worst verdict", () => {
    expect(overall([met, undecided])).toBe("undecided");
    expect(overall([undecided, broken])).toBe("broken");
  });
});
