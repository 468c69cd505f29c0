import type { Verdict } from "../gate.ts";
import type { Summary } from "../summary.ts";

/** A sign beside the colour, for those who do not see colours. */
export const symbolOf: Readonly<Record<Verdict, string>> = {
  met: "✓",
  broken: "✗",
  undecided: "?",
};

/** The outcome of a run in one sentence, and what may be added. */
export function conclusion(summary: Summary): { readonly head: string; readonly more: string } {
  const { guarantees, expect, verdict } = summary;
  const count = guarantees.length;
  const those = (wanted: Verdict) => guarantees.filter((g) => g.verdict === wanted).length;
  if (count === 0) {
    const isBeside = summary.published.length > 0;
    const more = isBeside ? "Its numbers stand beside published ones." : "It has no guarantees.";
    return { head: "Nothing is promised", more };
  }
  const all = count === 1 ? "The guarantee is" : `All ${count} guarantees are`;
  const some = (n: number, word: string) =>
    `${n} of ${count} ${count === 1 ? "guarantee" : "guarantees"} ${word}`;
  switch (verdict) {
    case "met":
      return {
        head: `${all} met`,
        more: expect === "broken" ? "This scenario was there to show one broken." : "",
      };
    case "broken": {
      const rest = those("undecided") > 0 ? `${some(those("undecided"), "undecided")}.` : "";
      if (expect !== "broken") return { head: some(those("broken"), "broken"), more: rest };
      return { head: some(those("broken"), "broken, as expected"), more: rest };
    }
    case "undecided":
      return { head: some(those("undecided"), "undecided"), more: moreNeeded(summary) };
  }
}

function moreNeeded({ guarantees }: Summary): string {
  const needed = guarantees.map(({ replicationsMore }) => replicationsMore ?? 0);
  const most = Math.max(0, ...needed);
  if (most === 0) return "";
  return `${aboutMore(most)} would likely decide.`;
}

/** So many replications more: the begin of a sentence. */
export const aboutMore = (replications: number) =>
  `About ${replications} more ${replications === 1 ? "replication" : "replications"}`;
