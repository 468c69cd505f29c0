import type { FactDetails } from "../engine/actor.ts";

/** What the honest nodes that are up serve of a blob, or of several that lie alike. */
export interface BlobHealth {
  /** Primary slivers above what reconstructs the blob; negative if they do not. */
  readonly margin: number;
  readonly isLost: boolean;
  readonly isIncomplete: boolean;
  /** Slivers that honest nodes that are up lack. */
  readonly lacking: number;
}

/** What a shard's owner is about. */
export type ShardState = "Active" | "Syncing" | "Recovering" | "Down" | "Lying";

const DECILES = 10;

/** Counts blobs by margin and shards by state into the details of one `health` fact. */
export class HealthCount {
  /** Primary slivers of a whole blob above what reconstructs it (2f). */
  readonly #marginMax: number;
  readonly #deciles = new Array<number>(DECILES).fill(0);
  readonly #shards = { Active: 0, Syncing: 0, Recovering: 0, Down: 0, Lying: 0 };
  readonly #counts = { blobs: 0, unavailable: 0, lost: 0, incomplete: 0 };
  #marginMin: number;
  #backlogSlivers = 0;

  constructor(marginMax: number) {
    this.#marginMax = marginMax;
    this.#marginMin = marginMax;
  }

  get unavailable(): number {
    return this.#counts.unavailable;
  }

  addBlobs({ margin, isLost, isIncomplete, lacking }: BlobHealth, times: number): void {
    const counts = this.#counts;
    counts.blobs += times;
    if (isLost) counts.lost += times;
    if (isIncomplete) counts.incomplete += times;
    this.#marginMin = Math.min(this.#marginMin, margin);
    this.#backlogSlivers += lacking * times;
    if (margin < 0) counts.unavailable += times;
    else this.#deciles[this.#decileOf(margin)]! += times;
  }

  addShards(state: ShardState, shards: number): void {
    this.#shards[state] += shards;
  }

  details(): FactDetails {
    return {
      ...this.#counts,
      marginMin: this.#marginMin,
      ...Object.fromEntries(this.#deciles.map((blobs, decile) => [`m${decile}`, blobs])),
      shardsActive: this.#shards.Active,
      shardsSyncing: this.#shards.Syncing,
      shardsRecovering: this.#shards.Recovering,
      shardsDown: this.#shards.Down,
      shardsLying: this.#shards.Lying,
      backlogSlivers: this.#backlogSlivers,
    };
  }

  // A code without parity (n = k) has no margin to speak of: all of it is the last tenth.
  #decileOf(margin: number): number {
    const decile = this.#marginMax === 0 ? DECILES : (DECILES * margin) / this.#marginMax;
    return Math.min(DECILES - 1, Math.floor(decile));
  }
}
