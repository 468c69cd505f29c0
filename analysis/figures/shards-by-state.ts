import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, palette, round } from "./figure.ts";
import { healthBins, meanOf, withEnd } from "./health-bins.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeAxis, timeTip } from "./time-axis.ts";
import { timeUnit } from "./time-unit.ts";

const states = [
  { name: "down", field: "shardsDown", color: ink.outage },
  { name: "lying", field: "shardsLying", color: palette[1] },
  { name: "recovering", field: "shardsRecovering", color: palette[4] },
  { name: "syncing", field: "shardsSyncing", color: palette[5] },
] as const;

/** Shards that are not simply serving, by what keeps them; all others are active. */
export function shardsByState(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  const bins = healthBins(replications);
  if (first === undefined || bins.length < 2) return undefined;
  const unit = timeUnit(first.horizon);
  const values = withEnd(bins).flatMap(({ from, samples }) => {
    const time = round(from / unit.microseconds);
    const [sample] = samples;
    const all = states.reduce((sum, { field }) => sum + sample![field], sample!.shardsActive);
    return states.map(({ name, field }, order) => {
      const shards = meanOf(samples, (row) => row[field]);
      return { time, state: name, order, shards: round(shards), share: round(shards / all) };
    });
  });
  const seen = states.filter(({ name }) => values.some((v) => v.state === name && v.shards > 0));
  if (seen.length === 0) return undefined;
  const bands = outageBands(replications, unit);
  return {
    ...frame(
      "Shards that are down, lying, recovering or syncing (%)",
      `How much of the committee serves? All others are active. Mean over replications.${bandNote(bands)}`,
    ),
    layer: [
      bandLayer(bands, replications.length),
      {
        data: { values: values.filter(({ state }) => seen.some(({ name }) => name === state)) },
        mark: { type: "area", interpolate: "step-after", clip: true },
        encoding: {
          x: timeAxis("time", unit, first.horizon),
          y: {
            field: "share",
            type: "quantitative",
            stack: "zero",
            axis: { format: ".3~p", tickCount: 6 },
            title: "Share of shards",
          },
          color: {
            field: "state",
            type: "nominal",
            title: null,
            scale: { domain: seen.map(({ name }) => name), range: seen.map(({ color }) => color) },
          },
          order: { field: "order", type: "quantitative" },
          tooltip: [
            timeTip("time", unit),
            { field: "state", type: "nominal" },
            { field: "shards", type: "quantitative", format: ".4~g" },
            { field: "share", type: "quantitative", format: ".2%" },
          ],
        },
      },
    ],
  };
}
