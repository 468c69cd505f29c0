/** The unit that suits a stretch of simulated time. */
export interface TimeUnit {
  readonly name: "seconds" | "minutes" | "hours" | "days" | "weeks";
  readonly microseconds: number;
}

const weeks = { name: "weeks", microseconds: 604_800e6 } as const;

const units: readonly TimeUnit[] = [
  { name: "days", microseconds: 86_400e6 },
  { name: "hours", microseconds: 3_600e6 },
  { name: "minutes", microseconds: 60e6 },
  { name: "seconds", microseconds: 1e6 },
];

/** The largest unit of which the stretch holds at least three; weeks from some months on. */
export function timeUnit(stretchMicroseconds: number): TimeUnit {
  if (stretchMicroseconds >= 20 * weeks.microseconds) return weeks;
  const seconds = { name: "seconds", microseconds: 1e6 } as const;
  return units.find((unit) => stretchMicroseconds >= 3 * unit.microseconds) ?? seconds;
}
