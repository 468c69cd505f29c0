import { type Summary, summarize } from "../../analysis/summary.ts";
import { parseGuarantee } from "../metrics/guarantee.ts";
import { parsePublished } from "../metrics/published.ts";
import type { ReplicationRows } from "../metrics/rows.ts";
import type { NamedCell } from "./study-cells.ts";

/** Every number of a cell with its interval, and what became of its guarantees. */
export function summarizeCell(
  { cell, assumed }: NamedCell,
  replications: readonly ReplicationRows[],
): Summary {
  const { name, question, guarantees, expect, published } = cell.scenario;
  return summarize({
    scenario: name,
    question,
    replications,
    // The scenario was checked, so each can be read.
    guarantees: guarantees.flatMap((text) => {
      const parsed = parseGuarantee(text);
      return parsed.ok ? [parsed.guarantee] : [];
    }),
    expect,
    published: published.flatMap(({ number, source, fitted }) => {
      const parsed = parsePublished(number);
      return parsed.ok ? [{ ...parsed.number, source, fitted }] : [];
    }),
    assumed,
  });
}

/** The exit code of several runs together: a broken guarantee outweighs an undecided one. */
export function worstExitCode(summaries: readonly Pick<Summary, "exitCode">[]): 0 | 1 | 4 {
  const codes = summaries.map(({ exitCode }) => exitCode);
  if (codes.includes(1)) return 1;
  return codes.includes(4) ? 4 : 0;
}

/** A summary, and what it is called among others: the scenario, and what sets this one apart. */
export interface TitledSummary {
  readonly title: string;
  readonly summary: Summary;
}
