/** A moment of simulated time: whole microseconds since the start, exact up to 2^53 (285 years). */
export type SimTime = number;

/** A length of simulated time: whole microseconds. */
export type Duration = number;

/** The last moment there is: beyond it, doubles no longer tell neighbouring microseconds apart. */
export const TIME_MAX: SimTime = Number.MAX_SAFE_INTEGER;

const inMicroseconds = (unit: number) => (count: number) => Math.round(count * unit);

/** Each takes a number of units, fractions allowed, and rounds to whole microseconds. */
export const microseconds: (count: number) => Duration = inMicroseconds(1);
export const milliseconds: (count: number) => Duration = inMicroseconds(1e3);
export const seconds: (count: number) => Duration = inMicroseconds(1e6);
export const minutes: (count: number) => Duration = inMicroseconds(60e6);
export const hours: (count: number) => Duration = inMicroseconds(3600e6);
export const days: (count: number) => Duration = inMicroseconds(86_400e6);
