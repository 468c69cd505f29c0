import { defineScenario } from "../sim/scenario/define.ts";

const promises = ["read.success: ratio >= 0.99", "write.success: ratio >= 0.9"];

/** Where operations succeed they are to be as fast as ever. */
const speedy = [...promises, "read.latency: p95 <= 5s", "write.latency: p95 <= 20s"];

export default defineScenario({
  name: "churn-open-network",
  question: "How unsteady may operators be before blobs can no longer be written, or even read?",
  replications: 10,
  horizon: "12h",
  warmUp: "30min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 200, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    writes: { rate: "10/h", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "1/min" },
  },
  // The Weibull fits of Javadi et al., "The Failure Trace Archive", JPDC 2013:
  // churn-fits-published.csv. A disk outlives its node's absence.
  variants: {
    // Up 91 % of the time.
    "web-servers": {
      guarantees: speedy,
      faults: [
        {
          kind: "crash-recover",
          timeToFailure: { kind: "weibull", shape: 0.46, scale: "3.68h" },
          timeToRepair: { kind: "weibull", shape: 0.65, scale: "0.61h" },
        },
      ],
    },
    // Up 81 % of the time.
    "office-computers": {
      guarantees: speedy,
      faults: [
        {
          kind: "crash-recover",
          timeToFailure: { kind: "weibull", shape: 0.55, scale: "35.3h" },
          timeToRepair: { kind: "weibull", shape: 0.6, scale: "9.34h" },
        },
      ],
    },
    // Up 53 % of the time: enough for the third of the shards that reads take, not for the two
    // thirds that writes take.
    "home-computers": {
      expect: "broken",
      faults: [
        {
          kind: "crash-recover",
          timeToFailure: { kind: "weibull", shape: 0.64, scale: "10.86h" },
          timeToRepair: { kind: "weibull", shape: 0.63, scale: "9.48h" },
        },
      ],
    },
    // Up 22 % of the time.
    "file-sharers": {
      expect: "broken",
      faults: [
        {
          kind: "crash-recover",
          timeToFailure: { kind: "weibull", shape: 0.85, scale: "2.04h" },
          timeToRepair: { kind: "weibull", shape: 0.44, scale: "2.98h" },
        },
      ],
    },
  },
  recovers: { within: "2h" },
  guarantees: promises,
});
