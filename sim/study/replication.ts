import type { SimTime } from "../engine/sim-time.ts";
import type { ReplicationRows } from "../metrics/rows.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import type { Tables } from "../scenario/tables.ts";

/** One scenario ready to run, as it is sent to every worker. */
export interface StudyCell {
  readonly scenario: ResolvedScenario;
  readonly tables: Tables;
  /** The command that runs this scenario again, to which `--only <replication>` is added. */
  readonly command: string;
}

/** What one replication leaves behind. Plain data. */
export interface ReplicationResult {
  /** Counted from 0. */
  readonly replication: number;
  readonly seed: string;
  readonly rows: ReplicationRows;
  /** Running hash of all events, as 16 hexadecimal digits. */
  readonly eventDigest: string;
  /** Running hash of all facts. */
  readonly factDigest: string;
  readonly eventCount: number;
  /** When the world had come to rest, after the horizon. */
  readonly simulatedTime: SimTime;
}

/** A mistake of ours in one replication, with the one command that shows it again. */
export class ReplicationError extends Error {
  override readonly name = "ReplicationError";
  readonly replay: string;

  constructor(message: string, replay: string) {
    super(message);
    this.replay = replay;
  }
}
