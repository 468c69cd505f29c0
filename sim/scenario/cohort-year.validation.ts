import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { days } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";

/** A year with all that an aggregated world knows: epochs, churn, lost disks, liars, outages, and blobs that expire. */
const year = smallScenario({
  grain: "cohort",
  horizon: "365d",
  committee: {
    nodes: 13,
    shards: 31,
    stake: { kind: "zipf", exponent: 0.8 },
    places: { north: "60%", south: "40%" },
    providers: { big: "30%", small: "70%" },
    stakeMoved: "3%",
    changes: [
      { kind: "joins", epoch: 5, node: "newcomer", stake: "5%" },
      { kind: "leaves", epoch: 10, node: "node-04", how: "refuses" },
      { kind: "leaves", epoch: 15, node: "node-07", how: "offline" },
    ],
  },
  cohorts: { sampledWrites: "1%", recoveryTime: "1s" },
  workload: {
    clients: { north: "50%", south: "50%" },
    preload: { blobs: 1_000_000, size: { kind: "log-normal", median: "1MiB", sigma: 1.4 } },
    writes: {
      rate: "200/h",
      size: "1MiB",
      lifetime: 6,
      extended: { share: "20%", after: "1d", epochs: 6 },
    },
    reads: { rate: "1/h" },
  },
  faults: [
    { kind: "crash-recover", timeToFailure: "20d", timeToRepair: "8h" },
    { kind: "disk-loss", timeToFailure: "300d" },
    { kind: "provider-outage", provider: "big", at: "180d", lasts: "1d" },
    { kind: "slow", nodes: { share: "30%" }, at: "200d", lasts: "20d", factor: 20 },
    { kind: "liars", nodes: { count: 1, by: "random" }, behaviour: "attest-falsely", from: "50d" },
    {
      kind: "liars",
      nodes: { count: 1, by: "random" },
      behaviour: "sign-without-storing",
      from: "250d",
    },
  ],
});

describe("a year, forked at random instants", () => {
  it("ends as it does unforked, event by event and fact by fact", () => {
    const whole = buildWorld(year, 0, {});
    whole.run();
    const world = buildWorld(year, 0, {});
    const instants = fc.sample(fc.integer({ min: 0, max: days(365) }), 4).sort((a, b) => a - b);
    const forks = instants.map((instant) => {
      world.world.runUntil(instant);
      return world.fork();
    });
    for (const fork of [...forks, world]) {
      fork.run();
      expect(fork.world.eventDigest).toBe(whole.world.eventDigest);
      expect(fork.world.factDigest).toBe(whole.world.factDigest);
      expect(fork.traffic()).toEqual(whole.traffic());
    }
    expect(whole.world.engine.eventCount).toBeGreaterThan(10_000);
  });
});
