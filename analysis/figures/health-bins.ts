import type { HealthRow, ReplicationRows } from "../../sim/metrics/rows.ts";

const BINS_MAX = 240;

/** Samples of all replications that fall into one stretch of time. */
export interface HealthBin {
  /** Where it begins and ends. */
  readonly from: number;
  readonly to: number;
  readonly samples: readonly HealthRow[];
}

/** Samples by time, in as many stretches as a figure can show; stretches without any are left out. */
export function healthBins(replications: readonly ReplicationRows[]): HealthBin[] {
  const horizon = replications[0]?.horizon ?? 0;
  const most = replications.reduce((max, { health }) => Math.max(max, health.length), 0);
  // One sample a stretch, or several, but never now one and now two.
  const count = Math.max(1, Math.ceil(most / Math.ceil(most / BINS_MAX)));
  const bins = Array.from({ length: count }, (): HealthRow[] => []);
  for (const { health } of replications) {
    for (const row of health) {
      bins[Math.min(count - 1, Math.floor((row.at / horizon) * count))]?.push(row);
    }
  }
  return bins.flatMap((samples, index) => {
    const edge = (at: number) => (horizon / count) * at;
    return samples.length === 0 ? [] : { from: edge(index), to: edge(index + 1), samples };
  });
}

/** Steps from bin to bin, with the last one again where it ends: what is seen holds until then. */
export function withEnd(bins: readonly HealthBin[]): HealthBin[] {
  const last = bins.at(-1);
  return last === undefined ? [] : [...bins, { ...last, from: last.to }];
}

/** The mean of one number of the samples. */
export function meanOf(samples: readonly HealthRow[], value: (row: HealthRow) => number): number {
  return samples.reduce((sum, row) => sum + value(row), 0) / samples.length;
}
