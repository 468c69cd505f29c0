import type { FactDetails } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { SimulatedWorld } from "../scenario/simulated-world.ts";
import { handlerNames } from "./handler-names.ts";

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
      /** Its name. */
      readonly actor: string;
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

/** Makes one of the two worlds, always the same. */
type MakeWorld = () => SimulatedWorld;

/**
 * The first event or fact in which two worlds differ, or `undefined` if they do not. Each is run
 * twice: once for the digests at a thousand moments up to `horizon`, once with the trace of one
 * stretch, so that memory does not grow with the length of the run.
 */
export function firstDifference(
  first: MakeWorld,
  second: MakeWorld,
  horizon: SimTime,
): Difference | undefined {
  const [left, right] = [digests(first, horizon), digests(second, horizon)];
  const stretch = left.findIndex((digest, index) => digest !== right[index]);
  if (stretch < 0) return undefined;

  const traces = [new Trace(first, horizon, stretch), new Trace(second, horizon, stretch)] as const;
  let at = 0;
  let common = 0;
  for (; sameLine(traces[0].line(at), traces[1].line(at)); at++) {
    const line = traces[0].line(at);
    invariant(line !== undefined, () => "two worlds differ, and did not when they were run again");
    if (line.kind === "event") common++;
  }
  return {
    eventsBefore: traces[0].eventsBefore + common,
    sides: [traces[0].sideAt(at), traces[1].sideAt(at)],
  };
}

const endOf = (stretch: number, horizon: SimTime) =>
  Math.floor((horizon * (stretch + 1)) / STRETCHES);

/** The digest after each stretch up to `horizon`, and at the very end. */
function digests(makeWorld: MakeWorld, horizon: SimTime): string[] {
  const simulated = makeWorld();
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

/** The lines of a world from the begin of one stretch on, run as far as they are asked for. */
class Trace {
  readonly eventsBefore: number;
  readonly #simulated: SimulatedWorld;
  readonly #horizon: SimTime;
  readonly #lines: TraceLine[] = [];
  #stretch: number;

  constructor(makeWorld: MakeWorld, horizon: SimTime, stretch: number) {
    const simulated = makeWorld();
    const { world } = simulated;
    const names = handlerNames(world);
    for (let before = 0; before < stretch; before++) world.runUntil(endOf(before, horizon));
    this.eventsBefore = world.engine.eventCount;
    this.#simulated = simulated;
    this.#horizon = horizon;
    this.#stretch = stretch;
    world.engine.observeEvents((time, handler, argument) => {
      this.#lines.push({ kind: "event", time, handler: names[handler]!, argument });
    });
    world.observeFacts(({ actor, ...fact }) => {
      this.#lines.push({ kind: "fact", ...fact, actor: world.nameOf(actor) });
    });
  }

  /** The line at an index; `undefined` if the world ends before. */
  line(index: number): TraceLine | undefined {
    while (index >= this.#lines.length && this.#stretch <= STRETCHES) {
      if (this.#stretch === STRETCHES) this.#simulated.run();
      else this.#simulated.world.runUntil(endOf(this.#stretch, this.#horizon));
      this.#stretch++;
    }
    return this.#lines[index];
  }

  sideAt(index: number): TraceSide {
    const isFact = ({ kind }: TraceLine) => kind === "fact";
    return {
      line: this.line(index),
      factBefore: this.#lines.slice(0, index).findLast(isFact),
      factAfter: this.#lines.slice(index).find(isFact),
    };
  }
}

function sameLine(left: TraceLine | undefined, right: TraceLine | undefined): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
