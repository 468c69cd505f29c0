import { expect, it } from "vitest";
import { days, hours, microseconds, milliseconds, minutes, seconds } from "./sim-time.ts";

it("a duration is a whole number of microseconds, whatever it was given in", () => {
  expect([microseconds(2), milliseconds(2), seconds(2)]).toEqual([2, 2000, 2_000_000]);
  expect([minutes(2), hours(2), days(2)]).toEqual([120e6, 7200e6, 172_800e6]);
  // 1/3 ms is 333.3 µs; 0.29 s in doubles is not quite 290,000 µs.
  expect([milliseconds(1 / 3), seconds(0.29), microseconds(0.5)]).toEqual([333, 290_000, 1]);
});
