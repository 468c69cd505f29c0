import { describe, expect, it } from "vitest";
import { Outages } from "./outages.ts";

describe("the ledger of outages", () => {
  it("has a node down from its first hold to its last release", () => {
    const outages = new Outages(2);
    expect(outages.hold(0, 7, 0)).toBe(true);
    expect(outages.hold(0, 8, 0)).toBe(false);
    expect(outages.release(0, 7)).toBe(false);
    expect(outages.heldBy(8)).toEqual([0]);
    expect(outages.release(0, 8)).toBe(true);
    expect(outages.heldBy(8)).toEqual([]);
  });

  it("refuses to release what is not held", () => {
    expect(() => new Outages(1).release(0, 3)).toThrow("does not hold node 0");
  });

  it("counts for each fault the losses since it took hold", () => {
    const outages = new Outages(1);
    outages.hold(0, 1, 10);
    outages.hold(0, 2, 15);
    expect(outages.countLosses(0, 1, 18)).toBe(8);
    expect(outages.countLosses(0, 2, 18)).toBe(3);
    expect(outages.countLosses(0, 1, 19)).toBe(1);
  });

  it("multiplies what slows a node, and is back at exactly 1 when all is over", () => {
    const outages = new Outages(1);
    outages.setSlow(0, "service", 4, 3);
    outages.setSlow(0, "service", 5, 0.1);
    expect(outages.slowness(0, "service").factor).toBeCloseTo(0.3, 12);
    expect(outages.slowness(0, "service").fault).toBe(5);
    expect(outages.slowness(0, "network")).toEqual({ factor: 1 });
    outages.setSlow(0, "service", 5, undefined);
    expect(outages.slowness(0, "service")).toEqual({ factor: 3, fault: 4 });
    outages.setSlow(0, "service", 4, undefined);
    expect(outages.slowness(0, "service")).toEqual({ factor: 1 });
  });

  it("is taken back to a snapshot as often as wanted", () => {
    const outages = new Outages(1);
    outages.hold(0, 1, 0);
    const snapshot = outages.snapshot();
    for (let i = 0; i < 2; i++) {
      expect(outages.release(0, 1)).toBe(true);
      outages.restore(snapshot);
    }
    expect(outages.heldBy(1)).toEqual([0]);
  });
});
