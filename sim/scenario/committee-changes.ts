import { invariant } from "../engine/invariant.ts";
import type { EpochParameters } from "../protocol/epochs/parameters.ts";
import type { SeatedMember } from "./form-committee.ts";
import type { Member } from "./members.ts";
import type { ResolvedScenario } from "./scenario.ts";

/** The nodes that join later: known from the beginning, without shards until their epoch. */
export function joiners(
  { committee: { changes } }: ResolvedScenario,
  seated: readonly SeatedMember[],
): SeatedMember[] {
  const joining = changes.filter((change) => change.kind === "joins");
  return joining.map(({ node: name, place }, index): SeatedMember => {
    const like = seated[index % seated.length] as SeatedMember;
    const where = place === "" ? like.place : place;
    return { name, stake: 0, shards: null, place: where, provider: "", shardIndices: [] };
  });
}

/** How committees follow each other; undefined where the first epoch outlasts the run. */
export function epochsOf(
  { committee, horizon }: ResolvedScenario,
  members: readonly SeatedMember[],
): EpochParameters | undefined {
  const { epoch, epochAge, epochCalls, stakeMoved, activeSet, changes } = committee;
  if (epochAge + horizon < epoch) return undefined;
  const indexOf = (name: string) => {
    const index = members.findIndex((member) => member.name === name);
    invariant(index >= 0, () => `no node ${name}, though the scenario was checked`);
    return index;
  };
  // A node that holds no shards for want of stake when the world begins is not simulated at all.
  const isKnown = ({ node }: { readonly node: string }) =>
    members.some(({ name }) => name === node);
  return {
    length: epoch,
    age: epochAge,
    callJitter: epochCalls.jitter,
    stakeMoved,
    candidateCountMax: activeSet,
    changes: changes.filter(isKnown).map((change) => {
      const { epoch } = change;
      const node = indexOf(change.node);
      if (change.kind === "leaves") return { kind: "leaves", epoch, node, how: change.how };
      if (change.kind === "joins") return { kind: "joins", epoch, node, share: change.stake };
      return { kind: "stake", epoch, node, factor: change.factor };
    }),
  };
}

/** What a member's stake counts for when shards are handed out anew: what they were handed out for, where told. */
export const stakeOf = ({ stake, shards }: Pick<Member, "stake" | "shards">): bigint =>
  shards === null ? BigInt(stake) : BigInt(shards) * 1_000_000_000n;
