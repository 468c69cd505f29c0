import { invariant } from "../engine/invariant.ts";
import { minutes } from "../engine/sim-time.ts";
import { type Committee, nodeOfShard } from "../placement/committee.ts";
import {
  attested,
  epochEndsAt,
  nextEpoch,
  nextSelected,
  votingEndsAt,
} from "../placement/epoch-clock.ts";
import { movedShards, nextSeating, type Seating } from "../placement/succession.ts";
import { faultBehind } from "../protocol/node-behaviour.ts";
import { bite } from "./bites.ts";
import type { CohortState } from "./cohort-state.ts";
import { BOTH, lackingOf } from "./gaps.ts";
import { awaitCollection } from "./garbage.ts";
import { openGap } from "./mishaps.ts";
import { setStatus } from "./node-life.ts";
import { BEFORE_ALL, countIn, expire } from "./population.ts";
import type { Scene } from "./scene.ts";
import { type Gain, gainsOf, releaseShards } from "./shard-moves.ts";
import { abandonSyncs, beginSync, resumeSyncs } from "./shard-sync.ts";

const CALL_JITTER_MAX = minutes(3);

/** Has the next call of the contract come: the end of the vote, or of the epoch. Members race for it. */
export function awaitCall({ state, parameters, context }: Scene): void {
  const { clock } = state;
  const { epoch: length } = parameters.epochs;
  const due = clock.phase === "done" ? votingEndsAt(clock, length) : epochEndsAt(clock, length);
  if (due === undefined) return;
  const members = new Set(state.owners).size;
  // The least of as many even draws: the member who calls first.
  const luck = 1 - Math.exp(Math.log(1 - context.random("call")()) / members);
  const late = luck * Math.min(parameters.epochs.callJitter, CALL_JITTER_MAX, length / 10);
  const delay = Math.max(1, Math.round(due - context.now + late));
  context.wake(delay, { kind: "epoch-call", epoch: clock.epoch });
}

/** Somebody has called the contract. */
export function takeCall(epoch: number, scene: Scene): void {
  const { state, parameters, context } = scene;
  const { epochs } = parameters;
  if (epoch !== state.clock.epoch) return;
  if (state.clock.phase === "done") {
    state.clock = nextSelected(state.clock, epochs.epoch, context.now);
    state.nextSeating = nextSeating(
      state.seating,
      {
        changes: epochs.changes.filter((change) => change.epoch === epoch + 1),
        stakeMoved: epochs.stakeMoved,
        candidateCountMax: epochs.activeSet,
      },
      context.random("stake"),
    );
    awaitCall(scene);
    return;
  }
  state.clock = nextEpoch(state.clock, epochs.epoch, context.now);
  startEpoch(state.nextSeating ?? state.seating, scene);
}

function startEpoch(seating: Seating, scene: Scene): void {
  const { state, parameters, context } = scene;
  const before = state.seating.committee;
  state.seating = seating;
  state.nextSeating = undefined;
  state.epoch = state.clock.epoch;
  state.population.growing = [];
  expireBlobs(scene);
  const last = { owners: state.previousOwners, startedAt: state.epochStartedAt };
  state.previousOwners = state.owners;
  state.owners = nodeOfShard(seating.committee);
  state.epochStartedAt = state.at;
  state.readsPrevious = true;
  state.attested = [];
  checkOwners(state, parameters.shardCount);
  context.record("epoch-started", {
    epoch: state.epoch,
    members: seating.committee.length,
    shards: parameters.shardCount,
    movedShards: movedShards(before, seating.committee),
  });
  const gains = gainsOf(state, last);
  abandonSyncs(scene);
  releaseShards(scene);
  for (const { node, how, epoch } of parameters.epochs.leavers) {
    if (epoch === state.epoch) leave(node, how, scene);
  }
  gainShards(gains, before, scene);
  // Until the nodes have heard of it, and what they say has reached the contract.
  context.wake(parameters.epochs.attestDelay, { kind: "work-again" });
}

function checkOwners({ owners }: CohortState, shardCount: number): void {
  const owned = owners.filter((node) => node >= 0).length;
  invariant(owned === shardCount, () => `${owned} of ${shardCount} shards have an owner`);
}

function expireBlobs(scene: Scene): void {
  const { state, means, context } = scene;
  const expired = expire(state.population, state.epoch);
  if (expired.length === 0) return;
  const blobs = expired.reduce((sum, { count }) => sum + count, 0);
  const bytes = expired.reduce((sum, { count, sizes }) => sum + count * means.blob[sizes]!, 0);
  context.record("blobs-expired", {
    epoch: state.epoch,
    blobs: Math.round(blobs),
    bytes: Math.round(bytes),
  });
  awaitCollection(expired, scene);
  closeEmptied(state);
}

// What nobody stores any more is missing nowhere.
function closeEmptied({ gaps, population, at }: CohortState): void {
  for (const gap of gaps.values()) {
    if (gap.to === Number.POSITIVE_INFINITY) continue;
    for (const axis of BOTH) {
      const { from, to } = lackingOf(gap, axis, at);
      if (countIn(population, from, to) === 0) gap[axis] = 1;
    }
  }
}

function leave(node: number, how: "serves" | "offline" | "refuses", scene: Scene): void {
  const its = scene.state.nodes[node]!;
  setStatus(node, "standby", scene);
  if (how === "offline") {
    its.up = false;
    its.isGone = true;
  }
  if (how === "refuses") its.isRefusing = true;
}

function gainShards(gains: readonly Gain[], before: Committee, scene: Scene): void {
  const { state } = scene;
  const wasMember = new Set(before.map(({ node }) => node));
  const hasBlobs = countIn(state.population, BEFORE_ALL, state.at) > 0;
  for (const [node, its] of state.nodes.entries()) {
    const own = gains.filter((gain) => gain.node === node);
    if (own.length === 0) continue;
    // One that is away misses of what it gained, too, what is certified from now on.
    const shards = own.map(({ shard }) => shard);
    if (!its.up || !its.conduct.stores) openGap(node, shards, scene);
    if (!hasBlobs) continue;
    if (!wasMember.has(node)) {
      its.metadata = 0;
      its.metadataSince = state.at;
      setStatus(node, "recover-metadata", scene);
    }
    for (const gain of own) beginSync(gain, scene);
  }
}

/** Members that hold what they gained say so; with enough weight the sync of the epoch is done. */
export function attest(scene: Scene): void {
  const { state, parameters, context } = scene;
  if (state.clock.phase !== "sync") return;
  if (state.at < state.epochStartedAt + parameters.epochs.attestDelay) return;
  for (const { node, shards } of state.seating.committee) {
    const its = state.nodes[node]!;
    if (!its.up || state.attested.includes(node)) continue;
    const standing = standingOf(node, state);
    const { told, fault } = its.conduct;
    const liar = faultBehind(told, "attest-falsely");
    if (!standing.isWhole && liar === undefined) continue;
    state.attested.push(node);
    if (standing.isFalse) bite([liar ?? fault], scene);
    context.record("epoch-attested", {
      epoch: state.epoch,
      node,
      shards: shards.length,
      isFalse: Number(standing.isFalse),
      startedAt: state.epochStartedAt,
    });
    const wasSyncing = state.clock.phase === "sync";
    state.clock = attested(state.clock, shards.length, parameters.writeQuorum, context.now);
    if (wasSyncing && state.clock.phase !== "sync") synced(scene);
  }
}

// Who does not keep its duty holds nothing of what it gained, and says at once that it does.
function standingOf(
  node: number,
  { nodes, gaps, epoch }: CohortState,
): { readonly isWhole: boolean; readonly isFalse: boolean } {
  const own = [...gaps.values()].filter((gap) => gap.node === node);
  if (!nodes[node]!.conduct.keeps) {
    return { isWhole: true, isFalse: own.some((gap) => gap.epoch === epoch) };
  }
  const isWhole = !own.some(({ origin, remedy }) => origin === "gained" || remedy === "scan");
  return { isWhole, isFalse: !isWhole };
}

// Reads move to the committee of the epoch, whether the rest has its shards or not.
function synced(scene: Scene): void {
  const { state, context } = scene;
  state.readsPrevious = false;
  context.record("epoch-synced", {
    epoch: state.epoch,
    startedAt: state.epochStartedAt,
    durationMicroseconds: state.at - state.epochStartedAt,
    weight: state.clock.weight,
  });
  awaitCall(scene);
}

/** A new member has all metadata, and sets about its shards. */
export function endMetadata(node: number, scene: Scene): void {
  const { state, means, context } = scene;
  const its = state.nodes[node]!;
  const blobs = countIn(state.population, BEFORE_ALL, state.epochStartedAt);
  its.metadata = -1;
  context.record("metadata-synced", {
    epoch: state.epoch,
    node,
    startedAt: its.metadataSince,
    blobs: Math.round(blobs),
    bytes: Math.round(blobs * means.metadata),
  });
  setStatus(node, "active", scene);
  resumeSyncs(node, state);
}
