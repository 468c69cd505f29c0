import type { Fact } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";

/** A detail that a fact of this kind always has. */
export function numberIn(fact: Fact, name: string): number {
  const value = fact.details[name];
  invariant(typeof value === "number", () => `fact ${fact.fact} has no number ${name}: ${value}`);
  return value;
}

export function textIn(fact: Fact, name: string): string {
  const value = fact.details[name];
  invariant(typeof value === "string", () => `fact ${fact.fact} has no text ${name}: ${value}`);
  return value;
}

/** An identity: some models number their blobs, some name them. */
export function idIn(fact: Fact, name: string): number | string {
  const value = fact.details[name];
  invariant(value !== undefined, () => `fact ${fact.fact} has no ${name}`);
  return value;
}
