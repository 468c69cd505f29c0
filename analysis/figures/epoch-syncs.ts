import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, palette, round } from "./figure.ts";
import { timeUnit } from "./time-unit.ts";

const TICKS_MAX = 3000;
/** Numbers beside each other would run into one another beyond that. */
const LABELS_MAX = 30;
/** Shards that arrive so many times later than reads move leave nothing to see of these from 0 on. */
const APART = 30;

/** Marks of a scale of logarithms, by their seconds. */
const marks = {
  ...{ 0.1: "0.1 s", 1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h" },
  ...{ 36000: "10 h", 86400: "1 d", 604800: "1 week", 2592000: "30 d" },
};
const logAxis = {
  scale: { type: "log" as const, nice: false },
  axis: {
    values: Object.keys(marks).map(Number),
    labelExpr: `(${JSON.stringify(marks)})[datum.value]`,
  },
};

/** Each epoch's sync from its start until reads moved over, with every shard that changed hands. */
export function epochSyncs(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  // An epoch that the run begins with is no change.
  const epochs = replications.flatMap(({ epochs: rows, end }) =>
    rows
      .filter(({ startedAt }) => startedAt > 0)
      .map(({ epoch, startedAt, syncedAt, movedShards }) => ({
        ...{ epoch, movedShards },
        isSynced: syncedAt !== -1,
        length: (syncedAt === -1 ? end : syncedAt) - startedAt,
      })),
  );
  if (epochs.length === 0) return undefined;
  const starts = replications.map(
    ({ epochs: rows }) => new Map(rows.map(({ epoch, startedAt }) => [epoch, startedAt])),
  );
  const arrivals = replications.flatMap(({ transfers }, run) =>
    transfers
      .filter(({ finishedAt }) => finishedAt !== -1)
      .map(({ epoch, finishedAt, outcome }) => {
        return { epoch, length: finishedAt - (starts[run]?.get(epoch) ?? 0), outcome };
      }),
  );
  const longestOf = (rows: readonly { readonly length: number }[]) =>
    rows.reduce((max, { length }) => Math.max(max, length), 0);
  const [longest, latest] = [longestOf(epochs), longestOf(arrivals)];
  const isApart = longest > 0 && latest > APART * longest;
  // The marks of the scale of logarithms are in seconds.
  const unit = timeUnit(isApart ? 0 : Math.max(longest, latest));
  const inUnit = (microseconds: number) => round(microseconds / unit.microseconds);
  const numbers = [...new Set(epochs.map(({ epoch }) => epoch))].sort((a, b) => a - b);
  const values = numbers.map((epoch) => {
    const rows = epochs.filter((row) => row.epoch === epoch);
    const lengths = rows.map(({ length }) => length);
    const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
    return {
      epoch,
      mean: inUnit(mean(lengths)),
      low: inUnit(Math.min(...lengths)),
      high: inUnit(Math.max(...lengths)),
      moved: round(mean(rows.map(({ movedShards }) => movedShards)), 3),
      reads: rows.every(({ isSynced }) => isSynced) ? "moved over" : "never moved over in some run",
    };
  });
  // Logarithms know no 0.
  const least = isApart ? 1e-3 : 0;
  const ends = arrivals.map(({ length, ...rest }) => {
    return { ...rest, after: Math.max(least, inUnit(length)) };
  });
  const every = Math.ceil(ends.length / TICKS_MAX);
  const x = {
    field: "epoch",
    type: "ordinal" as const,
    title: "Epoch",
    axis: { grid: false, labelAngle: 0, labelOverlap: true },
  };
  const title = `Time since its start${isApart ? "" : ` in ${unit.name}`}`;
  const y = { type: "quantitative" as const, title, ...(isApart ? logAxis : {}) };
  const outcomes = ["transferred", "mixed", "recovered", "abandoned"];
  const seen = outcomes.filter((outcome) => ends.some((end) => end.outcome === outcome));
  const isCrowded = values.length > LABELS_MAX;
  const moved = isCrowded ? "" : " Above: shards that moved.";
  const scale = isApart ? "log scale" : unit.name;
  const mean = isApart ? "Broad tick: reads move, mean." : "Bar: mean.";
  const width = { band: 0.7 };
  // A tick would be narrower than a pixel.
  const arrival = isCrowded
    ? { type: "circle" as const, size: 12, opacity: 0.7 }
    : { type: "tick" as const, thickness: 1, opacity: 0.6, width: { band: 0.55 } };
  return {
    ...frame(
      `From the start of an epoch until reads move to its committee (${scale})`,
      `How long does a change of committee take? ${mean} Line: range over replications. ${isCrowded ? "Dot" : "Tick"}: a shard arrived.${moved}`,
    ),
    data: { values },
    layer: [
      {
        mark: isApart
          ? { type: "tick", color: ink.outage, thickness: 3, width }
          : { type: "bar", color: "#dbe7f1", width },
        encoding: {
          x,
          y: { ...y, field: "mean" },
          tooltip: [
            { field: "epoch", type: "ordinal" },
            { field: "mean", type: "quantitative", title: `sync (${unit.name})`, format: ".4~g" },
            { field: "low", type: "quantitative", title: "shortest", format: ".4~g" },
            { field: "high", type: "quantitative", title: "longest", format: ".4~g" },
            { field: "moved", type: "quantitative", title: "shards moved" },
            { field: "reads", type: "nominal" },
          ],
        },
      },
      ...(ends.length === 0
        ? []
        : [
            {
              data: { values: ends.filter((_, index) => index % every === 0) },
              mark: arrival,
              encoding: {
                x,
                y: { ...y, field: "after" },
                color: {
                  field: "outcome",
                  type: "nominal" as const,
                  title: null,
                  scale: {
                    domain: seen,
                    range: seen.map(
                      (name) => palette[[0, 2, 1, 3][outcomes.indexOf(name)] ?? 0] ?? "",
                    ),
                  },
                },
              },
            },
          ]),
      {
        mark: { type: "rule", color: ink.outage, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      ...(isCrowded
        ? []
        : [
            {
              mark: { type: "text" as const, dy: -8, color: ink.faint, fontSize: 11 },
              encoding: {
                x,
                y: { ...y, field: "high" },
                text: { field: "moved", type: "quantitative" as const, format: ".3~g" },
              },
            },
          ]),
    ],
  };
}
