import type { ReplicationRows } from "../sim/metrics/rows.ts";

/** A stretch in which some blob could not be read, and what was in force meanwhile. */
export interface UnavailabilitySummary {
  readonly replication: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly blobsMax: number;
  readonly blobSeconds: number;
  /** Entries of the scenario's `faults` and regimes in force, those that were so for the shortest first. */
  readonly inForce: readonly string[];
}

const STRETCHES_MAX = 20;

/** The worst stretches of all replications, by blobs and time, with the faults that overlap them. */
export function summarizeUnavailability(
  replications: readonly ReplicationRows[],
): UnavailabilitySummary[] {
  return replications
    .flatMap((rows, replication) =>
      rows.spans.map(({ from, to, blobsMax, blobSeconds }) => ({
        replication,
        fromSeconds: from / 1e6,
        toSeconds: to / 1e6,
        blobsMax,
        blobSeconds,
        inForce: inForce(rows, from, to),
      })),
    )
    .sort((a, b) => b.blobSeconds - a.blobSeconds)
    .slice(0, STRETCHES_MAX);
}

function inForce({ faults, regimes }: ReplicationRows, from: number, to: number): string[] {
  const named = [
    ...faults.flatMap(({ fault, kind, spans }) =>
      spans.map((span) => ({
        name: `faults[${fault}] (${kind})`,
        from: span.startedAt,
        to: span.endedAt,
      })),
    ),
    ...regimes.map((span) => ({ ...span, name: `faults[${span.fault}] at ${span.regime}` })),
  ];
  const overlapping = named
    .filter((span) => span.from < to && span.to > from)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
  return [...new Set(overlapping.map(({ name }) => name))];
}
