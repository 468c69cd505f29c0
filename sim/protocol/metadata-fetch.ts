import type { Metadata } from "./content.ts";
import type { ReadOutcome } from "./messages.ts";
import type { Desk, Settled } from "./operation.ts";
import type { ReadState } from "./read-state.ts";

/** What has come of asking for metadata: nothing yet, the metadata, or the end of the read. */
export type MetadataResult =
  | { readonly kind: "waiting" }
  | { readonly kind: "found"; readonly metadata: Metadata }
  | { readonly kind: "failed"; readonly outcome: ReadOutcome; readonly cause: string };

/** How many members, in their order, weigh as much as a quorum: so many are asked at most. */
export function metadataCandidates(
  members: readonly number[],
  weights: readonly number[],
  quorum: number,
): number {
  let weight = 0;
  let count = 0;
  while (count < members.length && weight < quorum) {
    weight += weights[members[count] as number] as number;
    count++;
  }
  return count;
}

/** Asks a few nodes at once; every answer that does not verify makes room for the next. */
export function startMetadata(state: ReadState, desk: Desk): void {
  for (let i = 0; i < desk.parameters.metadataReads; i++) askNext(state, desk);
}

function askNext(state: ReadState, desk: Desk): void {
  if (state.metadataAsked === state.metadataCandidates) return;
  const node = state.order[state.metadataAsked++] as number;
  const request = { kind: "get-metadata", call: desk.newCall(), blob: state.blob } as const;
  desk.ask(state, node, request, desk.once);
}

export function settleMetadata(
  state: ReadState,
  { call, answer, failure }: Settled,
  desk: Desk,
): MetadataResult {
  const told = answer?.kind === "metadata" ? answer.metadata : undefined;
  if (told !== undefined && desk.payload.verifies(told)) return { kind: "found", metadata: told };
  if (told !== undefined) state.forgedMetadata++;
  if (failure === "not-found") {
    state.notFoundWeight += desk.placement.weights(state.blob)[call.node] as number;
    if (state.notFoundWeight >= desk.placement.answerQuorum) {
      const cause = "a quorum of shards does not know the blob";
      return { kind: "failed", outcome: "not-found", cause };
    }
  }
  askNext(state, desk);
  if (state.openCalls > 0) return { kind: "waiting" };
  const cause = `none of ${state.metadataAsked} nodes gave metadata that verifies`;
  const outcome = state.forgedMetadata > 0 ? "corrupted-metadata" : "metadata-unavailable";
  return { kind: "failed", outcome, cause };
}
