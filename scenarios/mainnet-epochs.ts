import { defineScenario } from "../sim/scenario/define.ts";

// Whitepaper v4 (arXiv 2505.05370v4) as quoted by a third party's notes; operators' own figures.
const source = "whitepaper v4, second hand";
const fitted = (number: string) => ({ number, source, fitted: true });
const predicted = (number: string) => ({ number, source });

/** Sizes are published as means of sliver pairs; how they spread is assumed. */
const blobs = (count: number, median: `${number}kB`) => ({
  preload: { blobs: count, size: { kind: "log-normal", median, sigma: 2 } as const },
});

/** Epoch 2 begins after an hour. */
const soon = { epochAge: "335h" } as const;

export default defineScenario({
  name: "mainnet-epochs",
  question:
    "Do the epoch changes measured on mainnet come out of the model, fitted on two of them?",
  grain: "cohort",
  replications: 3,
  horizon: "4d",
  // Epoch 9: a node joins, and gets the metadata of all blobs, then its four shards.
  committee: {
    ...soon,
    changes: [{ kind: "joins", epoch: 2, node: "newcomer", stake: "0.4%", place: "eu-west" }],
  },
  workload: blobs(9_937_500, "637kB"),
  published: [
    fitted("metadata.duration: max = 12.5h"),
    // From the beginning of the epoch: 12.5 h of metadata, then 15.25 h of slivers.
    fitted("transfer.duration: max = 27.75h"),
    predicted("transfer.bytes: mean = 222.5GB"),
  ],
  recovers: { within: "4d" },
  variants: {
    "epoch-9": {},
    // A member of twelve shards leaves, and twelve others get one each. The nodes' links are as fast as
    // the peak that was seen.
    "epoch-11": {
      horizon: "2d",
      committee: {
        ...soon,
        nodes: 83,
        uplink: "2.5Gbit/s",
        downlink: "2.5Gbit/s",
        changes: [{ kind: "leaves", epoch: 2, node: "node-40" }],
      },
      workload: blobs(6_600_000, "926kB"),
      published: [
        predicted("transfer.duration: max = 4h"),
        predicted("transfer.bytes: mean = 210GB"),
      ],
    },
    // A member leaves and is gone; one node recovers its shards, one after another: the first in 17 to 21 h.
    "epoch-17": {
      horizon: "8d",
      committee: {
        ...soon,
        nodes: 250,
        activeSet: 250,
        shardSync: { parallel: 1, giveUp: "1min" },
        changes: [
          { kind: "leaves", epoch: 2, node: "node-100", how: "offline" },
          { kind: "stake", epoch: 2, node: "node-101", factor: 1.75 },
        ],
      },
      workload: blobs(465_000, "926kB"),
      published: [fitted("transfer.duration: p25 = 19h")],
    },
    // 36 epochs: twelve of them moved five shards or more, after the first years at most thirteen.
    "36-epochs": {
      replications: 10,
      horizon: "504d",
      committee: { stakeMoved: "0.3%" },
      workload: { preload: { blobs: 0 } },
      published: [fitted("shards.moved: p67 = 5"), predicted("shards.moved: max = 13")],
    },
  },
});
