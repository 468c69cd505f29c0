import { cloneState } from "../engine/clone-state.ts";
import type { Part } from "../engine/engine.ts";
import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";

/** One fault that holds a node down. */
interface Hold {
  readonly fault: number;
  /** Messages that the node's outages had lost when this one was last counted. */
  countedLosses: number;
}

/** One fault that slows a node. */
interface Slowness {
  readonly fault: number;
  readonly factor: number;
}

/** All by node. */
interface Ledger {
  readonly holds: Hold[][];
  readonly slow: Readonly<Record<SlowedPart, Slowness[][]>>;
  /** By fault: whom it struck when it last began. */
  readonly struck: Map<number, readonly number[]>;
  /** Faults in force that will pass; when one last began or ended, be it for good. */
  passing: number;
  changedAt: SimTime;
}

type SlowedPart = "service" | "network";

/**
 * Which faults hold which nodes down, and which slow them: shared by all injectors, for overlapping faults must
 * nest. A node is up when no fault holds it, and as slow as the product of all factors. Registered as a part of
 * the engine, so that forks copy it.
 */
export class Outages implements Part {
  #state: Ledger;

  constructor(nodeCount: number) {
    const noneEach = <T>() => Array.from({ length: nodeCount }, (): T[] => []);
    this.#state = {
      holds: noneEach(),
      slow: { service: noneEach(), network: noneEach() },
      struck: new Map(),
      passing: 0,
      changedAt: 0,
    };
  }

  /** A fault begins that will pass (1), one that stays (0), or one that would pass has ended (-1). */
  noteFault(change: 1 | 0 | -1, now: SimTime): void {
    this.#state.passing += change;
    this.#state.changedAt = now;
  }

  /** Since when no fault is in force but what is for good; undefined while one is. */
  get calmSince(): SimTime | undefined {
    return this.#state.passing === 0 ? this.#state.changedAt : undefined;
  }

  /** Notes whom a fault strikes, for those that are to strike the same. */
  strike(fault: number, targets: readonly number[]): void {
    this.#state.struck.set(fault, [...targets]);
  }

  /** Nobody before the fault begins. */
  struckBy(fault: number): number[] {
    return [...(this.#state.struck.get(fault) ?? [])];
  }

  /** True if the node was up until now. */
  hold(node: number, fault: number, losses: number): boolean {
    return this.#state.holds[node]!.push({ fault, countedLosses: losses }) === 1;
  }

  /** True if the node is up from now on. */
  release(node: number, fault: number): boolean {
    const holds = this.#state.holds[node]!;
    const index = holds.findIndex((hold) => hold.fault === fault);
    invariant(index !== -1, () => `fault ${fault} does not hold node ${node} down`);
    holds.splice(index, 1);
    return holds.length === 0;
  }

  /** Nodes that a fault holds down. */
  heldBy(fault: number): number[] {
    return this.#state.holds.flatMap((holds, node) =>
      holds.some((hold) => hold.fault === fault) ? [node] : [],
    );
  }

  /** How many more losses there are than when this was last called for that hold. */
  countLosses(node: number, fault: number, losses: number): number {
    const hold = this.#state.holds[node]!.find((other) => other.fault === fault);
    if (hold === undefined) return 0;
    const more = losses - hold.countedLosses;
    hold.countedLosses = losses;
    return more;
  }

  /** Adds a fault that slows a node, or takes it off where `factor` is nothing. */
  setSlow(node: number, part: SlowedPart, fault: number, factor: number | undefined): void {
    const slow = this.#state.slow[part];
    const others = slow[node]!.filter((other) => other.fault !== fault);
    slow[node] = factor === undefined ? others : [...others, { fault, factor }];
  }

  /** How slow a node is now, 1 if it is not, and the last fault that makes it so. */
  slowness(node: number, part: SlowedPart): { readonly factor: number; readonly fault?: number } {
    const slow = this.#state.slow[part][node]!;
    const last = slow.at(-1);
    if (last === undefined) return { factor: 1 };
    return { factor: slow.reduce((product, { factor }) => product * factor, 1), fault: last.fault };
  }

  snapshot(): unknown {
    return cloneState(this.#state);
  }

  restore(snapshot: unknown): void {
    this.#state = cloneState(snapshot) as Ledger;
  }
}
