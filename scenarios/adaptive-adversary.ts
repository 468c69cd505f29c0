import { defineScenario } from "../sim/scenario/define.ts";

const promises = [
  "read.success: ratio >= 0.997",
  "blobs.lost: count == 0",
  "faults.bites: count >= 1",
];

export default defineScenario({
  name: "adaptive-adversary",
  question: "Can one who sees all, and may always strike a third, keep nodes from recovering?",
  replications: 5,
  horizon: "2h",
  warmUp: "5min",
  committee: { nodes: 50, shards: 500 }, // f is 166: sixteen nodes of ten shards.
  workload: {
    preload: { blobs: 300, size: "1MiB" },
    reads: { rate: "2/min" },
  },
  faults: [
    // Five nodes lose their disks; whoever recovers is what the adversary looks for.
    { kind: "disk-loss", nodes: { count: 5 }, at: "10min" },
    {
      kind: "adaptive",
      budget: "33%",
      watches: "recovery",
      does: "crash",
      every: "2s", // Recovering takes seconds: a slower one would come too late.
      reaction: "1s",
      lasts: "90min",
    },
  ],
  variants: {
    "hits-who-recovers": { guarantees: [...promises, "read.latency: p95 <= 5s"] },
    "hits-the-weakest-blob": {
      faults: [
        { kind: "disk-loss", nodes: { count: 5 }, at: "10min" },
        {
          kind: "adaptive",
          budget: "33%",
          watches: "margin",
          does: "withhold",
          every: "30s",
          reaction: "30s",
          lasts: "90min",
        },
      ],
    },
    // With a third gone for good, 330 of 500 shards are left: what withholds 165 of those leaves too few
    // of the 168 that a reader needs, and no node away comes back to be recovered.
    "a-third-gone-before": {
      expect: "broken",
      faults: [
        { kind: "crash", nodes: { share: "34%" }, at: "10min" },
        {
          kind: "adaptive",
          budget: "33%",
          watches: "margin",
          does: "withhold",
          every: "30s",
          reaction: "30s",
          lasts: "90min",
        },
      ],
    },
  },
  recovers: { within: "30min" },
  // One in twenty readers may ask three silent nodes for metadata, and waits five minutes for them.
  guarantees: [...promises, "read.latency: p90 <= 5s"],
});
