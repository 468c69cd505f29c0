import { faultDropping } from "../node-behaviour.ts";
import {
  type ChallengeDesk,
  FRAMING,
  type OwnChallenge,
  ownBlobs,
  symbolBytes,
  weightOf,
} from "./challenge-desk.ts";
import { prepare } from "./show-symbols.ts";

/** A cheat asks everybody for symbols of what it does not keep, to recover its own slivers from them. */
export function askOthers(own: OwnChallenge, fault: number, desk: ChallengeDesk): void {
  const { node, placement, context } = desk;
  const { challenge } = own;
  const bytesPerShard = ownBlobs(own.blobs, desk)
    .filter((blob) => faultDropping(desk.lies, blob) !== undefined)
    .reduce((sum, blob) => {
      const metadata = desk.metadataOf(blob);
      if (metadata === undefined) return sum;
      return sum + weightOf(node, desk) * symbolBytes(metadata, desk);
    }, 0);
  context.record("fault-bit", { fault, count: 1 });
  placement.members.forEach(({ actor, shards }, other) => {
    if (other === node || shards.length === 0) return;
    const request = { kind: "gather-symbols", challenge, node, fault, bytesPerShard } as const;
    context.send(actor, request, FRAMING);
  });
}

/** It has got some. A primary sliver takes symbols of n - f secondary ones. */
export function gather(from: number, desk: ChallengeDesk): void {
  const own = desk.state.own as OwnChallenge;
  const { secondaryNeeded } = desk.placement;
  const isEnough = own.gathered >= secondaryNeeded;
  own.gathered += weightOf(from, desk);
  if (!isEnough && own.gathered >= secondaryNeeded) prepare(own, desk);
}
