/** How many operations, over all replications, ended in one way. */
export interface OutcomeCount {
  readonly outcome: string;
  readonly count: number;
  readonly share: number;
}

/** Ways in which operations ended: "ok" first, then the most frequent, then by name. */
export function countOutcomes(
  replications: readonly (readonly { readonly outcome: string }[])[],
): OutcomeCount[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const rows of replications) {
    total += rows.length;
    for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts]
    .map(([outcome, count]) => ({ outcome, count, share: count / total }))
    .sort(
      (a, b) =>
        Number(b.outcome === "ok") - Number(a.outcome === "ok") ||
        b.count - a.count ||
        (a.outcome < b.outcome ? -1 : 1),
    );
}
