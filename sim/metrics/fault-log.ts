import type { Fact } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { numberIn } from "./fact-details.ts";
import type { FaultRow, FaultSpan } from "./rows.ts";

interface FaultState {
  readonly kind: string;
  readonly ended: FaultSpan[];
  /** Begun and not ended. A fault such as churn may be in force several times over. */
  readonly open: { startedAt: SimTime; nodes: number; shards: number }[];
  nodesDown: number;
  bites: number;
}

/** When each fault of the scenario was in force, and what it did. */
export class FaultLog {
  readonly #faults: readonly FaultState[];

  constructor(faults: readonly { readonly kind: string }[]) {
    this.#faults = faults.map(({ kind }) => ({
      kind,
      ended: [],
      open: [],
      nodesDown: 0,
      bites: 0,
    }));
  }

  started(fact: Fact): void {
    const nodes = numberIn(fact, "nodes");
    const shards = numberIn(fact, "shards");
    this.#of(fact).open.push({ startedAt: fact.time, nodes, shards });
  }

  /** Ends the span that began first. */
  ended(fact: Fact): void {
    const state = this.#of(fact);
    const span = state.open.shift();
    invariant(span !== undefined, () => `fault ${fact.details.fault} ended before it started`);
    state.ended.push({ ...span, endedAt: fact.time });
  }

  bit(fact: Fact): void {
    this.#of(fact).bites += numberIn(fact, "count");
  }

  /** A node that went down for some other reason than a fault has no `fault`, or -1. */
  nodeDown(fact: Fact): void {
    const fault = fact.details.fault;
    if (typeof fault === "number" && fault >= 0) this.#of(fact).nodesDown += 1;
  }

  rows(end: SimTime): FaultRow[] {
    return this.#faults.map(({ kind, ended, open, nodesDown, bites }, fault) => ({
      fault,
      kind,
      spans: [...ended, ...open.map((span) => ({ ...span, endedAt: end }))],
      nodesDown,
      bites,
    }));
  }

  #of(fact: Fact): FaultState {
    const state = this.#faults[numberIn(fact, "fault")];
    invariant(state !== undefined, () => `fact ${fact.fact} names no fault of the scenario`);
    return state;
  }
}
