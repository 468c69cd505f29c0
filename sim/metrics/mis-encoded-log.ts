import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { idIn, numberIn, textIn } from "./fact-details.ts";
import type { MisEncodedRow } from "./life-rows.ts";

interface Cheat {
  readonly axis: string;
  readonly slivers: number;
  certifiedAt: SimTime;
  invalidAt: SimTime;
  readonly values: Set<string>;
  accepted: number;
  rejected: number;
}

/** What became of blobs whose writer cheated: who read what of them, and when the chain knew. */
export class MisEncodedLog {
  readonly #cheats = new Map<number | string, Cheat>();

  observe(fact: Fact): void {
    if (fact.fact === "mis-encoded") {
      this.#cheats.set(idIn(fact, "blob"), {
        axis: textIn(fact, "axis"),
        slivers: numberIn(fact, "count"),
        certifiedAt: -1,
        invalidAt: -1,
        values: new Set(),
        accepted: 0,
        rejected: 0,
      });
      return;
    }
    if (this.#cheats.size === 0) return;
    const isOfBlob =
      fact.fact === "blob-certified" ||
      fact.fact === "blob-invalid" ||
      fact.fact === "mis-encoded-read";
    const cheat = isOfBlob ? this.#cheats.get(idIn(fact, "blob")) : undefined;
    if (cheat === undefined) return;
    if (fact.fact === "blob-certified") cheat.certifiedAt = fact.time;
    else if (fact.fact === "blob-invalid") cheat.invalidAt = fact.time;
    else this.#read(cheat, textIn(fact, "value"));
  }

  /** Those that were certified; how long the others would have been undetected nobody can tell. */
  rows(end: SimTime): MisEncodedRow[] {
    return [...this.#cheats]
      .filter(([, { certifiedAt }]) => certifiedAt >= 0)
      .map(([blob, { values, ...cheat }]) => ({
        blob,
        ...cheat,
        values: values.size,
        exposureMicroseconds: (cheat.invalidAt < 0 ? end : cheat.invalidAt) - cheat.certifiedAt,
      }));
  }

  #read(cheat: Cheat, value: string): void {
    if (value === "rejected") {
      cheat.rejected++;
    } else {
      cheat.accepted++;
      cheat.values.add(value);
    }
  }
}
