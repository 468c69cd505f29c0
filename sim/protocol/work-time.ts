import type { Context } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import { type BlobNumber, present } from "./content.ts";
import { answerBytes, requestBytes } from "./message-bytes.ts";
import type { WalrusMessage } from "./messages.ts";
import { type Shelf, shardsIn, type WorkRequest } from "./node-answers.ts";
import type { NodeParameters } from "./parameters.ts";
import type { Answer } from "./requests.ts";
import { enqueue, type WorkQueue } from "./work-queue.ts";

/** Where a node's work is done. */
export interface Workshop {
  readonly parameters: NodeParameters;
  readonly queue: WorkQueue;
  /** All work takes so many times as long. */
  readonly slowness: number;
  readonly context: Context<WalrusMessage>;
}

/** How long the node takes for a request, from its coming to when the answer leaves. */
export function timeToAnswer(
  request: WorkRequest,
  answer: Answer,
  shelf: Shelf,
  shop: Workshop,
): Duration {
  const { responseTime } = shop.parameters;
  const isRecovery = request.kind === "get-recovery-symbols";
  const { time, forBytes, inCores } = clock(shop, isRecovery ? "recovery-service" : "service");
  const forAnswer = () => forBytes(answerBytes(answer, shelf.placement));
  switch (request.kind) {
    case "get-status":
    case "get-sliver-status":
      return time(responseTime.status);
    case "put-metadata":
    case "get-metadata":
      return inCores(1) + time(responseTime.metadata);
    case "get-confirmation":
    case "put-proof":
      return inCores(1) + time(responseTime.confirm);
    case "put-slivers": {
      const bytes = requestBytes(request, shelf.placement);
      return inCores(request.slivers.count) + time(responseTime.store) + forBytes(bytes);
    }
    case "get-slivers":
      return inCores(request.count) + time(responseTime.serve) + forAnswer();
    case "get-symbols":
      // Each source is a secondary sliver to be expanded, whatever the number of targets.
      return inCores(sourcesOf(request, shelf)) + time(responseTime.serve);
    case "get-recovery-symbols": {
      // The same here; that there is nothing to be expanded takes a look.
      const tasks = answer.kind === "recovery-symbols" ? present(answer.symbols) : 1;
      return inCores(tasks) + time(responseTime.serve) + forAnswer();
    }
  }
}

// At least a look at what there is: a node may be asked for what it held in another epoch.
const sourcesOf = ({ blob, epoch }: { blob: BlobNumber; epoch: number }, shelf: Shelf): number =>
  Math.max(1, shardsIn(epoch, blob, shelf).length);

/** How long it takes to decode and store so many slivers, of so many bytes together. */
export function timeToStore(slivers: number, bytes: number, shop: Workshop): Duration {
  const { time, forBytes, inCores } = clock(shop, "recovery-service");
  return inCores(slivers) + time(shop.parameters.responseTime.store) + forBytes(bytes);
}

/** How long it takes to read slivers of a shard from disk for its next owner. */
export function timeToHandOver(answer: Answer, shelf: Shelf, shop: Workshop): Duration {
  const { time, forBytes, inCores } = clock(shop, "shard-service");
  const { serve } = shop.parameters.responseTime;
  return inCores(1) + time(serve) + forBytes(answerBytes(answer, shelf.placement));
}

/**
 * How long it takes to verify and store so many slivers that came from a shard's previous owner: all cores are
 * at it, but only as far as nothing else wants them, so that it keeps nothing else waiting.
 */
export function timeToVerify(slivers: number, bytes: number, shop: Workshop): Duration {
  const { time, each, forBytes } = clock(shop, "shard-service");
  const { cores, responseTime } = shop.parameters;
  return Math.ceil(slivers / cores) * each + time(responseTime.store) + forBytes(bytes);
}

// One draw of the time a task keeps a core, and what work costs by it. Recovery has luck of its own.
function clock({ parameters, queue, slowness, context }: Workshop, decision: string) {
  const { now } = context;
  const { coreTime, responseTime } = parameters;
  const random = context.random(decision);
  const time = (distribution: Distribution) => Math.round(sample(distribution, random) * slowness);
  const each = time(coreTime);
  return {
    time,
    each,
    inCores: (tasks: number) => enqueue(queue, now, tasks, each) - now,
    forBytes: (bytes: number) => Math.round((responseTime.perMiB * slowness * bytes) / 1_048_576),
  };
}
