import type { SimTime } from "../engine/sim-time.ts";

/** A node as the collector is told of it. */
export interface NodeIdentity {
  readonly name: string;
  readonly shards: number;
  readonly place: string;
  readonly region: string;
  readonly provider: string;
}

/** Who was down when. Nodes are indices. */
export class NodeOutages {
  /** Shards of nodes that are down, from each time on; in order of time. */
  readonly steps: { readonly time: SimTime; readonly shardsDown: number }[] = [];
  readonly lostAt: SimTime[];
  readonly disksLost: number[];
  readonly #shards: number[];
  /** By node: how many shards it holds from each time on. */
  readonly #holdings: { readonly from: SimTime; readonly shards: number }[][];
  /** Who holds a shard, of those that ever moved. */
  readonly #ownerOf = new Map<number, number>();
  readonly #downSince: SimTime[];
  readonly #outages: { from: SimTime; to: SimTime }[][];
  #shardsDown = 0;

  constructor(shards: readonly number[]) {
    this.#shards = [...shards];
    this.#holdings = shards.map((count) => [{ from: 0, shards: count }]);
    this.#downSince = shards.map(() => -1);
    this.lostAt = shards.map(() => -1);
    this.disksLost = shards.map(() => 0);
    this.#outages = shards.map(() => []);
  }

  down(node: number, time: SimTime): void {
    if (this.#downSince[node] !== -1) return; // A second fault hit a node that was down already.
    this.#downSince[node] = time;
    this.#step(time, this.#shards[node] ?? 0);
  }

  up(node: number, time: SimTime): void {
    const from = this.#downSince[node] ?? -1;
    if (from === -1) return;
    this.#outages[node]?.push({ from, to: time });
    this.#downSince[node] = -1;
    this.#step(time, -(this.#shards[node] ?? 0));
  }

  /** Shards that the node holds now. */
  shardsOf(node: number): number {
    return this.#shards[node] ?? 0;
  }

  /** A shard has a new owner; told again, as by a node that begins anew, it changes nothing. */
  moved(shard: number, from: number, to: number, time: SimTime): void {
    const owner = this.#ownerOf.get(shard) ?? from;
    if (owner === to) return;
    this.#ownerOf.set(shard, to);
    this.#give(owner, -1, time);
    this.#give(to, 1, time);
  }

  /** Outages of a node cut to a window. One still going on lasts to the window's end. */
  within(
    node: number,
    from: SimTime,
    to: SimTime,
  ): { count: number; total: number; longest: number } {
    const since = this.#downSince[node] ?? -1;
    const all = this.#outages[node] ?? [];
    const sum = { count: 0, total: 0, longest: 0 };
    for (const outage of since === -1 ? all : [...all, { from: since, to }]) {
      const length = Math.min(outage.to, to) - Math.max(outage.from, from);
      if (length <= 0) continue;
      sum.count += 1;
      sum.total += length;
      sum.longest = Math.max(sum.longest, length);
    }
    return sum;
  }

  /** How many shards a node held on average. */
  shardsMean(node: number, from: SimTime, to: SimTime): number {
    const holdings = this.#holdings[node] ?? [];
    const shardTime = holdings.reduce((sum, holding, index) => {
      const until = Math.min(to, holdings[index + 1]?.from ?? to);
      return sum + holding.shards * Math.max(0, until - Math.max(from, holding.from));
    }, 0);
    return shardTime / (to - from);
  }

  #give(node: number, count: number, time: SimTime): void {
    this.#shards[node] = this.shardsOf(node) + count;
    this.#holdings[node]?.push({ from: time, shards: this.shardsOf(node) });
    if (this.#downSince[node] !== -1) this.#step(time, count);
  }

  #step(time: SimTime, change: number): void {
    this.#shardsDown += change;
    this.steps.push({ time, shardsDown: this.#shardsDown });
  }
}
