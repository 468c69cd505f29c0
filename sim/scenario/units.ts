/** A time span as scenarios write it, such as `"6h"`. */
export type Duration = `${number}${"us" | "ms" | "s" | "min" | "h" | "d" | "w"}`;
/** A number of bytes, such as `"8MiB"`. */
export type Size =
  `${number}${"B" | "kB" | "MB" | "GB" | "TB" | "PB" | "KiB" | "MiB" | "GiB" | "TiB"}`;
/** What a link carries, such as `"1Gbit/s"`. */
export type Rate =
  `${number}${"bit" | "kbit" | "Mbit" | "Gbit" | "B" | "kB" | "MB" | "GB" | "KiB" | "MiB" | "GiB"}/s`;
/** How often something happens, such as `"240/h"`. */
export type Frequency = `${number}/${"s" | "min" | "h" | "d" | "w"}`;
/** A part of a whole: `"33%"`, or the same as the number 0.33. */
export type Share = `${number}%` | number;

/** The units of one kind of quantity: how many of the model's units each is, smallest first. */
export interface Dimension {
  readonly units: Readonly<Record<string, number>>;
  /** Whether the model counts in whole units. */
  readonly whole: boolean;
  /** What a value should look like, for messages. */
  readonly example: string;
}

const second = 1e6;

/** Model unit: the microsecond. */
export const duration: Dimension = {
  units: {
    us: 1,
    ms: 1e3,
    s: second,
    min: 60 * second,
    h: 3_600 * second,
    d: 86_400 * second,
    w: 604_800 * second,
  },
  whole: true,
  example: 'a duration such as "250ms", "6h" or "14d"',
};

/** Model unit: the byte. */
export const size: Dimension = {
  units: {
    B: 1,
    kB: 1e3,
    KiB: 1_024,
    MB: 1e6,
    MiB: 1_048_576,
    GB: 1e9,
    GiB: 1_073_741_824,
    TB: 1e12,
    TiB: 1_099_511_627_776,
    PB: 1e15,
  },
  whole: true,
  example: 'a size such as "128KiB", "8MiB" or "512MB"',
};

/** Model unit: bytes per microsecond, so that 1 Gbit/s is 125. */
export const rate: Dimension = {
  units: {
    "bit/s": 1.25e-7,
    "B/s": 1e-6,
    "kbit/s": 1.25e-4,
    "kB/s": 1e-3,
    "KiB/s": 1.024e-3,
    "Mbit/s": 0.125,
    "MB/s": 1,
    "MiB/s": 1.048576,
    "Gbit/s": 125,
    "GB/s": 1e3,
    "GiB/s": 1_073.741824,
  },
  whole: false,
  example: 'a rate such as "100Mbit/s", "1Gbit/s" or "50MB/s"',
};

/** Model unit: times per microsecond. */
export const frequency: Dimension = {
  units: {
    "/w": 1 / duration.units.w!,
    "/d": 1 / duration.units.d!,
    "/h": 1 / duration.units.h!,
    "/min": 1 / duration.units.min!,
    "/s": 1 / second,
  },
  whole: false,
  example: 'a frequency such as "2/s", "240/h" or "5/d"',
};

const shape = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(\D.*)$/;

/** The value in the model's unit, or `undefined` if the text is no such quantity. */
export function parseQuantity(text: string, { units, whole }: Dimension): number | undefined {
  const [, number, unit] = shape.exec(text) ?? [];
  if (unit === undefined || !Object.hasOwn(units, unit)) return undefined;
  const value = Number(number) * units[unit]!;
  if (whole && value > Number.MAX_SAFE_INTEGER) return undefined;
  return whole ? Math.round(value) : value;
}

/** The plainest text that {@link parseQuantity} reads back as exactly this value. */
export function formatQuantity(value: number, dimension: Dimension): string {
  const forms = Object.entries(dimension.units)
    .map(([unit, factor]) => ({ number: value / factor, text: `${value / factor}`, unit }))
    .filter(({ text, unit }) => parseQuantity(text + unit, dimension) === value)
    .reverse();
  const whole = forms.filter(({ number }) => number >= 1);
  const candidates = whole.length > 0 ? whole : forms;
  // Few digits read best, so 90s and not 1.5min; of as many, those of the larger unit.
  const fewest = Math.min(...candidates.map(({ text }) => text.length));
  const best = candidates.find(({ text }) => text.length === fewest);
  return best === undefined ? String(value) : best.text + best.unit;
}

/** A share in 0..1 from `"33%"` or a number; `undefined` if it is neither, or outside of 0..1. */
export function parseShare(share: unknown): number | undefined {
  const percent = typeof share === "string" ? /^(\d+(?:\.\d+)?)%$/.exec(share) : null;
  const value = percent ? Number(percent[1]) / 100 : share;
  return typeof value === "number" && value >= 0 && value <= 1 ? value : undefined;
}
