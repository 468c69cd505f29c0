import type { ScenarioInput } from "../scenario/scenario.ts";

/**
 * Five kinds of trouble, enough for every branch of the protocol. They fit committees with regions
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
  partition: {
    faults: [
      { kind: "partition", from: { region: "south" }, at: "20s", lasts: "40s" },
      { kind: "liars", nodes: { share: "20%" }, behaviour: "withhold" },
    ],
  },
};
