import type { Metadata, SliverSlice } from "./content.ts";
import type { OperationState } from "./operation.ts";

/** Phases of a read, in order. */
export const METADATA = 0;
export const SLIVERS = 1;
export const DECODING = 2;
export const RESTARTING = 3;

/** A read under way. Plain data. */
export interface ReadState extends OperationState {
  readonly kind: "read";
  readonly read: number;
  /** The stretch that is wanted; the whole blob when undefined. */
  readonly range: { readonly offset: number; readonly bytes: number } | undefined;
  /** It had expired, or was deleted, before it was asked for. */
  readonly wasOver: boolean;
  /** Members in the order in which they are asked. */
  order: readonly number[];
  /** How many of them metadata is asked of at most. */
  metadataCandidates: number;
  metadataAsked: number;
  forgedMetadata: number;
  /** Of members, in metadata; of slivers, later. */
  notFoundWeight: number;
  /** The same of answers that the blob was encoded wrongly, as the chain says. */
  invalidWeight: number;
  /** Weight of members that say that it was certified before this epoch, and in it. */
  oldWeight: number;
  newWeight: number;
  metadata: Metadata | undefined;
  /** Next to ask: a place in the order, and a position on that member. */
  member: number;
  position: number;
  /** Slivers (or symbols) asked for and not settled. */
  waiting: number;
  /** Valid ones among those that came. */
  valid: number;
  sliversReceived: number;
  bytesReceived: number;
  slices: SliverSlice[];
  /** Primary slivers of the range that no try has brought. */
  missing: number;
  /** Members that did not give theirs: not asked again. */
  failedMembers: number[];
}
