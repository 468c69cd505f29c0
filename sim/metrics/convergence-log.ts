import type { Fact } from "../engine/actor.ts";
import { numberIn, textIn } from "./fact-details.ts";
import type { ConvergenceRow, UnrecoveredRow } from "./rows.ts";

/** Whether all was recovered once the faults had ended, and if not why. */
export class ConvergenceLog {
  readonly #unrecovered: UnrecoveredRow[] = [];
  #judged: Fact | undefined;

  /** Before it is judged, for one reason. */
  notRecovered(fact: Fact): void {
    this.#unrecovered.push({
      why: textIn(fact, "why"),
      blobs: numberIn(fact, "blobs"),
      slivers: numberIn(fact, "slivers"),
      nodes: numberIn(fact, "nodes"),
      example: textIn(fact, "example"),
      axis: textIn(fact, "axis"),
      helpers: numberIn(fact, "helpers"),
      needed: numberIn(fact, "needed"),
      shardsDown: numberIn(fact, "shardsDown"),
      shardsLying: numberIn(fact, "shardsLying"),
    });
  }

  judged(fact: Fact): void {
    this.#judged = fact;
  }

  row(): ConvergenceRow | undefined {
    const fact = this.#judged;
    return (
      fact && {
        calmSince: numberIn(fact, "calmSince"),
        tookMicroseconds: numberIn(fact, "tookMicroseconds"),
        isWhole: numberIn(fact, "isWhole") === 1,
        unrecovered: this.#unrecovered,
      }
    );
  }
}
