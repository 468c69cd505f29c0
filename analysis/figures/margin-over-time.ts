import type { HealthRow, ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, ink, round } from "./figure.ts";
import { healthBins, meanOf, withEnd } from "./health-bins.ts";
import { bandNote, type OutageBand, outageBands } from "./outage-bands.ts";
import { timeAxis, timeTip } from "./time-axis.ts";
import { timeUnit } from "./time-unit.ts";

const UNREADABLE = "none";

/** From little margin, pale, to all of it, dark; what cannot be read stands out. */
const classes = [
  { name: "90–100 %", tenths: [9], color: "#08457e" },
  { name: "80–90 %", tenths: [8], color: "#2b72b0" },
  { name: "60–80 %", tenths: [6, 7], color: "#6aa3d1" },
  { name: "40–60 %", tenths: [4, 5], color: "#a3c8e4" },
  { name: "20–40 %", tenths: [2, 3], color: "#d3e3f1" },
  { name: "0–20 %", tenths: [0, 1], color: "#f3d9a8" },
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
  const values = withEnd(bins).flatMap(({ from, samples }) => {
    const blobs = meanOf(samples, (row) => row.blobs);
    const time = round(from / unit.microseconds);
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
  const strip = (bands: readonly OutageBand[]) => bands.map(({ from, to }) => ({ from, to }));
  const bands = outageBands(replications, unit);
  // Few among millions would not be seen in a stack: a mark above it shows when there were any.
  const alarms = replications.flatMap(({ spans }) =>
    spans.map(({ from, to, blobsMax }) => ({
      from: round(from / unit.microseconds),
      to: round(to / unit.microseconds),
      blobsMax,
    })),
  );
  const note = alarms.length > 0 ? " Red above: some blob cannot be read." : "";
  return {
    ...frame(
      "Blobs by the margin they have left (%)",
      `How close is data to being unreadable? Slivers served above what reconstructs, against those of a whole blob.${note}${bandNote(bands).replace("Shaded:", "Grey above:")}`,
    ),
    layer: [
      {
        data: { values },
        mark: { type: "area", interpolate: "step-after", clip: true },
        encoding: {
          x: timeAxis("time", unit, first.horizon),
          y: {
            field: "share",
            type: "quantitative",
            stack: "zero",
            scale: { domain: [0, 1.07], nice: false },
            axis: { format: ".0%", values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
            title: "Share of certified blobs",
          },
          color: {
            field: "name",
            type: "nominal",
            title: null,
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
      {
        data: { values: strip(bands) },
        mark: { type: "rect", color: ink.outage, opacity: 0.5 / replications.length, clip: true },
        encoding: {
          x: { field: "from", type: "quantitative" },
          x2: { field: "to" },
          y: { datum: 1.015 },
          y2: { datum: 1.035 },
        },
      },
      {
        data: { values: alarms },
        // What lasts for less than a pixel is still to be seen.
        mark: { type: "rect", color: ink.alarm, stroke: ink.alarm, strokeWidth: 1, clip: true },
        encoding: {
          x: { field: "from", type: "quantitative" },
          x2: { field: "to" },
          y: { datum: 1.045 },
          y2: { datum: 1.065 },
          tooltip: [
            timeTip("from", unit, "from"),
            timeTip("to", unit, "to"),
            { field: "blobsMax", type: "quantitative", title: "most unreadable", format: "," },
          ],
        },
      },
    ],
  };
}
