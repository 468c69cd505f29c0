import { invariant } from "../engine/invariant.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";

/**
 * Where the contract stands in an epoch: `sync` until members of enough weight have attested that they hold
 * their shards, `done` from then on, `selected` once the next committee is frozen. Plain data.
 * Source: MystenLabs/walrus, contracts/walrus/sources/staking/staking_inner.move.
 */
export interface EpochClock {
  readonly epoch: number;
  readonly phase: "sync" | "done" | "selected";
  /** Attested in this epoch, in shards. */
  readonly weight: number;
  /** When the sync was done, where the clock of the epoch starts; undefined while it goes on. */
  readonly doneAt: SimTime | undefined;
}

/** An epoch whose sync was done at a time, which may lie before the world's beginning. */
export const clockOfDone = (epoch: number, doneAt: SimTime): EpochClock => ({
  epoch,
  phase: "done",
  weight: 0,
  doneAt,
});

/** A member of so many shards says that it holds them. On reaching the quorum the sync is done, now. */
export function attested(
  clock: EpochClock,
  shardCount: number,
  quorum: number,
  now: SimTime,
): EpochClock {
  const weight = clock.weight + shardCount;
  if (clock.phase !== "sync" || weight < quorum) return { ...clock, weight };
  return { ...clock, weight, phase: "done", doneAt: now };
}

/** When the next committee may be chosen; undefined while the sync goes on, however long that takes. */
export const votingEndsAt = ({ doneAt }: EpochClock, length: Duration): SimTime | undefined =>
  doneAt === undefined ? undefined : doneAt + Math.round(length / 2);

/** When the next epoch may begin; undefined while the sync goes on: without a quorum an epoch never ends. */
export const epochEndsAt = ({ doneAt }: EpochClock, length: Duration): SimTime | undefined =>
  doneAt === undefined ? undefined : doneAt + length;

/** The next committee is chosen. */
export function nextSelected(clock: EpochClock, length: Duration, now: SimTime): EpochClock {
  const due = votingEndsAt(clock, length);
  const isDue = clock.phase === "done" && due !== undefined && now >= due;
  invariant(isDue, () => `epoch ${clock.epoch} is ${clock.phase}: no committee can be chosen now`);
  return { ...clock, phase: "selected" };
}

/** The next epoch begins, and with it the sync. */
export function nextEpoch(clock: EpochClock, length: Duration, now: SimTime): EpochClock {
  const due = epochEndsAt(clock, length);
  const isDue = clock.phase === "selected" && due !== undefined && now >= due;
  invariant(isDue, () => `epoch ${clock.epoch} is ${clock.phase}: it cannot end now`);
  return { epoch: clock.epoch + 1, phase: "sync", weight: 0, doneAt: undefined };
}
