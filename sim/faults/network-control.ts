import type { Network } from "../network/network.ts";

/** What faults do to the network, and what they ask of it. */
export type NetworkControl = Pick<
  Network,
  "setHost" | "scaleHost" | "addRule" | "removeRule" | "ruleHits" | "lostWhileDown" | "counters"
>;
