import type { Duration } from "../../engine/sim-time.ts";

/** How the network makes sure that nodes store what they are paid for. */
export type ChallengeParameters =
  /** Some blobs of each node, drawn. */
  | {
      readonly policy: "light";
      readonly period: Duration;
      /** Of each node. */
      readonly blobs: number;
      /** Before the draw, for which nobody gives anything of any blob. */
      readonly hush: Duration;
      /** From the beginning; who has no certificate then has failed. */
      readonly deadline: Duration;
      readonly late: LateNodes;
    }
  /** All blobs of all nodes, with reads down meanwhile. */
  | {
      readonly policy: "full";
      readonly period: Duration;
      /** Once 2f + 1 have their certificates, the others have so long for theirs. */
      readonly grace: Duration;
      /** From the announcement: it ends then in any case. */
      readonly deadline: Duration;
      readonly late: LateNodes;
    };

/** Honest nodes that are slow to hear of a challenge, and go on serving until then. */
export interface LateNodes {
  /** Of all shards; as near below as whole nodes allow. */
  readonly share: number;
  readonly delay: Duration;
  /** These instead, by position; drawn for each challenge when undefined. */
  readonly members?: readonly number[] | undefined;
}
