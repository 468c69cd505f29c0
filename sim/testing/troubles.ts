import type { ScenarioInput } from "../scenario/scenario.ts";

/**
 * Six kinds of trouble, enough for every branch of the protocol. They fit committees with regions
 * `north` and `south` and providers `big` and `small`, and runs of two minutes.
 */
export const troubles: Readonly<Record<string, Partial<ScenarioInput>>> = {
  churn: {
    faults: [{ kind: "crash-recover", timeToFailure: "1min", timeToRepair: "20s" }],
  },
  liars: {
    faults: [
      { kind: "liars", nodes: { share: "30%", by: "random" }, behaviour: "wrong-bytes" },
      { kind: "liars", nodes: { count: 1, by: "worst" }, behaviour: "sign-without-storing" },
    ],
  },
  "lost disks": {
    faults: [
      { kind: "disk-loss", nodes: { share: "40%", by: "random" }, at: "30s" },
      { kind: "crash", nodes: { share: "20%", by: "worst" }, at: "60s" },
    ],
  },
  outage: {
    faults: [
      { kind: "provider-outage", provider: "big", at: "20s", lasts: "30s" },
      { kind: "slow", nodes: { share: "30%" }, at: "50s", lasts: "40s", factor: 20 },
    ],
  },
  "a cheat": {
    workload: {
      clients: { north: "50%", south: "50%" },
      preload: { blobs: 20, size: { kind: "log-normal", median: "20KiB", sigma: 1 } },
      reads: { rate: "1/s", popularity: { kind: "newest", blobs: 10 } },
      writes: {
        rate: "0.2/s",
        size: { kind: "log-normal", median: "20KiB", sigma: 1 },
        misEncoding: { share: "50%", slivers: 3 },
      },
    },
    faults: [
      { kind: "crash-recover", timeToFailure: "2min", timeToRepair: "10s" },
      { kind: "disk-loss", nodes: { count: 2, by: "random" }, at: "70s" },
    ],
  },
  partition: {
    faults: [
      { kind: "partition", from: { region: "south" }, at: "20s", lasts: "40s" },
      { kind: "liars", nodes: { share: "20%" }, behaviour: "withhold" },
    ],
  },
  enemies: {
    faults: [
      {
        kind: "liars",
        nodes: { share: "20%", by: "search", hurting: "recovery" },
        behaviour: ["sign-without-storing", "withhold", "delay"],
        blobs: { share: "40%" },
        clients: ["north"],
        margin: "2s",
        from: "10s",
        lasts: "60s",
      },
      { kind: "flap", nodes: { sameAs: 0 }, at: "40s", lasts: "30s", up: "2s", down: "1s" },
      {
        kind: "adaptive",
        budget: "10%",
        watches: "margin",
        does: "crash",
        every: "10s",
        reaction: "1s",
      },
      { kind: "small-blob-flood", client: "south", at: "20s", lasts: "20s", rate: "1/s" },
      { kind: "registration-spam", at: "20s", lasts: "20s", rate: "2/s" },
    ],
  },
  war: {
    faults: [
      {
        kind: "regime",
        calm: { kind: "exponential", mean: "20s" },
        war: "15s",
        faults: [
          { kind: "eclipse", client: "north", liars: { share: "30%" }, at: "1s", lasts: "8s" },
          { kind: "crash-recover", timeToFailure: "30s", timeToRepair: "5s" },
          { kind: "disk-loss", nodes: { count: 1 }, at: "3s" },
        ],
      },
      {
        kind: "restart",
        at: "30s",
        within: "20s",
        downtime: "2s",
        failShare: "20%",
        harm: "wrong-bytes",
      },
      {
        kind: "adaptive",
        budget: "15%",
        watches: "margin",
        does: "withhold",
        every: "5s",
        reaction: "0s",
      },
    ],
  },
};
