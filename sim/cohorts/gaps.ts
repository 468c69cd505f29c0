import type { Axis } from "../codec/code.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { isReal, type Rectangle, without } from "./rectangles.ts";

export const BOTH: readonly Axis[] = ["primary", "secondary"];

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
 * rectangle. Closing it moves two edges, one an axis, through the rectangle. What the gaps of one shard on one
 * node lack never overlaps. Plain data.
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
  /** Of a shard that was gained: who had it, who has this still on disk (-1: nobody), and when it was gained. */
  readonly formerOwner: number;
  source: number;
  readonly epoch: number;
  readonly gainedAt: SimTime;
  /** Whoever has it was asked, and would not give it. */
  isRefused: boolean;
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
    gainedAt: -1,
    isRefused: false,
    slivers: 0,
    bytes: 0,
    recoveredSlivers: 0,
    recoveryBytes: 0,
    ...given,
  };
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

/** The next blobs in the way of the work on an axis: all of one moment, or all of one ID. */
export function edgeOf(gap: Gap, axis: Axis, now: SimTime): Rectangle {
  const lack = lackingOf(gap, axis, now);
  return goesThroughTime(gap) ? { ...lack, to: lack.from } : { ...lack, idTo: lack.idFrom };
}

/** Nothing is lacking any more; gaps that go on are not closed. */
export const isClosed = ({ primary, secondary, to }: Gap): boolean =>
  primary >= 1 && secondary >= 1 && to !== Number.POSITIVE_INFINITY;

/** What is missing of some blobs, on the same axes of all of them. */
export interface Lack extends Rectangle {
  readonly axes: readonly Axis[];
}

/** What is still lacking: where both axes are, and where one has run ahead of the other. */
export function lacksOf(gap: Gap, now: SimTime): Lack[] {
  const behind: Axis = gap.primary < gap.secondary ? "primary" : "secondary";
  const front: Axis = behind === "primary" ? "secondary" : "primary";
  const both = lackingOf(gap, front, now);
  const ahead = without(lackingOf(gap, behind, now), both);
  const twofold = isReal(both) ? [{ ...both, axes: BOTH }] : [];
  return [...twofold, ...ahead.map((area) => ({ ...area, axes: [behind] }))];
}
