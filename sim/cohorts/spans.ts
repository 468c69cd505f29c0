import { type Duration, minutes } from "../engine/sim-time.ts";
import { isBornUnreadable, unavailableBlobs } from "./coverage.ts";
import { asOf } from "./progress.ts";
import type { Scene } from "./scene.ts";

/** While blobs cannot be read, how many is looked at again after at most this. */
const SPAN_STEP = minutes(10);

/** Adds up for how long how many blobs could not be read, until now. */
export function countSpan(scene: Scene, before: number): void {
  const { state, parameters } = scene;
  const { span } = state;
  if (span === undefined) return;
  const now = unavailableBlobs(state, parameters);
  span.blobTime += ((state.unavailable + now) / 2) * (state.at - before);
  span.blobsMax = Math.max(span.blobsMax, now);
}

/** After a change: a span begins, goes on or ends. It also begins with the first blob that nobody can read. */
export function lookForSpan(scene: Scene): void {
  const { state, parameters } = scene;
  state.unavailable = unavailableBlobs(state, parameters);
  if (state.unavailable === 0 && !isBornUnreadable(state, parameters)) {
    endSpan(scene);
    return;
  }
  state.span ??= { from: state.at, blobTime: 0, blobsMax: 0 };
  state.span.blobsMax = Math.max(state.span.blobsMax, state.unavailable);
}

/** How long until the number of blobs that cannot be read is to be looked at again, or is none. */
export function nextOfSpan({ state, parameters }: Scene): Duration {
  if (state.span === undefined || !state.flows.some(({ rate }) => rate > 0)) {
    return Number.POSITIVE_INFINITY;
  }
  const isOver = (passed: Duration) => {
    const then = asOf(state, parameters, state.at + passed);
    return unavailableBlobs(then, parameters) === 0 && !isBornUnreadable(then, parameters);
  };
  if (!isOver(SPAN_STEP)) return SPAN_STEP;
  // Work only closes gaps: what is over once stays so.
  let [on, over] = [0, SPAN_STEP];
  while (over - on > 1) {
    const middle = Math.floor((on + over) / 2);
    if (isOver(middle)) over = middle;
    else on = middle;
  }
  return over;
}

export function endSpan({ state, context }: Scene): void {
  const { span } = state;
  if (span === undefined) return;
  state.span = undefined;
  if (state.at === span.from) return; // Several things happened at once.
  context.record("unavailable-span", {
    from: span.from,
    to: state.at,
    blobSeconds: span.blobTime / 1e6,
    blobsMax: Math.round(span.blobsMax),
  });
}
