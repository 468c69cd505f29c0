import type { Duration, SimTime } from "../engine/sim-time.ts";

/** Blobs that came with the world count as certified in the microsecond before it. */
export const BEFORE_ALL = -1;

/**
 * Blobs of one kind, certified one after another at an even pace from `from` to `to`. Plain data. Their
 * IDs are hashes: whatever their number, they lie evenly in [0, 1).
 */
export interface Cohort {
  readonly id: number;
  /** Which of the scenario's size distributions they have. */
  readonly sizes: number;
  readonly from: SimTime;
  to: SimTime;
  /** A mean, so not whole. */
  count: number;
  /** The first epoch in which they are no longer stored. */
  readonly endEpoch: number;
}

/** All blobs that are certified and not expired, in order of certification. Plain data. */
export interface Population {
  readonly cohorts: Cohort[];
  /** Cohorts that grow, by demand; none while nothing can be certified. */
  growing: Cohort[];
  nextCohort: number;
}

export const newPopulation = (): Population => ({ cohorts: [], growing: [], nextCohort: 0 });

export function addCohort(
  population: Population,
  cohort: Omit<Cohort, "id" | "to" | "count"> & { readonly to?: SimTime; readonly count?: number },
): Cohort {
  const added = { to: cohort.from, count: 0, ...cohort, id: population.nextCohort++ };
  population.cohorts.push(added);
  return added;
}

/** The same a while later, if cohorts grow at these paces, in blobs a microsecond. */
export function grownBy(
  population: Population,
  growth: readonly { readonly rate: number }[],
  passed: Duration,
): Population {
  const { cohorts, growing } = population;
  const grown = new Map(
    growing.map((cohort, demand) => [cohort, growCohort({ ...cohort }, growth[demand]!, passed)]),
  );
  return {
    ...population,
    cohorts: cohorts.map((cohort) => grown.get(cohort) ?? cohort),
    growing: [...grown.values()],
  };
}

/** Lets a cohort go on growing for so long. */
export function growCohort(
  cohort: Cohort,
  { rate }: { readonly rate: number },
  passed: Duration,
): Cohort {
  cohort.to += passed;
  cohort.count += rate * passed;
  return cohort;
}

/** Takes out what expires as this epoch begins. */
export function expire(population: Population, epoch: number): readonly Cohort[] {
  const expired = population.cohorts.filter(({ endEpoch }) => endEpoch <= epoch);
  if (expired.length > 0) {
    const left = population.cohorts.filter(({ endEpoch }) => endEpoch > epoch);
    population.cohorts.splice(0, population.cohorts.length, ...left);
  }
  return expired;
}

/** How many of a cohort's blobs were certified in [from, to). */
export function countOf(cohort: Cohort, from: SimTime, to: SimTime): number {
  const length = cohort.to - cohort.from;
  const overlap = Math.min(to, cohort.to) - Math.max(from, cohort.from);
  if (overlap <= 0 || length <= 0) return 0;
  return cohort.count * (overlap / length);
}

/** How many blobs were certified in [from, to). */
export function countIn({ cohorts }: Population, from: SimTime, to: SimTime): number {
  let sum = 0;
  for (const cohort of cohorts) sum += countOf(cohort, from, to);
  return sum;
}

/** The mean of something over the blobs certified in [from, to), which depends on their sizes alone. */
export function meanIn(
  { cohorts }: Population,
  from: SimTime,
  to: SimTime,
  bySizes: readonly number[],
): number {
  let count = 0;
  let sum = 0;
  for (const cohort of cohorts) {
    const part = countOf(cohort, from, to);
    count += part;
    sum += part * bySizes[cohort.sizes]!;
  }
  return count === 0 ? (bySizes[0] ?? 0) : sum / count;
}

/** One blob, out of its cohort. */
export interface BlobPoint {
  readonly cohort: Cohort;
  /** Its place in the cohort, 0 the oldest. */
  readonly index: number;
  readonly certifiedAt: SimTime;
  /** Where its ID lies among all possible ones, 0..1. */
  readonly id: number;
  /** Where its size lies among those of its cohort, 0..1. */
  readonly sizeShare: number;
}

/** A blob is there once half of it is: on average neither too early nor too late. */
const wholeBlobs = ({ count }: Cohort): number => Math.round(count);

/** How many single blobs there are to choose from. */
export const blobCount = ({ cohorts }: Population): number =>
  cohorts.reduce((sum, cohort) => sum + wholeBlobs(cohort), 0);

/** The blob at a position by age, 0 the oldest of all. */
export function blobAt(population: Population, position: number, seed: number): BlobPoint {
  let left = position;
  const { cohorts } = population;
  let cohort = cohorts[0] as Cohort;
  for (cohort of cohorts) {
    if (left < wholeBlobs(cohort)) break;
    left -= wholeBlobs(cohort);
  }
  const index = Math.max(0, Math.min(Math.floor(left), wholeBlobs(cohort) - 1));
  const share = Math.min(1, (index + 0.5) / cohort.count);
  return {
    cohort,
    index,
    certifiedAt: cohort.from + share * (cohort.to - cohort.from),
    id: hash(seed, cohort.id, 2 * index),
    sizeShare: hash(seed, cohort.id, 2 * index + 1),
  };
}

/** A number of [0, 1) that follows from three others and looks like luck. */
function hash(a: number, b: number, c: number): number {
  let h = 0x9e3779b9;
  for (const part of [a, b, c, Math.floor(c / 2 ** 32)]) {
    h = Math.imul(h ^ (part >>> 0), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 2 ** 32;
}
