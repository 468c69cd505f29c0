import { defineScenario } from "../sim/scenario/define.ts";

type Faults = NonNullable<Parameters<typeof defineScenario>[0]["faults"]>;
type Liars = Extract<Faults[number], { kind: "liars" }>;

/** All that storage nodes can do wrong at once, on the same set of them. */
const everything = (nodes: Liars["nodes"]): Faults => [
  { kind: "liars", nodes, behaviour: ["sign-without-storing", "wrong-bytes"] },
  // Of a third of all blobs they give nothing, of the rest garbage, and that as late as they may.
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "withhold", blobs: { share: "33%" } },
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "delay", margin: "1s", from: "20min" },
  { kind: "slow", nodes: { sameAs: 0 }, at: "10min", lasts: "20min", factor: 10, what: "network" },
  { kind: "flap", nodes: { sameAs: 0 }, at: "30min", lasts: "10min", up: "5s", down: "5min" },
  // When the committee changes they keep what others are to get, and say at once that they have all of theirs.
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "refuse-handover" },
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "attest-falsely" },
];

/** Garbage alone, which costs a reader nothing but another try: what is left is the distance. */
const garbage = (nodes: Liars["nodes"]): Faults => [
  { kind: "liars", nodes, behaviour: "wrong-bytes" },
];

/** Of 333 that the committee bears as many as leave room for those that stake brings them with the next epoch. */
const third = "32.5%";

const workload = {
  writes: { rate: "30/h", size: "1MiB" },
  reads: { arrivals: { kind: "on-write", readers: 30, within: "5min" } },
} as const;

const nearby = { ...workload, clients: { "us-east": "100%" } } as const;

const always = [
  "read.success: ratio >= 0.999",
  "write.success: ratio >= 0.97",
  "blobs.lost: count == 0",
  "faults.bites: count >= 1",
];

/** Half of the readers notice nothing; the unluckiest wait for three rounds of silence. */
const slowly = ["read.latency: p50 <= 2s", "read.latency: p99 <= 16min"];

export default defineScenario({
  name: "byzantine-third",
  question: "Do reads and writes go on if a third of the shards does everything wrong at once?",
  replications: 6,
  horizon: "1h",
  warmUp: "5min",
  // Half of the 105 nodes hold 18 shards of 1,000, the rest one: a third of the shards is some 35 nodes drawn
  // at random, and 67 of those that hold least.
  preset: "testnet",
  committee: {
    // An epoch ends 45 minutes after the beginning.
    epochAge: "1395min",
    stakeMoved: "3%",
    shardSync: { giveUp: "10min" }, // Instead of 12 h: else the run would wait for those who refuse.
  },
  workload: {
    ...workload,
    clients: { "us-east": "40%", "eu-west": "40%", "ap-southeast": "20%" },
  },
  faults: everything({ share: third }),
  variants: {
    random: {},
    // A reader asks three nodes for metadata, and waits five minutes if all three are silent: one in 25 does
    // with 35 of 105 nodes silent, one in four with 67, though both hold a third. So reads take 61 s in the
    // mean (48 to 73) instead of 17 s (7 to 27).
    "worst-for-reads": {
      faults: everything({ share: third, by: "search", hurting: "reads" }),
    },
    // The helpers nearest to those who recover: it takes little longer (490 s in the mean, 389 to 591, instead of
    // 435 s, 348 to 521), for who recovers asks in random order, and waits for silence and not for distance.
    "worst-for-recovery": {
      faults: everything({ share: third, by: "search", hurting: "recovery" }),
    },
    "garbage-at-random": {
      faults: garbage({ share: third }),
      workload: nearby,
      guarantees: [...always, "read.latency: mean <= 2s"],
    },
    // The nodes nearest to readers in the east of America. They hurt no more than any (0.62 s in the mean instead of
    // 0.60 s): a reader asks in random order, and waits for far nodes in any case.
    "garbage-near-us-east": {
      faults: garbage({ share: third, by: "search", hurting: "latency", region: "us-east" }),
      workload: nearby,
      guarantees: [...always, "read.latency: mean <= 2s"],
    },
    // While they are down a write lacks signatures: 660 shards, where 667 must sign. And of what was written
    // before, nobody recovers a primary sliver any more.
    "some-nodes-more": { expect: "broken", faults: everything({ share: "34%" }) },
  },
  recovers: { within: "3h" },
  guarantees: [...always, ...slowly],
});
