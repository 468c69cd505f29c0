import type { Fact } from "./actor.ts";
import { Digest } from "./digest.ts";

export type FactListener = (fact: Fact) => void;

/** Takes facts in: to the digest always, and to whoever observes. Keeps none. */
export class FactLog {
  readonly digest = new Digest();
  readonly #listeners: FactListener[] = [];

  add(fact: Fact): void {
    const { digest } = this;
    digest.number(fact.time);
    digest.number(fact.actor);
    digest.string(fact.fact);
    for (const key in fact.details) {
      const value = fact.details[key]!;
      digest.string(key);
      if (typeof value === "number") digest.number(value);
      else digest.string(value);
    }
    for (const listener of this.#listeners) listener(fact);
  }

  observe(listener: FactListener): void {
    this.#listeners.push(listener);
  }
}
