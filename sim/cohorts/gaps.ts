import type { Axis } from "../codec/code.ts";
import type { SimTime } from "../engine/sim-time.ts";

/** How a gap came about. */
export type GapOrigin =
  /** The node was down, or did not store, while blobs were certified. */
  | "missed"
  /** Its disk was lost. */
  | "lost"
  /** The shard came to it with a new epoch. */
  | "gained";

/** How a gap is being closed. */
export type GapRemedy =
  /** Blob syncs, in order of certification. */
  | "sync"
  /** A run over all certified blobs, in order of ID. */
  | "scan"
  /** Shard sync from the previous owner: all primary slivers in order of ID, then all secondary ones. */
  | "transfer"
  /** The same shard recovered from the whole committee, in order of ID. */
  | "recover"
  /** Nobody knows of it, or the node does not care. */
  | "none";

/**
 * What a node lacks of some of its shards: all slivers of blobs whose certification and whose ID lie in a
 * rectangle. Closing it moves two edges, one an axis, through the rectangle. The gaps of one shard on one
 * node never overlap. Plain data.
 */
export interface Gap {
  readonly id: number;
  readonly node: number;
  shards: number[];
  readonly origin: GapOrigin;
  remedy: GapRemedy;
  readonly from: SimTime;
  /** Infinite while it goes on. */
  to: SimTime;
  readonly idFrom: number;
  readonly idTo: number;
  /** Share of the rectangle, in the order of its remedy, that has been closed. */
  primary: number;
  secondary: number;
  /** When the work on it may begin, and began; -1 before. */
  readyAt: SimTime;
  startedAt: SimTime;
  /** When something of it was last closed; what gives a shard sync up. */
  progressAt: SimTime;
  /** Of a shard that was gained: who had it, who has it still on disk (-1: nobody), and since when. */
  readonly formerOwner: number;
  source: number;
  readonly epoch: number;
  /** What came, by way of a transfer and of recovery; in slivers and in bytes. */
  slivers: number;
  bytes: number;
  recoveredSlivers: number;
  recoveryBytes: number;
}

type Given = Pick<Gap, "id" | "node" | "shards" | "origin" | "remedy" | "from" | "to" | "readyAt">;

export function newGap(given: Given & Partial<Gap>): Gap {
  return {
    idFrom: 0,
    idTo: 1,
    primary: 0,
    secondary: 0,
    startedAt: -1,
    progressAt: given.readyAt,
    formerOwner: -1,
    source: -1,
    epoch: -1,
    slivers: 0,
    bytes: 0,
    recoveredSlivers: 0,
    recoveryBytes: 0,
    ...given,
  };
}

/** Blobs by certification, [from, to), and by ID, [idFrom, idTo). */
export interface Rectangle {
  readonly from: SimTime;
  readonly to: SimTime;
  readonly idFrom: number;
  readonly idTo: number;
}

/** Syncs go through time; everything else goes through IDs. */
export const goesThroughTime = ({ remedy, origin }: Gap): boolean =>
  remedy === "sync" || (remedy === "none" && origin === "missed");

/** What is still lacking of one axis now. */
export function lackingOf(gap: Gap, axis: Axis, now: SimTime): Rectangle {
  const { from, idFrom, idTo } = gap;
  const to = Math.min(gap.to, now);
  const closed = gap[axis];
  if (goesThroughTime(gap)) return { from: from + closed * (to - from), to, idFrom, idTo };
  return { from, to, idFrom: idFrom + closed * (idTo - idFrom), idTo };
}

/** The next blob in the way of the work on an axis. */
export function edgeOf(gap: Gap, axis: Axis, now: SimTime): { certifiedAt: SimTime; id: number } {
  const { from, to, idFrom, idTo } = lackingOf(gap, axis, now);
  if (goesThroughTime(gap)) return { certifiedAt: from, id: (idFrom + idTo) / 2 };
  return { certifiedAt: (from + to) / 2, id: idFrom };
}

/** Nothing is lacking any more; gaps that go on are not closed. */
export const isClosed = ({ primary, secondary, to }: Gap): boolean =>
  primary >= 1 && secondary >= 1 && to !== Number.POSITIVE_INFINITY;

/** A copy of what a source lacks, for the node that the shard goes to: the part not yet closed of it. */
export function restOf(gap: Gap, now: SimTime): Rectangle & Pick<Gap, "primary" | "secondary"> {
  const to = Math.min(gap.to, now);
  const done = Math.min(gap.primary, gap.secondary);
  const rest = done >= 1 ? 0 : 1 - done;
  const share = (axis: Axis) => (rest === 0 ? 1 : (gap[axis] - done) / rest);
  const area = goesThroughTime(gap)
    ? { from: gap.from + done * (to - gap.from), to, idFrom: gap.idFrom, idTo: gap.idTo }
    : { from: gap.from, to, idFrom: gap.idFrom + done * (gap.idTo - gap.idFrom), idTo: gap.idTo };
  return { ...area, primary: share("primary"), secondary: share("secondary") };
}
