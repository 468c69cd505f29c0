import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, round } from "./figure.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeAxis, timeTip } from "./time-axis.ts";
import { timeUnit } from "./time-unit.ts";

const ROWS_MAX = 30;

/** When some blob could not be read, a line for each replication in which there was such a time. */
export function unavailableSpans(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  const hit = replications.flatMap(({ spans }, run) => (spans.length > 0 ? [{ run, spans }] : []));
  if (first === undefined || hit.length === 0) return undefined;
  const unit = timeUnit(first.horizon);
  const shown = hit.slice(0, ROWS_MAX);
  const values = shown.flatMap(({ run, spans }) =>
    spans.map(({ from, to, durationMicroseconds, blobsMax, blobSeconds }) => ({
      run,
      from: round(from / unit.microseconds),
      to: round(to / unit.microseconds),
      minutes: round(durationMicroseconds / 60e6),
      blobsMax,
      blobHours: round(blobSeconds / 3600),
    })),
  );
  const bands = outageBands(replications, unit);
  const rest = replications.length - hit.length;
  const none = rest > 0 ? ` None in the other ${rest} replications.` : "";
  const cut = hit.length > shown.length ? ` The first ${ROWS_MAX} of ${hit.length}.` : "";
  return {
    ...frame(
      `Times in which some blob could not be read (${unit.name})`,
      `When was data out of reach, and for how long? A line for each replication.${cut}${none}${bandNote(bands)}`,
      Math.max(60, 22 * shown.length),
    ),
    layer: [
      bandLayer(bands, replications.length),
      {
        data: { values },
        mark: { type: "bar", color: ink.alarm, height: { band: 0.6 }, minBandSize: 2, clip: true },
        encoding: {
          x: timeAxis("from", unit, first.horizon),
          x2: { field: "to" },
          y: { field: "run", type: "ordinal", title: "Replication", axis: { grid: true } },
          // What lasts for less than a pixel is still to be seen.
          stroke: { value: ink.alarm },
          strokeWidth: { value: 1 },
          tooltip: [
            { field: "run", type: "ordinal", title: "replication" },
            timeTip("from", unit, "from"),
            timeTip("to", unit, "to"),
            { field: "minutes", type: "quantitative", title: "length (min)", format: ".4~g" },
            { field: "blobsMax", type: "quantitative", title: "most blobs at once", format: "," },
            { field: "blobHours", type: "quantitative", title: "blob hours", format: ",.4~g" },
          ],
        },
      },
    ],
  };
}
