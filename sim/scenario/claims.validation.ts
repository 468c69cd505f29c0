import { describe, expect, it } from "vitest";
import { thresholds } from "../placement/thresholds.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

// What Walrus promises, on mainnet's thousand shards, each a node of its own so that the boundary can be
// met to the shard; and, for those that hold weight and not heads, on whatever sizes of node there are.
// Sources: MystenLabs/walrus, docs/content/system-overview/core-concepts.mdx; whitepaper v2, sections 1 to 5.
const SHARDS = 1000;
const { faultyMax } = thresholds(SHARDS);

type Faults = NonNullable<ScenarioInput["faults"]>;

const gone = (count: number): Faults =>
  count === 0 ? [] : [{ kind: "crash", nodes: { count, by: "random" }, at: "0s" }];

const lying = (count: number): Faults =>
  count === 0
    ? []
    : [{ kind: "liars", nodes: { count, by: "random" }, behaviour: "sign-without-storing" }];

function run(fields: Partial<ScenarioInput>) {
  const simulated = buildWorld(
    smallScenario({
      horizon: "1min",
      client: { handshakeRoundTrips: 0, connectTimeout: "1s" },
      ...fields,
      committee: { nodes: SHARDS, shards: SHARDS, places: { here: "100%" }, ...fields.committee },
      workload: { clients: { here: "100%" }, ...fields.workload },
    }),
    0,
    {},
  );
  const outcomes: Record<string, (number | string)[]> = {};
  let audit: Readonly<Record<string, number | string>> = {};
  simulated.world.observeFacts(({ fact, details }) => {
    if (fact === "audit") audit = details;
    if (details.outcome === undefined) return;
    outcomes[fact] ??= [];
    outcomes[fact].push(details.outcome);
  });
  simulated.run();
  return { reads: outcomes["read-finished"], writes: outcomes["write-finished"], audit };
}

const oneRead = {
  preload: { blobs: 1, size: "1KiB" },
  reads: { arrivals: { kind: "periodic", every: "40s" } },
} as const;
const oneWrite = {
  writes: { arrivals: { kind: "periodic", every: "40s" }, size: "1KiB" },
} as const;

describe("a write, n = 1000 and f = 333", () => {
  it.each([
    { silent: faultyMax, outcome: "ok" },
    { silent: faultyMax + 1, outcome: "not-enough-status" },
  ])("with $silent shards silent: $outcome", ({ silent, outcome }) => {
    expect(run({ faults: gone(silent), workload: oneWrite }).writes).toEqual([outcome]);
  });

  it("completes with f liars, who confirm what they do not keep", () => {
    expect(run({ faults: lying(faultyMax), workload: oneWrite }).writes).toEqual(["ok"]);
  });
});

describe("a read of a blob that all hold, n = 1000 and f = 333", () => {
  it.each([
    { lost: 2 * faultyMax, outcome: "ok", lostBlobs: 0 },
    { lost: 2 * faultyMax + 1, outcome: "not-enough-slivers", lostBlobs: 1 },
  ])("with $lost shards lost: $outcome", ({ lost, outcome, lostBlobs }) => {
    const { reads, audit } = run({ faults: gone(lost), workload: oneRead });
    expect(reads).toEqual([outcome]);
    expect(audit).toMatchObject({ blobs: 1, lost: lostBlobs });
  });
});

describe("a blob at its point of availability, n = 1000 and f = 333", () => {
  // The worst that a certificate allows: f signed without storing, so 2f + 1 - f honest nodes hold it,
  // n - 2f = 334 when the f others were silent.
  const faults = (liars: number): Faults => [
    {
      kind: "crash-recover",
      nodes: { list: namesOf(1, faultyMax) },
      timeToFailure: { kind: "constant", value: "1ms" },
      timeToRepair: { kind: "constant", value: "1000d" },
      stationary: false,
    },
    {
      kind: "liars",
      nodes: { list: namesOf(faultyMax + 1, liars) },
      behaviour: "sign-without-storing",
    },
  ];

  it.each([
    { liars: faultyMax, unavailable: 0 },
    { liars: faultyMax + 1, unavailable: 1 },
  ])("is held by enough with $liars liars: $unavailable of 1 blobs unavailable", (row) => {
    const { writes, audit } = run({ faults: faults(row.liars), workload: oneWrite });
    expect(writes).toEqual(["ok"]);
    expect(audit).toMatchObject({ blobs: 1, unavailable: row.unavailable });
  });
});

describe("the recovery of one lost sliver pair, n = 1000", () => {
  // The node's own secondary sliver, once recovered, is one of the 667 that its primary one takes.
  it.each([
    { helpers: 666, incomplete: 0 },
    { helpers: 665, incomplete: 1 },
  ])("with $helpers other nodes alive leaves $incomplete incomplete", ({ helpers, incomplete }) => {
    const { audit } = run({
      horizon: "10min",
      faults: [
        ...(helpers < SHARDS - 1
          ? [
              {
                kind: "crash",
                nodes: { list: namesOf(2, SHARDS - 1 - helpers) },
                at: "0s",
              } as const,
            ]
          : []),
        { kind: "disk-loss", nodes: { list: namesOf(1, 1) }, at: "1s" },
      ],
      workload: { preload: { blobs: 1, size: "1KiB" } },
    });
    expect(audit).toMatchObject({ blobs: 1, lost: 0, incomplete });
  });
});

describe("weight counts, not heads: nodes of all sizes", () => {
  const committee = { nodes: 105, stake: { kind: "zipf", exponent: 0.9 } } as const;

  it("write while just under a third of the shards is gone, read while just under two thirds are", () => {
    const third = run({
      committee,
      faults: [{ kind: "crash", nodes: { share: "33.3%", by: "worst" }, at: "0s" }],
      workload: oneWrite,
    });
    expect(third.writes).toEqual(["ok"]);
    const twoThirds = run({
      committee,
      faults: [{ kind: "crash", nodes: { share: "66.6%", by: "worst" }, at: "0s" }],
      workload: oneRead,
    });
    expect(twoThirds.reads).toEqual(["ok"]);
  });

  it("do neither above", () => {
    const third = run({
      committee,
      faults: [{ kind: "crash", nodes: { share: "34%", by: "worst" }, at: "0s" }],
      workload: oneWrite,
    });
    expect(third.writes).toEqual(["not-enough-status"]);
    const twoThirds = run({
      committee,
      faults: [{ kind: "crash", nodes: { share: "67%", by: "worst" }, at: "0s" }],
      workload: oneRead,
    });
    expect(twoThirds.reads).toEqual(["not-enough-slivers"]);
  });
});

function namesOf(first: number, count: number): string[] {
  const digits = String(SHARDS).length;
  return Array.from(
    { length: count },
    (_, index) => `node-${String(first + index).padStart(digits, "0")}`,
  );
}
