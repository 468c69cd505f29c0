import type { FactDetails } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { buildWorld, type SimulatedWorld } from "../scenario/build-world.ts";
import { handlerNames } from "./handler-names.ts";
import type { StudyCell } from "./replication.ts";

/** One line of a trace: an event before it runs, or a fact that it records. Times in microseconds. */
export type TraceLine =
  | {
      readonly kind: "event";
      readonly time: SimTime;
      readonly handler: string;
      readonly argument: number;
    }
  | {
      readonly kind: "fact";
      readonly time: SimTime;
      readonly actor: number;
      readonly fact: string;
      readonly details: FactDetails;
    };

/** One run at the point where it parts from another. */
export interface TraceSide {
  /** The first line that the other run does not have; `undefined` if this run has ended. */
  readonly line: TraceLine | undefined;
  /** The last fact before it, and the first fact from it on, within the stretch looked at. */
  readonly factBefore: TraceLine | undefined;
  readonly factAfter: TraceLine | undefined;
}

/** Where two runs part. */
export interface Difference {
  /** Events that both runs had before. */
  readonly eventsBefore: number;
  readonly sides: readonly [TraceSide, TraceSide];
}

/** Stretches that are compared by their digests, so that only one of them need be traced. */
const STRETCHES = 1_000;

/**
 * The first event or fact in which two replications differ, or `undefined` if they do not. Each is
 * run twice: once for the digests at a thousand moments, once with the trace of one stretch, so that
 * memory does not grow with the length of the run.
 */
export function firstDifference(
  first: readonly [StudyCell, number],
  second: readonly [StudyCell, number],
): Difference | undefined {
  const horizon = Math.min(first[0].scenario.horizon, second[0].scenario.horizon);
  const [left, right] = [digests(first, horizon), digests(second, horizon)];
  const stretch = left.findIndex((digest, index) => digest !== right[index]);
  if (stretch < 0) return undefined;

  const before = traceOf(first, horizon, stretch);
  const after = traceOf(second, horizon, stretch);
  const end = Math.max(before.lines.length, after.lines.length);
  let at = 0;
  while (at < end && sameLine(before.lines[at], after.lines[at])) at++;
  invariant(at < end, () => "two runs differ, and did not when they were run again");
  const common = before.lines.slice(0, at).filter(({ kind }) => kind === "event").length;
  return {
    eventsBefore: before.eventsBefore + common,
    sides: [sideAt(before.lines, at), sideAt(after.lines, at)],
  };
}

const endOf = (stretch: number, horizon: SimTime) =>
  Math.floor((horizon * (stretch + 1)) / STRETCHES);

/** The digest after each stretch up to `horizon`, and at the very end. */
function digests([cell, replication]: readonly [StudyCell, number], horizon: SimTime): string[] {
  const simulated = buildWorld(cell.scenario, replication, cell.tables);
  const { world } = simulated;
  const digest = () => `${world.eventDigest}/${world.factDigest}`;
  const all: string[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    world.runUntil(endOf(stretch, horizon));
    all.push(digest());
  }
  simulated.run();
  return [...all, digest()];
}

/** All lines of one stretch, which is the time after `horizon` if it is the last. */
function traceOf(
  [cell, replication]: readonly [StudyCell, number],
  horizon: SimTime,
  stretch: number,
): { readonly lines: readonly TraceLine[]; readonly eventsBefore: number } {
  const simulated = buildWorld(cell.scenario, replication, cell.tables);
  const { world } = simulated;
  const names = handlerNames(world);
  for (let before = 0; before < stretch; before++) world.runUntil(endOf(before, horizon));
  const eventsBefore = world.engine.eventCount;
  const lines = observeLines(simulated, names);
  if (stretch < STRETCHES) world.runUntil(endOf(stretch, horizon));
  else simulated.run();
  return { lines, eventsBefore };
}

function observeLines({ world }: SimulatedWorld, names: readonly string[]): readonly TraceLine[] {
  const lines: TraceLine[] = [];
  world.engine.observeEvents((time, handler, argument) => {
    lines.push({ kind: "event", time, handler: names[handler]!, argument });
  });
  world.observeFacts((fact) => lines.push({ kind: "fact", ...fact }));
  return lines;
}

function sameLine(left: TraceLine | undefined, right: TraceLine | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function sideAt(lines: readonly TraceLine[], at: number): TraceSide {
  const isFact = ({ kind }: TraceLine) => kind === "fact";
  return {
    line: lines[at],
    factBefore: lines.slice(0, at).findLast(isFact),
    factAfter: lines.slice(at).find(isFact),
  };
}
