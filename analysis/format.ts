import type { MetricUnit } from "../sim/metrics/catalogue.ts";
import type { Estimate } from "./statistics/estimate.ts";

/** What a metric's unit is called in tables and JSON, and what it takes to get there. */
export const displayUnit: Readonly<Record<MetricUnit, { name: string; perModelUnit: number }>> = {
  share: { name: "share", perModelUnit: 1 },
  microseconds: { name: "s", perModelUnit: 1e6 },
  bytes: { name: "bytes", perModelUnit: 1 },
  count: { name: "count", perModelUnit: 1 },
  slivers: { name: "slivers", perModelUnit: 1 },
  times: { name: "times", perModelUnit: 1 },
};

/** From the model's unit to the one displayed: microseconds become seconds. */
export function toDisplay(unit: MetricUnit, value: number): number {
  return value / displayUnit[unit].perModelUnit;
}

/** A number of things, with thin commas: 1,234,567. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A value in the model's unit, for people: three or four digits that say something. */
export function formatValue(unit: MetricUnit, value: number): string {
  switch (unit) {
    case "share":
      return formatShare(value);
    case "microseconds":
      return formatDuration(value);
    case "bytes":
      return formatBytes(value);
    case "count":
    case "slivers":
      return Number.isInteger(value) ? formatCount(value) : digits(value);
    case "times":
      return `${digits(value)}x`;
  }
}

/** As many decimals as the distance to 0 or 100 % needs: 99.9970 %, not 100 %. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(shareDecimals(share))} %`;
}

function shareDecimals(share: number): number {
  const distance = Math.min(share, 1 - share);
  if (distance <= 0) return 0;
  return Math.min(12, Math.max(1, 2 - Math.floor(Math.log10(100 * distance) + 1e-9)));
}

/** An end of an interval with at most the decimals of its value; `< 100 %` where they do not tell the two. */
function formatShareEnd(end: number, value: number): string {
  const text = (100 * end).toFixed(Math.min(shareDecimals(end), shareDecimals(value)));
  if (end < 1 && Number(text) === 100) return "< 100 %";
  if (end > 0 && Number(text) === 0) return "> 0 %";
  return `${text} %`;
}

/** Whole microseconds in the unit that suits: 850 µs, 12.3 ms, 4.56 s, 12.5 min, 6 h. */
export function formatDuration(microseconds: number): string {
  if (microseconds === 0) return "0 s";
  if (microseconds < 1e3) return `${digits(microseconds)} µs`;
  if (microseconds < 1e6) return `${digits(microseconds / 1e3)} ms`;
  if (microseconds < 120e6) return `${digits(microseconds / 1e6)} s`;
  if (microseconds < 120 * 60e6) return `${digits(microseconds / 60e6)} min`;
  if (microseconds < 48 * 3600e6) return `${digits(microseconds / 3600e6)} h`;
  return `${digits(microseconds / 86_400e6)} d`;
}

/** Bytes in the unit that suits: 850 B, 339 kB, 4.83 MB. */
function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${digits(bytes)} B`;
  if (bytes < 1e6) return `${digits(bytes / 1e3)} kB`;
  if (bytes < 1e9) return `${digits(bytes / 1e6)} MB`;
  return `${digits(bytes / 1e9)} GB`;
}

function digits(value: number): string {
  if (Number.isInteger(value)) return formatCount(value);
  // From here on, three digits would be written as 1.00e+3.
  if (Math.abs(value) >= 999.5) return formatCount(Math.round(value));
  return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(3);
}

/** The value in words that never claim 0 or 100 % for want of a hit. */
export function formatEstimate(unit: MetricUnit, estimate: Estimate): string {
  const { value, count, replications } = estimate;
  if (value === null) return "no data";
  if (unit === "share" && value === 1) return `all of ${formatCount(count)}`;
  if (unit === "share" && value === 0) return `none of ${formatCount(count)}`;
  if (unit === "count" && value === 0) return `none in ${formatCount(replications)} replications`;
  return formatValue(unit, value);
}

/** Operations that would bound any percentile's one end or other, were they independent. */
const MANY = 100;

/** The interval in words: `1.20 s to 1.31 s`, `misses < 3.0e-5`, `no interval`. All at 95 %. */
export function formatInterval(unit: MetricUnit, estimate: Estimate): string {
  const { value, low, high, interval, count, replications } = estimate;
  if (value === null) return "";
  if (interval === "none") return replications > 1 ? "none: seen in one run only" : "no interval";
  if (interval === "one-sided") {
    const bound = low === null ? (high ?? value) : value - low;
    const text = bound < 0.1 ? bound.toExponential(1) : bound.toPrecision(2);
    return low === null ? `< ${text}` : `misses < ${text}`;
  }
  const end = (at: number) =>
    unit === "share" ? formatShareEnd(at, value) : formatValue(unit, at);
  if (interval === "range") {
    return low === high
      ? "in each replication"
      : `each ${end(low ?? value)} to ${end(high ?? value)}`;
  }
  if (low === null && high === null) {
    // Of so many operations only those are too few that tell of one another's luck.
    return `too few ${count < MANY ? "data" : "replications"} for either end`;
  }
  if (low === null) return `up to ${end(high ?? value)}`;
  if (high === null) return `${end(low)} or more`;
  return `${end(low)} to ${end(high)}`;
}
