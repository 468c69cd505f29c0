import type { ReplicationRows, WriteRow } from "../../sim/metrics/rows.ts";
import { sum } from "../statistics/sum.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";

const phases = ["encode", "status", "register", "upload", "tail", "confirm", "certify"] as const;

const sizeClasses = [
  { label: "up to 1 MiB", bytesMax: 2 ** 20 },
  { label: "1 to 16 MiB", bytesMax: 2 ** 24 },
  { label: "16 to 128 MiB", bytesMax: 2 ** 27 },
  { label: "above 128 MiB", bytesMax: Infinity },
];

/** Mean time of a successful write by phase, for blobs of each size. */
export function writePhases(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const writes = replications.flatMap((rows) => rows.writes.filter((row) => row.outcome === "ok"));
  if (writes.length === 0) return undefined;
  const ofSize = (write: WriteRow) => sizeClasses.find(({ bytesMax }) => write.bytes <= bytesMax);
  const groups = [
    ...sizeClasses.map((size) => ({
      label: size.label,
      writes: writes.filter((write) => ofSize(write) === size),
    })),
    { label: "all writes", writes },
  ].filter((group) => group.writes.length > 0);
  // With one size only, "all" would say the same again.
  const shown = groups.length === 2 ? groups.slice(1) : groups;
  const values = shown.flatMap(({ label, writes: group }) =>
    phases.map((phase, order) => {
      const total = sum(group.map((write) => write[`${phase}Microseconds`]));
      const seconds = round(total / group.length / 1e6);
      return { blobs: label, phase, order, seconds, writes: group.length };
    }),
  );
  return {
    ...frame(
      "Mean time of a write (s), by phase and size of the blob",
      "Where does a writer's time go? From left to right as the phases happen.",
      34 * shown.length + 12,
    ),
    data: { values },
    mark: { type: "bar", height: { band: 0.72 }, stroke: "#ffffff", strokeWidth: 1 },
    encoding: {
      y: {
        field: "blobs",
        type: "nominal",
        sort: shown.map(({ label }) => label),
        title: null,
        axis: { labelFontSize: 12, grid: false },
      },
      x: { field: "seconds", type: "quantitative", stack: "zero", title: "Mean time in seconds" },
      color: {
        field: "phase",
        type: "nominal",
        title: null,
        scale: { domain: [...phases], range: palette.slice(0, phases.length) },
      },
      order: { field: "order", type: "quantitative" },
      tooltip: [
        { field: "blobs", type: "nominal" },
        { field: "phase", type: "nominal" },
        { field: "seconds", type: "quantitative", title: "mean (s)", format: ".4~g" },
        { field: "writes", type: "quantitative" },
      ],
    },
  };
}
