import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeAxis, timeTip } from "./time-axis.ts";
import { timeUnit } from "./time-unit.ts";

const kinds = [
  { name: "recovery", field: "recoveryBytes", color: palette[4] },
  { name: "shards to new owners", field: "transferBytes", color: palette[5] },
] as const;

const sizes = [
  { name: "TB", bytes: 1e12 },
  { name: "GB", bytes: 1e9 },
  { name: "MB", bytes: 1e6 },
  { name: "kB", bytes: 1e3 },
] as const;

/** Bytes received to recover what is lost and to hand shards over, by when that ended. */
export function repairTraffic(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  if (first === undefined) return undefined;
  const unit = timeUnit(first.horizon);
  const rates = first.timeline.flatMap(({ from, to }, bin) =>
    kinds.map(({ name, field }) => {
      const bytes = replications.reduce(
        (sum, { timeline }) => sum + (timeline[bin]?.[field] ?? 0),
        0,
      );
      const rate = ((bytes / replications.length) * unit.microseconds) / (to - from);
      return {
        from: round(from / unit.microseconds),
        to: round(to / unit.microseconds),
        name,
        rate,
      };
    }),
  );
  const most = rates.reduce((max, { rate }) => Math.max(max, rate), 0);
  if (most === 0) return undefined;
  const size = sizes.find(({ bytes }) => most >= bytes) ?? { name: "B", bytes: 1 };
  const per = unit.name.slice(0, -1);
  const values = rates.map(({ rate, ...rest }) => ({ ...rest, rate: round(rate / size.bytes) }));
  const seen = kinds.filter(({ name }) => values.some((v) => v.name === name && v.rate > 0));
  const bands = outageBands(replications, unit);
  return {
    ...frame(
      `Traffic of recovery and of shards that move (${size.name} per ${per})`,
      `What does redundancy cost the network? By when a recovery or a shard's sync ended; mean over replications.${bandNote(bands)}`,
      200,
    ),
    layer: [
      bandLayer(bands, replications.length),
      {
        data: { values: values.filter(({ rate }) => rate > 0) },
        mark: { type: "rect", clip: true },
        encoding: {
          x: timeAxis("from", unit, first.horizon),
          x2: { field: "to" },
          y: {
            field: "rate",
            type: "quantitative",
            stack: "zero",
            title: `${size.name} per ${per}`,
          },
          color: {
            field: "name",
            type: "nominal",
            title: null,
            legend: { labelLimit: 300 },
            scale: { domain: seen.map(({ name }) => name), range: seen.map(({ color }) => color) },
          },
          tooltip: [
            timeTip("from", unit, "from"),
            { field: "name", type: "nominal", title: "for" },
            {
              field: "rate",
              type: "quantitative",
              title: `${size.name} per ${per}`,
              format: ".4~g",
            },
          ],
        },
      },
    ],
  };
}
