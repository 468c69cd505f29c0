import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { days, hours, milliseconds, minutes } from "../engine/sim-time.ts";
import { promptRecovery, SmallNetwork } from "../testing/small-network.ts";
import type { PlainLie } from "./lies.ts";

// n = 10, f = 3. While liars and lost disks together are at most f, every certified blob keeps the
// n - 2f = 4 honest primary slivers that it takes to begin with.
const NODES = 10;
const FAULTY_MAX = 3;

const troubles = fc.record({
  /** Which nodes lie, lose their disks or neither; the first `FAULTY_MAX` may. */
  roles: fc.array(
    fc.constantFrom("wrong-bytes", "withhold", "sign-without-storing", "disk", "none"),
    {
      minLength: FAULTY_MAX,
      maxLength: FAULTY_MAX,
    },
  ),
  /** When a disk is lost, in minutes. */
  lostAt: fc.integer({ min: 0, max: 60 }),
  /** Who is down from when to when. */
  outages: fc.array(
    fc.record({
      node: fc.integer({ min: 0, max: NODES - 1 }),
      from: fc.integer({ min: 0, max: 60 }),
      lasts: fc.integer({ min: 1, max: 30 }),
    }),
    { maxLength: 8 },
  ),
  writes: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
});

describe("once faults have stopped", () => {
  it("every honest node comes to hold all of every certified blob", () => {
    let certified = 0;
    let recovered = 0;
    fc.assert(
      fc.property(troubles, ({ roles, lostAt, outages, writes }) => {
        const liars: Record<number, PlainLie> = {};
        roles.forEach((role, node) => {
          if (role !== "disk" && role !== "none") liars[node] = role;
        });
        const network = new SmallNetwork({
          weights: new Array<number>(NODES).fill(1),
          oneWay: milliseconds(20),
          liars,
          preloadedBytes: [50_000],
          node: { recovery: promptRecovery },
        });
        roles.forEach((role, node) => {
          if (role !== "disk") return;
          network.befall(node, { kind: "lose-disk", share: 1, fault: -1 }, minutes(lostAt));
        });
        for (const { node, from, lasts } of outages) {
          network.befall(node, { kind: "crash", fault: -1 }, minutes(from));
          network.befall(node, { kind: "restart", fault: -1 }, minutes(from + lasts));
        }
        // Overlapping outages end early for some; at the end all are up for certain.
        for (let node = 0; node < NODES; node++) {
          network.befall(node, { kind: "crash", fault: -1 }, hours(2));
          network.befall(node, { kind: "restart", fault: -1 }, hours(2) + 1);
        }
        writes.forEach((at, index) => {
          network.write(index, index + 1, 50_000, minutes(at));
        });
        const audit = network.audit(days(2));
        expect(audit).toMatchObject({ lost: 0, unavailable: 0, incomplete: 0 });
        certified += network.found("blob-certified").length;
        recovered += network.found("recovery-finished").length;
      }),
      { numRuns: 60 },
    );
    // The property is not empty: in each run blobs were written and nodes had something to recover.
    expect(certified).toBeGreaterThan(60);
    expect(recovered).toBeGreaterThan(60);
  });
});
