import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, palette, round } from "./figure.ts";
import { timeUnit } from "./time-unit.ts";

const TICKS_MAX = 3000;
/** Numbers beside each other would run into one another beyond that. */
const LABELS_MAX = 30;

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
  const longest = epochs.reduce((max, { length }) => Math.max(max, length), 0);
  const unit = timeUnit(longest);
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
  const starts = replications.map(
    ({ epochs: rows }) => new Map(rows.map(({ epoch, startedAt }) => [epoch, startedAt])),
  );
  const ends = replications.flatMap(({ transfers }, run) =>
    transfers
      .filter(({ finishedAt }) => finishedAt !== -1)
      .map(({ epoch, finishedAt, outcome }) => {
        return { epoch, after: inUnit(finishedAt - (starts[run]?.get(epoch) ?? 0)), outcome };
      }),
  );
  const every = Math.ceil(ends.length / TICKS_MAX);
  const x = {
    field: "epoch",
    type: "ordinal" as const,
    title: "Epoch",
    axis: { grid: false, labelAngle: 0, labelOverlap: true },
  };
  const y = { type: "quantitative" as const, title: `Time since its start in ${unit.name}` };
  const outcomes = ["transferred", "mixed", "recovered", "abandoned"];
  const seen = outcomes.filter((outcome) => ends.some((end) => end.outcome === outcome));
  const moved = values.length <= LABELS_MAX ? " Above: shards that moved." : "";
  return {
    ...frame(
      `From the start of an epoch until reads move to its committee (${unit.name})`,
      `How long does a change of committee take? Bar: mean. Line: range over replications. Tick: a shard arrived.${moved}`,
    ),
    data: { values },
    layer: [
      {
        mark: { type: "bar", color: "#dbe7f1", width: { band: 0.7 } },
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
      {
        data: { values: ends.filter((_, index) => index % every === 0) },
        mark: { type: "tick", thickness: 1, opacity: 0.6, width: { band: 0.55 } },
        encoding: {
          x,
          y: { ...y, field: "after" },
          color: {
            field: "outcome",
            type: "nominal",
            title: null,
            scale: {
              domain: seen,
              range: seen.map((name) => palette[[0, 2, 1, 3][outcomes.indexOf(name)] ?? 0] ?? ""),
            },
          },
        },
      },
      {
        mark: { type: "rule", color: ink.outage, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
      },
      ...(values.length <= LABELS_MAX
        ? [
            {
              mark: { type: "text" as const, dy: -8, color: ink.faint, fontSize: 11 },
              encoding: {
                x,
                y: { ...y, field: "high" },
                text: { field: "moved", type: "quantitative" as const, format: ".3~g" },
              },
            },
          ]
        : []),
    ],
  };
}
