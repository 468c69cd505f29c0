import type { Lie, ToldLies } from "../protocol/lies.ts";

/** How a node behaves, as far as the aggregated model tells it apart. Plain data. */
export interface Conduct {
  /** All that its faults told it. */
  readonly told: readonly ToldLies[];
  /** Answers readers, and nodes that recover, with what it holds. */
  readonly serves: boolean;
  /** Answers them with garbage, so that they need not wait for its silence to be sure. */
  readonly forges: boolean;
  /** Stores what it is sent. */
  readonly stores: boolean;
  /** Sees to it that it holds what it should. */
  readonly keeps: boolean;
  readonly handsOver: boolean;
  /** Whose doing the first lie is; -1 of an honest node. */
  readonly fault: number;
}

export const HONEST: Conduct = conductOf([]);

export function conductOf(told: readonly ToldLies[]): Conduct {
  const has = (kind: Lie["kind"]) => told.some(({ lies }) => lies.some((lie) => lie.kind === kind));
  const [forges, withholds, signs] = [
    has("wrong-bytes"),
    has("withhold"),
    has("sign-without-storing"),
  ];
  return Object.freeze({
    told,
    serves: !forges && !withholds,
    forges,
    stores: !signs,
    keeps: !forges && !withholds && !signs,
    handsOver: !has("refuse-handover"),
    fault: told[0]?.fault ?? -1,
  });
}
