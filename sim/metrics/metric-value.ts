import type { MetricUnit } from "./catalogue.ts";

/** What a value must look like, for messages. */
export const valueExample: Readonly<Record<MetricUnit, string>> = {
  share: 'a share such as "0.999" or "99.9%"',
  microseconds: 'a duration such as "500ms", "2s", "5min" or "1h"',
  bytes: 'a size such as "500kB", "8MiB" or "1GB"',
  count: 'a number such as "0" or "10"',
  slivers: 'a number of slivers such as "0" or "-3"',
  times: 'a multiple such as "4.5" or "4.5x"',
};

const microsecondsPer: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  min: 60e6,
  h: 3_600e6,
  d: 86_400e6,
  w: 604_800e6,
};

const bytesPer: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** A value as users write it, in the unit of the model; `undefined` if it is none of that unit. */
export function parseValue(unit: MetricUnit, text: string): number | undefined {
  const parts = /^(-?\d+(?:\.\d+)?)\s*(\S*)$/.exec(text);
  if (parts === null || (text.startsWith("-") && unit !== "slivers")) return undefined;
  const number = Number(parts[1]);
  const suffix = parts[2] ?? "";
  if (!Number.isFinite(number)) return undefined;
  switch (unit) {
    case "share": {
      // 99.9 / 100 is not the double nearest to 0.999, but 99.9e-2 is.
      const share = suffix === "%" ? Number(`${parts[1]}e-2`) : number;
      return (suffix === "" || suffix === "%") && share <= 1 ? share : undefined;
    }
    case "microseconds": {
      const factor = Object.hasOwn(microsecondsPer, suffix) ? microsecondsPer[suffix] : undefined;
      return factor === undefined ? undefined : Math.round(number * factor);
    }
    case "bytes": {
      const factor = Object.hasOwn(bytesPer, suffix) ? bytesPer[suffix] : undefined;
      return factor === undefined ? undefined : Math.round(number * factor);
    }
    case "count":
    case "slivers":
      return suffix === "" ? number : undefined;
    case "times":
      return suffix === "" || suffix === "x" ? number : undefined;
  }
}
