import type { TimeUnit } from "./time-unit.ts";

/** Simulated time from left to right, from 0 to the horizon. */
export function timeAxis(field: string, unit: TimeUnit, horizonMicroseconds: number) {
  return {
    field,
    type: "quantitative" as const,
    title: `Simulated time in ${unit.name}`,
    scale: { domain: [0, horizonMicroseconds / unit.microseconds], nice: false },
    axis: { grid: false, tickCount: 12 },
  };
}

/** A tooltip's line for a time. */
export const timeTip = (field: string, unit: TimeUnit, what = "time") => ({
  field,
  type: "quantitative" as const,
  title: `${what} (${unit.name})`,
  format: ".4~g",
});
