import type { ActorId } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { shardOfSliver } from "../placement/spread.ts";
import type { BlobNumber } from "./content.ts";

/** A storage node as the committee lists it. */
export interface Member {
  readonly actor: ActorId;
  readonly name: string;
  /** Indices of the committee's shards it holds. */
  readonly shards: readonly number[];
}

/** Byte counts of a blob under the code in force. */
export interface PieceSizes {
  readonly symbolBytes: number;
  readonly primaryBytes: number;
  /** 0 where the code has one dimension. */
  readonly secondaryBytes: number;
  readonly metadataBytes: number;
}

/** What the protocol asks of a code; sim/codec's codes fit. */
export interface CodeShape {
  readonly shardCount: number;
  readonly primaryNeeded: number;
  readonly secondaryNeeded: number;
  layout(blobBytes: number): PieceSizes;
}

/** What holds in all epochs. */
interface PlacementRules {
  readonly code: CodeShape;
  readonly writeQuorum: number;
  readonly answerQuorum: number;
  /** Sets the rotation of each blob. */
  readonly rotationSeed: number;
}

/** What the chain says of an epoch's committee. */
interface EpochRecord {
  readonly placement: Placement;
  readonly startedAt: SimTime;
  /** When the sync of its shards was done; Infinity while it goes on. */
  readonly doneAt: SimTime;
}

/** What the chain says of committees at a time. */
export interface CommitteeView {
  readonly epoch: number;
  /** Whether blobs certified before are still read from the previous committee. */
  readonly isSyncing: boolean;
}

/** The committees of all epochs that have begun, for whoever looks at the chain. Only the ledger adds to them. */
export class Committees {
  #records: readonly EpochRecord[] = [];

  /** Returns the epoch of the placement, the first of which is 1. */
  add(placement: Placement, startedAt: SimTime): number {
    const isFirst = this.#records.length === 0;
    const doneAt = isFirst ? startedAt : Number.POSITIVE_INFINITY;
    this.#records = [...this.#records, { placement, startedAt, doneAt }];
    return this.#records.length;
  }

  /** The sync of the last epoch is done. */
  syncDone(doneAt: SimTime): void {
    const last = this.#records.at(-1) as EpochRecord;
    this.#records = [...this.#records.slice(0, -1), { ...last, doneAt }];
  }

  get last(): Placement {
    return (this.#records.at(-1) as EpochRecord).placement;
  }

  /** What somebody knows who looked at that time. */
  viewAt(time: SimTime): CommitteeView {
    let index = this.#records.length - 1;
    while (index > 0 && (this.#records[index] as EpochRecord).startedAt > time) index--;
    return { epoch: index + 1, isSyncing: (this.#records[index] as EpochRecord).doneAt > time };
  }

  /** When the sync of an epoch was done; Infinity while it goes on. */
  doneAt(epoch: number): SimTime {
    return this.#records[epoch - 1]?.doneAt ?? Number.POSITIVE_INFINITY;
  }

  at(epoch: number): Placement {
    const placement = this.#records[epoch - 1]?.placement;
    invariant(placement !== undefined, () => `epoch ${epoch} has not begun`);
    return placement;
  }

  /** For forks: nothing that is in the list ever changes. */
  snapshot(): unknown {
    return this.#records;
  }

  restore(snapshot: unknown): void {
    const [first] = this.#records as readonly [EpochRecord];
    const [, ...later] = snapshot as readonly EpochRecord[];
    this.#records = [first];
    for (const { placement, startedAt, doneAt } of later) {
      // Placements know their committees, and those of another fork are not these.
      const shardsOf = placement.members.map(({ shards }) => shards);
      first.placement.successor(shardsOf, startedAt);
      if (doneAt !== Number.POSITIVE_INFINITY) this.syncDone(doneAt);
    }
  }
}

/** What each member is to hold of one blob, by member. */
interface SharesOfBlob {
  readonly blob: BlobNumber;
  readonly weights: readonly number[];
  readonly pairs: readonly (readonly number[])[];
  readonly shards: readonly (readonly number[])[];
}

/**
 * Which sliver pairs of which blob belong on which member of an epoch's committee, and how much of everything
 * is enough. Members are known by the same numbers in all epochs; some have no shards in some.
 */
export class Placement {
  readonly epoch: number;
  readonly members: readonly Member[];
  /** Those of all epochs that have begun, this one among them. */
  readonly committees: Committees;
  /** Shards of the committee. */
  readonly shardCount: number;
  /** Sliver pairs of a blob (n). */
  readonly pairCount: number;
  /** Primary slivers that reconstruct a blob (n - 2f). */
  readonly primaryNeeded: number;
  /** Symbols of secondary slivers that rebuild a primary one (n - f); Infinity in one dimension. */
  readonly secondaryNeeded: number;
  /** Weight that makes a write complete (n - f). */
  readonly writeQuorum: number;
  /** Weight of answers that no minority can outvote (2f + 1). */
  readonly answerQuorum: number;
  readonly #code: CodeShape;
  readonly #rules: PlacementRules;
  readonly #memberOfShard: Int32Array;
  /** Pairs by member, alike for all blobs, when every shard takes one pair. */
  readonly #weights: readonly number[] | undefined;
  #ofBlob: SharesOfBlob | undefined;
  #sizes: { bytes: number; sizes: PieceSizes } | undefined;

  /** The first placement of a world makes the list of all; later ones join it. */
  constructor(
    options: PlacementRules & { readonly members: readonly Member[] },
    later?: { readonly committees: Committees; readonly startedAt: SimTime },
  ) {
    this.committees = later?.committees ?? new Committees();
    this.epoch = this.committees.add(this, later?.startedAt ?? Number.NEGATIVE_INFINITY);
    this.members = options.members;
    this.#rules = options;
    this.#code = options.code;
    this.pairCount = options.code.shardCount;
    this.primaryNeeded = options.code.primaryNeeded;
    this.secondaryNeeded = options.code.secondaryNeeded;
    this.writeQuorum = options.writeQuorum;
    this.answerQuorum = options.answerQuorum;
    this.shardCount = options.members.reduce((sum, member) => sum + member.shards.length, 0);
    this.#memberOfShard = new Int32Array(this.shardCount).fill(-1);
    options.members.forEach((member, index) => {
      for (const shard of member.shards) {
        const owner = this.#memberOfShard[shard];
        invariant(
          owner === -1,
          () => `shard ${shard} of epoch ${this.epoch} has owners ${owner} and ${index}`,
        );
        this.#memberOfShard[shard] = index;
      }
    });
    this.#weights =
      this.shardCount === this.pairCount
        ? options.members.map((member) => member.shards.length)
        : undefined;
  }

  /** The placement of another epoch, which has begun. */
  at(epoch: number): Placement {
    return epoch === this.epoch ? this : this.committees.at(epoch);
  }

  /** The placement of the epoch after the last one, in which the members hold these shards. */
  successor(shardsOf: readonly (readonly number[])[], startedAt: SimTime): Placement {
    const members = this.members.map((member, index) => ({
      ...member,
      shards: shardsOf[index] as readonly number[],
    }));
    const { code, writeQuorum, answerQuorum, rotationSeed } = this.#rules;
    const rules = { code, writeQuorum, answerQuorum, rotationSeed };
    return new Placement({ ...rules, members }, { committees: this.committees, startedAt });
  }

  /** Whether every shard takes one pair of every blob, so that all blobs lie alike. */
  get isUniform(): boolean {
    return this.#weights !== undefined;
  }

  sizes(blobBytes: number): PieceSizes {
    if (this.#sizes?.bytes !== blobBytes) {
      this.#sizes = { bytes: blobBytes, sizes: this.#code.layout(blobBytes) };
    }
    return this.#sizes.sizes;
  }

  /** How many sliver pairs of the blob each member is to hold. */
  weights(blob: BlobNumber): readonly number[] {
    if (this.#weights !== undefined) return this.#weights;
    return this.#shares(blob).weights;
  }

  /** The member's shards that take a pair of the blob; positions on a member are positions in this list. */
  shards(blob: BlobNumber, member: number): readonly number[] {
    if (this.#weights !== undefined) return (this.members[member] as Member).shards;
    return this.#shares(blob).shards[member] as readonly number[];
  }

  /** Indices of the sliver pairs of the blob that the member is to hold, in the order of `shards`. */
  pairs(blob: BlobNumber, member: number): readonly number[] {
    if (this.#weights === undefined) return this.#shares(blob).pairs[member] as readonly number[];
    const rotation = this.rotation(blob);
    const shards = (this.members[member] as Member).shards;
    return shards.map((shard) => (this.shardCount + shard - rotation) % this.shardCount);
  }

  /** The sliver pair of the blob that a shard takes, in all epochs; undefined if it takes none. */
  pairOn(blob: BlobNumber, shard: number): number | undefined {
    const steps = (this.shardCount + shard - this.rotation(blob)) % this.shardCount;
    if (this.#weights !== undefined) return steps;
    const pair = Math.ceil((steps * this.pairCount) / this.shardCount);
    return this.shardOf(blob, pair) === shard && pair < this.pairCount ? pair : undefined;
  }

  /** The member that holds a shard. */
  ownerOf(shard: number): number {
    return this.#memberOfShard[shard] as number;
  }

  /** The member that is to hold a sliver pair of the blob. */
  memberOf(blob: BlobNumber, pair: number): number {
    return this.#memberOfShard[this.shardOf(blob, pair)] as number;
  }

  /**
   * The committee's shard of a sliver pair. A code with fewer or more pairs than the committee has
   * shards is spread evenly over the ring of shards, no two pairs on one.
   */
  shardOf(blob: BlobNumber, pair: number): number {
    return shardOfSliver(pair, this.pairCount, this.rotation(blob), this.shardCount);
  }

  /**
   * Where on the ring of shards a blob starts. Walrus takes its blob ID modulo the number of shards;
   * an ID is a hash, so here it is a hash of seed and number, alike in both payloads.
   */
  rotation(blob: BlobNumber): number {
    let hash = Math.imul(blob ^ this.#rules.rotationSeed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae3d);
    return ((hash ^ (hash >>> 16)) >>> 0) % this.shardCount;
  }

  // Of the last blob asked for: where blobs lie differently, all that is asked of one comes together.
  #shares(blob: BlobNumber): SharesOfBlob {
    if (this.#ofBlob?.blob === blob) return this.#ofBlob;
    const pairs: number[][] = this.members.map(() => []);
    const shards: number[][] = this.members.map(() => []);
    for (let pair = 0; pair < this.pairCount; pair++) {
      const shard = this.shardOf(blob, pair);
      const member = this.#memberOfShard[shard] as number;
      pairs[member]?.push(pair);
      shards[member]?.push(shard);
    }
    this.#ofBlob = { blob, pairs, shards, weights: pairs.map((list) => list.length) };
    return this.#ofBlob;
  }
}
