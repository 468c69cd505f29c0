import { defineScenario } from "../sim/scenario/define.ts";

type Faults = NonNullable<Parameters<typeof defineScenario>[0]["faults"]>;

/** All that storage nodes can do wrong at once, on the same set of them. */
const everything = (nodes: Extract<Faults[number], { kind: "liars" }>["nodes"]): Faults => [
  {
    kind: "liars",
    nodes,
    behaviour: ["sign-without-storing", "wrong-bytes", "refuse-handover", "attest-falsely"],
  },
  // Of a third of all blobs they give nothing, of the rest garbage, and that as late as they may.
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "withhold", blobs: { share: "33%" } },
  // A reader whose three sources of metadata are all of them waits for five minutes.
  { kind: "liars", nodes: { sameAs: 0 }, behaviour: "delay", margin: "1s", from: "20min" },
  { kind: "slow", nodes: { sameAs: 0 }, at: "10min", lasts: "20min", factor: 10, what: "network" },
  { kind: "flap", nodes: { sameAs: 0 }, at: "30min", lasts: "30min", up: "5s", down: "5min" },
];

export default defineScenario({
  name: "byzantine-third",
  question: "Do reads and writes go on if a third of the shards does everything wrong at once?",
  replications: 5,
  horizon: "1h",
  warmUp: "5min",
  // Ten shards each at ten places: f is 333 of 1,000, so 33 nodes are within it, and 34 are not.
  committee: { nodes: 100, shards: 1000 },
  workload: {
    writes: { rate: "30/h", size: "1MiB" },
    reads: { arrivals: { kind: "on-write", readers: 30, within: "5min" } },
    clients: { "us-east": "40%", "eu-west": "40%", "ap-southeast": "20%" },
  },
  faults: everything({ share: "33.3%" }),
  variants: {
    random: {},
    "worst-for-reads": {
      faults: everything({ share: "33.3%", by: "search", hurting: "reads" }),
    },
    "worst-for-recovery": {
      faults: everything({ share: "33.3%", by: "search", hurting: "recovery" }),
    },
    // While they are down a write lacks the signatures of one node: 660 shards, where 667 must sign.
    "one-node-more": { expect: "broken", faults: everything({ share: "34%" }) },
  },
  recovers: { within: "1h" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 10s",
    "write.success: ratio >= 0.97",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1",
  ],
});
