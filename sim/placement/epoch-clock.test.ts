import { describe, expect, it } from "vitest";
import { days } from "../engine/sim-time.ts";
import {
  attested,
  clockOfDone,
  epochEndsAt,
  nextEpoch,
  nextSelected,
  votingEndsAt,
} from "./epoch-clock.ts";

const length = days(14);
const quorum = 7; // of 10 shards

describe("the clock of an epoch", () => {
  const syncing = nextEpoch(nextSelected(clockOfDone(1, 0), length, days(7)), length, days(14));

  it("goes through its phases: half of the epoch to the vote, the whole to the next one", () => {
    expect(votingEndsAt(clockOfDone(1, 0), length)).toBe(days(7));
    expect(epochEndsAt(clockOfDone(1, 0), length)).toBe(days(14));
    expect(syncing).toEqual({ epoch: 2, phase: "sync", weight: 0, doneAt: undefined });
  });

  it("starts when the sync is done, which the quorum decides", () => {
    const almost = attested(syncing, 6, quorum, days(15));
    expect(almost).toMatchObject({ phase: "sync", weight: 6 });
    const done = attested(almost, 1, quorum, days(16));
    expect(done).toMatchObject({ phase: "done", weight: 7, doneAt: days(16) });
    expect(epochEndsAt(done, length)).toBe(days(30));
    // Stragglers are counted, and change nothing.
    expect(attested(done, 3, quorum, days(17))).toMatchObject({ weight: 10, doneAt: days(16) });
  });

  it("never ends while the quorum is missing", () => {
    const almost = attested(syncing, 6, quorum, days(15));
    expect(votingEndsAt(almost, length)).toBeUndefined();
    expect(epochEndsAt(almost, length)).toBeUndefined();
    expect(() => nextSelected(almost, length, days(1000))).toThrow(/no committee/);
  });

  it("lets nobody hurry it", () => {
    expect(() => nextSelected(clockOfDone(1, 0), length, days(7) - 1)).toThrow(/is done/);
    expect(() => nextEpoch(clockOfDone(1, 0), length, days(20))).toThrow(/cannot end/);
    const selected = nextSelected(clockOfDone(1, 0), length, days(7));
    expect(() => nextEpoch(selected, length, days(14) - 1)).toThrow(/cannot end/);
  });
});
