import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { ink, round } from "./figure.ts";
import type { TimeUnit } from "./time-unit.ts";

/** One stretch in which a fault was in force, for the shading behind a line. */
export interface OutageBand {
  readonly fault: string;
  readonly from: number;
  readonly to: number;
}

const BANDS_MAX = 200;
/** Bands beside each other that would fill a figure. */
const NARROWEST = 500;

/**
 * When faults were in force, of all replications: where they agree the shading is darkest. A fault in
 * force nearly all of the time, such as churn, would shade everything, and is left out, but for when
 * it is not calm.
 */
export function outageBands(
  replications: readonly ReplicationRows[],
  unit: TimeUnit,
): OutageBand[] {
  // What takes no time, such as the loss of a disk, is still to be seen.
  const between = (startedAt: number, endedAt: number, horizon: number) => ({
    from: round(startedAt / unit.microseconds),
    to: round(
      Math.min(Math.max(endedAt, startedAt + horizon / NARROWEST), horizon) / unit.microseconds,
    ),
  });
  const regimes = replications.flatMap(({ regimes: spans, horizon }) =>
    spans
      .filter(({ regime, from }) => regime !== "calm" && from < horizon)
      .map(({ regime, from, to }) => ({ fault: regime, ...between(from, to, horizon) })),
  );
  const inForce = replications.flatMap(({ faults, horizon }) =>
    faults.flatMap(({ kind, spans }) => {
      // Told of by the regimes themselves.
      if (kind === "regime") return [];
      const length = spans.reduce((sum, span) => sum + span.endedAt - span.startedAt, 0);
      if (length > 0.8 * horizon) return [];
      return spans
        .filter((span) => span.startedAt < horizon)
        .map((span) => ({ fault: kind, ...between(span.startedAt, span.endedAt, horizon) }));
    }),
  );
  const bands = [...regimes, ...inForce];
  return bands.length > BANDS_MAX ? [] : bands;
}

/** A layer that shades the bands; with one replication as dark as with many that agree. */
export function bandLayer(bands: readonly OutageBand[], replications: number) {
  return {
    data: { values: [...bands] },
    mark: { type: "rect" as const, color: ink.outage, opacity: 0.16 / Math.max(1, replications) },
    encoding: {
      x: { field: "from", type: "quantitative" as const },
      x2: { field: "to" },
      tooltip: [
        { field: "fault", type: "nominal" as const, title: "fault in force" },
        { field: "from", type: "quantitative" as const, format: ".4~g" },
        { field: "to", type: "quantitative" as const, format: ".4~g" },
      ],
    },
  };
}

/** What the shading means, for the end of a subtitle; "" if nothing is shaded. */
export function bandNote(bands: readonly OutageBand[]): string {
  const kinds = [...new Set(bands.map((band) => band.fault))];
  return kinds.length === 0 ? "" : ` Shaded: ${kinds.join(", ")} in force.`;
}
