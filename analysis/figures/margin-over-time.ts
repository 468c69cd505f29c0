import type { HealthRow, ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, round } from "./figure.ts";
import { healthBins, meanOf } from "./health-bins.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeAxis, timeTip } from "./time-axis.ts";
import { timeUnit } from "./time-unit.ts";

const UNREADABLE = "unreadable";

/** From little margin, pale, to all of it, dark; what cannot be read stands out. */
const classes = [
  { name: "90 to 100 %", tenths: [9], color: "#08457e" },
  { name: "80 to 90 %", tenths: [8], color: "#2b72b0" },
  { name: "60 to 80 %", tenths: [6, 7], color: "#6aa3d1" },
  { name: "40 to 60 %", tenths: [4, 5], color: "#a3c8e4" },
  { name: "20 to 40 %", tenths: [2, 3], color: "#d3e3f1" },
  { name: "0 to 20 %", tenths: [0, 1], color: "#f3d9a8" },
] as const;

const inTenths = (row: HealthRow, tenths: readonly number[]) =>
  tenths.reduce((sum, tenth) => sum + row[`m${tenth}` as "m0"], 0);

/** Blobs by how much of their margin is left, and above them those that cannot be read. */
export function marginOverTime(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  const bins = healthBins(replications).filter(
    ({ samples }) => meanOf(samples, (r) => r.blobs) > 0,
  );
  if (first === undefined || bins.length < 2) return undefined;
  const unit = timeUnit(first.horizon);
  const values = bins.flatMap(({ from, to, samples }) => {
    const blobs = meanOf(samples, (row) => row.blobs);
    const time = round((from + to) / 2 / unit.microseconds);
    const readable = classes.map(({ name, tenths }, order) => {
      return { name, order, blobs: meanOf(samples, (row) => inTenths(row, tenths)) };
    });
    const unreadable = meanOf(samples, (row) => row.unavailable);
    return [...readable, { name: UNREADABLE, order: classes.length, blobs: unreadable }].map(
      (part) => ({ time, ...part, share: round(part.blobs / blobs), blobs: round(part.blobs) }),
    );
  });
  const seen = [...classes, { name: UNREADABLE, color: ink.alarm }].filter(({ name }) =>
    values.some((value) => value.name === name && value.share > 0),
  );
  // Few among millions would not be seen in a stack: a mark above it shows when there were any.
  const alarms = bins
    .filter(({ samples }) => samples.some(({ unavailable }) => unavailable > 0))
    .map(({ from, to, samples }) => ({
      from: round(from / unit.microseconds),
      to: round(to / unit.microseconds),
      most: samples.reduce((most, { unavailable }) => Math.max(most, unavailable), 0),
    }));
  const bands = outageBands(replications, unit);
  const note = alarms.length > 0 ? " Red above: some blob cannot be read." : "";
  return {
    ...frame(
      "Blobs by the margin they have left (%)",
      `How close is data to being unreadable? Slivers served above what reconstructs, against those of a whole blob.${note}${bandNote(bands)}`,
    ),
    layer: [
      {
        data: { values },
        mark: { type: "area", clip: true, line: false },
        encoding: {
          x: timeAxis("time", unit, first.horizon),
          y: {
            field: "share",
            type: "quantitative",
            stack: "zero",
            scale: { domain: [0, 1.03], nice: false },
            axis: { format: ".0%", values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
            title: "Share of certified blobs",
          },
          color: {
            field: "name",
            type: "nominal",
            title: "margin left",
            scale: { domain: seen.map(({ name }) => name), range: seen.map(({ color }) => color) },
          },
          order: { field: "order", type: "quantitative" },
          tooltip: [
            timeTip("time", unit),
            { field: "name", type: "nominal", title: "margin left" },
            { field: "share", type: "quantitative", title: "share of blobs", format: ".4%" },
            { field: "blobs", type: "quantitative", format: ",.6~g" },
          ],
        },
      },
      bandLayer(bands, replications.length),
      {
        data: { values: alarms },
        mark: { type: "rect", color: ink.alarm },
        encoding: {
          x: { field: "from", type: "quantitative" },
          x2: { field: "to" },
          y: { datum: 1.01 },
          y2: { datum: 1.03 },
          tooltip: [
            timeTip("from", unit, "from"),
            { field: "most", type: "quantitative", title: "most blobs unreadable", format: "," },
          ],
        },
      },
    ],
  };
}
