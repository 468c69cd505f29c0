import type { ActorId } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { Duration } from "../engine/sim-time.ts";

/** Names a rule of one network; never used again. */
export type RuleId = number;

export type RuleEffect =
  /** Messages are lost. */
  | { readonly kind: "drop" }
  /** Delays are multiplied by `factor` (default 1), then `add` µs longer (default 0). */
  | { readonly kind: "delay"; readonly factor?: number; readonly add?: Duration }
  /** This share of messages is delayed by a retransmission, besides those of other causes. */
  | { readonly kind: "loss"; readonly probability: number }
  /** Transfers take up 1/factor of their bytes at both ends, from their start. */
  | { readonly kind: "rate"; readonly factor: number };

/** What happens to messages from any actor of one set to any of another. One-way by nature. */
export interface Rule {
  readonly from: readonly ActorId[];
  readonly to: readonly ActorId[];
  readonly effect: RuleEffect;
}

interface StandingRule {
  readonly id: RuleId;
  readonly effect: RuleEffect;
  /** 1 for each actor of the set. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

/** The rules that stand, in the order in which they were added: each acts on what the last left. */
export class Rules {
  #standing: readonly StandingRule[] = [];
  /** Messages acted on, by id of all rules there ever were. */
  #hits: number[] = [];

  /** What the standing rules make of the message tried last. */
  dropped = false;
  delay = 0;
  passProbability = 1;
  rate = 1;

  get standing(): boolean {
    return this.#standing.length > 0;
  }

  add({ from, to, effect }: Rule): RuleId {
    checkEffect(effect);
    const id = this.#hits.push(0) - 1;
    this.#standing = [...this.#standing, { id, effect, from: bitmap(from), to: bitmap(to) }];
    return id;
  }

  /** False if no such rule stands. */
  remove(id: RuleId): boolean {
    const before = this.#standing.length;
    this.#standing = this.#standing.filter((rule) => rule.id !== id);
    return this.#standing.length < before;
  }

  /** Puts a message that would take `delay` µs through all rules; the answer is in the fields. */
  try(from: ActorId, to: ActorId, delay: number): void {
    this.dropped = false;
    this.delay = delay;
    this.passProbability = 1;
    this.rate = 1;
    for (const rule of this.#standing) {
      if (rule.from[from] !== 1 || rule.to[to] !== 1) continue;
      this.#hits[rule.id]!++;
      const { effect } = rule;
      if (effect.kind === "drop") this.dropped = true;
      else if (effect.kind === "loss") this.passProbability *= 1 - effect.probability;
      else if (effect.kind === "rate") this.rate *= effect.factor;
      else this.delay = this.delay * (effect.factor ?? 1) + (effect.add ?? 0);
    }
  }

  countHits(id: RuleId, count: number): void {
    this.#hits[id]! += count;
  }

  hitsOf(id: RuleId): number {
    return this.#hits[id]!;
  }

  snapshot(): unknown {
    return { standing: this.#standing, hits: [...this.#hits] };
  }

  restore(snapshot: unknown): void {
    const { standing, hits } = snapshot as { standing: StandingRule[]; hits: number[] };
    this.#standing = standing; // Never changed, but replaced.
    this.#hits = [...hits];
  }
}

function bitmap(actors: readonly ActorId[]): Uint8Array {
  const bits = new Uint8Array(actors.reduce((most, actor) => Math.max(most, actor + 1), 0));
  for (const actor of actors) bits[actor] = 1;
  return bits;
}

function checkEffect(effect: RuleEffect): void {
  if (effect.kind === "loss") {
    const { probability } = effect;
    invariant(
      probability >= 0 && probability < 1,
      () => `loss must be in 0..1, found ${probability}`,
    );
  }
  if (effect.kind === "rate") {
    invariant(effect.factor > 0, () => `a rate's factor must be above 0, found ${effect.factor}`);
  }
  if (effect.kind === "delay") {
    const { factor = 1, add = 0 } = effect;
    invariant(factor >= 0 && add >= 0, () => `a delay must not be negative: ${factor}, ${add}`);
  }
}
