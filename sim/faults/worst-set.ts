import type { RandomStream } from "../engine/random-streams.ts";
import { nearestBelow } from "./select-targets.ts";

/** One who waits for shards: how long after it asks each node answers. */
export interface Vantage {
  /** Of all that is hurt. */
  readonly weight: number;
  /** By node; infinite from a node that does not help it. */
  readonly latencies: ArrayLike<number>;
}

export interface WorstSetProblem {
  /** Shards of each node. */
  readonly shards: readonly number[];
  /** Shards that may be taken away. */
  readonly limit: number;
  readonly vantages: readonly Vantage[];
  /** Shards that each waits for: it is through with the node that makes them full. */
  readonly needed: number;
  /** Whoever reads asks so many nodes for metadata first, drawn among all, and waits so long if none of them gives it. */
  readonly sources?: { readonly count: number; readonly patience: number } | undefined;
}

/** So long waits who waits in vain: any set that leaves too little is worse than any that does not. */
const IN_VAIN = 1e12;

/** Searches begun at the worst sets of single vantages, and as many at random. */
const STARTS = 6;

/** Nodes looked at in one search, all exchanges together: some tenth of a second. */
const STEPS_MAX = 3e7;

/**
 * How much a set hurts: the weighted mean, over vantages, of when the shards needed are there, asked of
 * all that are not of the set. Of those in the set nobody counts. And the wait for metadata, as often as all
 * that are asked first are of the set.
 */
export function harm(problem: WorstSetProblem, isTaken: ArrayLike<number | boolean>): number {
  const { vantages } = problem;
  let sum = waitForMetadata(problem, isTaken);
  for (const vantage of vantages) sum += vantage.weight * waitOf(problem, vantage, isTaken);
  return sum;
}

function waitForMetadata(
  { shards, vantages, sources }: WorstSetProblem,
  isTaken: ArrayLike<number | boolean>,
): number {
  if (sources === undefined) return 0;
  const taken = shards.reduce((count, _, node) => count + (isTaken[node] ? 1 : 0), 0);
  let chance = 1;
  for (let i = 0; i < sources.count; i++) {
    chance *= Math.max(0, taken - i) / Math.max(1, shards.length - i);
  }
  return chance * sources.patience * vantages.reduce((sum, { weight }) => sum + weight, 0);
}

function waitOf(
  { shards, needed }: WorstSetProblem,
  vantage: Vantage,
  isTaken: ArrayLike<number | boolean>,
): number {
  let left = needed;
  for (const node of nearestFirst(vantage)) {
    if (isTaken[node]) continue;
    left -= shards[node]!;
    if (left <= 0) return Math.min(IN_VAIN, vantage.latencies[node]!);
  }
  return IN_VAIN;
}

const orders = new WeakMap<Vantage, readonly number[]>();

function nearestFirst(vantage: Vantage): readonly number[] {
  const known = orders.get(vantage);
  if (known !== undefined) return known;
  const { latencies } = vantage;
  const order = Array.from(latencies, (_, node) => node);
  order.sort((a, b) => latencies[a]! - latencies[b]! || a - b);
  orders.set(vantage, order);
  return order;
}

/**
 * The set that hurts most. From one vantage where nobody asks for metadata it is exact; else the best of greedy
 * searches with local exchanges, begun at the worst set of each vantage that weighs most, at random ones, and, for
 * metadata, at the nodes with fewest shards, which are most in number.
 */
export function worstSet(problem: WorstSetProblem, random: RandomStream): number[] {
  const { vantages, sources } = problem;
  if (vantages.length === 1 && sources === undefined)
    return filled(problem, worstForOne(problem, vantages[0]!));
  const heaviest = vantages.toSorted((a, b) => b.weight - a.weight).slice(0, STARTS);
  const starts = heaviest.map((vantage) => worstForOne(problem, vantage));
  for (let i = starts.length; i > 0; i--) starts.push([]);
  if (sources !== undefined) starts.push(smallestFirst(problem));
  let best: Search | undefined;
  for (const start of starts) {
    const search = new Search(problem, random);
    for (const node of start) search.take(node);
    search.climb();
    if (best === undefined || search.harm > best.harm) best = search;
  }
  return filled(problem, best === undefined ? [] : best.taken());
}

/**
 * From one vantage: to put the end of its wait beyond some node, as many of the shards up to that one must
 * go as leave too few. Whether nodes sum to a number of shards between that and the limit is a matter of
 * subset sums. The furthest such node is found; nodes as near as each other stand or fall together.
 */
function worstForOne(problem: WorstSetProblem, vantage: Vantage): number[] {
  const { shards, limit, needed } = problem;
  const order = nearestFirst(vantage);
  /** At [i][sum], whether some of the first i nodes hold so many shards. */
  const reached = [new Uint8Array(limit + 1)];
  reached[0]![0] = 1;
  let near = 0;
  let best: { readonly count: number; readonly sum: number } = { count: 0, sum: 0 };
  order.forEach((node, i) => {
    const before = reached[i]!;
    const row = before.slice();
    for (let sum = shards[node]!; sum <= limit; sum++) {
      if (before[sum - shards[node]!] === 1) row[sum] = 1;
    }
    reached.push(row);
    near += shards[node]!;
    const next = order[i + 1];
    if (next !== undefined && vantage.latencies[next] === vantage.latencies[node]) return;
    const least = Math.max(0, near - needed + 1);
    for (let sum = least; sum <= limit; sum++) {
      if (row[sum] !== 1) continue;
      best = { count: i + 1, sum };
      break;
    }
  });
  const chosen: number[] = [];
  let { sum } = best;
  for (let i = best.count; i > 0; i--) {
    if (reached[i - 1]![sum] === 1) continue;
    const node = order[i - 1]!;
    chosen.push(node);
    sum -= shards[node]!;
  }
  return chosen;
}

function smallestFirst({ shards, limit }: WorstSetProblem): number[] {
  const order = shards.map((_, node) => node).sort((a, b) => shards[a]! - shards[b]! || a - b);
  let room = limit;
  return order.filter((node) => {
    if (shards[node]! > room) return false;
    room -= shards[node]!;
    return true;
  });
}

/** What is left of the limit takes further nodes, for they cannot help. */
function filled({ shards, limit }: WorstSetProblem, chosen: readonly number[]): number[] {
  const room = limit - sumOf(chosen, shards);
  const rest = shards.map((_, node) => node).filter((node) => !chosen.includes(node));
  const total = sumOf(
    shards.map((_, node) => node),
    shards,
  );
  const more = nearestBelow(shards, rest, room / total, 0);
  return [...chosen, ...more].sort((a, b) => a - b);
}

const sumOf = (nodes: readonly number[], shards: readonly number[]) =>
  nodes.reduce((sum, node) => sum + shards[node]!, 0);

/** One climb: takes what hurts most, then exchanges as long as that hurts more. */
class Search {
  readonly #problem: WorstSetProblem;
  readonly #random: RandomStream;
  readonly #isTaken: Uint8Array;
  #room: number;
  #triesLeft: number;
  harm: number;

  constructor(problem: WorstSetProblem, random: RandomStream) {
    this.#problem = problem;
    this.#random = random;
    this.#isTaken = new Uint8Array(problem.shards.length);
    this.#room = problem.limit;
    this.#triesLeft = STEPS_MAX / (problem.shards.length * problem.vantages.length);
    this.harm = harm(problem, this.#isTaken);
  }

  taken(): number[] {
    return [...this.#isTaken.keys()].filter((node) => this.#isTaken[node] === 1);
  }

  take(node: number): void {
    this.#set(node, 1);
    this.harm = harm(this.#problem, this.#isTaken);
  }

  climb(): void {
    do this.#fill();
    while (this.#exchange());
  }

  /** Takes all there is room for, in an order drawn anew, the nearer to most vantages the earlier. */
  #fill(): void {
    for (const node of this.#shuffled()) {
      if (this.#isTaken[node] === 0 && this.#problem.shards[node]! <= this.#room) this.take(node);
    }
  }

  /** The first exchange found, of one node or two for another, that hurts more. */
  #exchange(): boolean {
    const { shards } = this.#problem;
    const order = this.#shuffled();
    const outside = order.filter((node) => this.#isTaken[node] === 0);
    const inside = order.filter((node) => this.#isTaken[node] === 1);
    for (const out of inside) {
      for (const into of outside) {
        if (shards[into]! > this.#room + shards[out]!) continue;
        if (this.#tryExchange([out], [into])) return true;
      }
    }
    for (const out of inside) {
      for (const into of outside) {
        for (const second of outside) {
          const both = shards[into]! + shards[second]!;
          if (second <= into || both > this.#room + shards[out]!) continue;
          if (this.#tryExchange([out], [into, second])) return true;
        }
      }
    }
    for (const out of inside) {
      for (const other of inside) {
        if (other <= out) continue;
        for (const into of outside) {
          if (shards[into]! > this.#room + shards[out]! + shards[other]!) continue;
          if (this.#tryExchange([out, other], [into])) return true;
        }
      }
    }
    return false;
  }

  #tryExchange(out: readonly number[], into: readonly number[]): boolean {
    if (this.#triesLeft-- < 0) return false;
    const before = this.harm;
    for (const node of out) this.#set(node, 0);
    for (const node of into) this.#set(node, 1);
    const after = harm(this.#problem, this.#isTaken);
    if (after > before * (1 + 1e-12)) {
      this.harm = after;
      return true;
    }
    for (const node of into) this.#set(node, 0);
    for (const node of out) this.#set(node, 1);
    return false;
  }

  #set(node: number, taken: 0 | 1): void {
    if (this.#isTaken[node] === taken) return;
    this.#isTaken[node] = taken;
    this.#room += (taken === 1 ? -1 : 1) * this.#problem.shards[node]!;
  }

  #shuffled(): number[] {
    const order = this.#problem.shards.map((_, node) => node);
    for (let last = order.length - 1; last > 0; last--) {
      const other = Math.floor(this.#random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  }
}
