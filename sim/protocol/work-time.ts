import type { Context } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
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
  // Recovery has luck of its own.
  const luck = shop.context.random(
    request.kind === "get-recovery-symbols" ? "recovery-service" : "service",
  );
  const each = draw(shop.parameters.coreTime, luck, shop);
  switch (request.kind) {
    case "get-status":
    case "get-metadata-status":
    case "get-sliver-status":
      return draw(responseTime.status, luck, shop);
    case "put-metadata":
    case "get-metadata":
      return inCores(1, each, shop) + draw(responseTime.metadata, luck, shop);
    case "get-confirmation":
    case "put-proof":
      return inCores(1, each, shop) + draw(responseTime.confirm, luck, shop);
    case "put-slivers": {
      const work = inCores(request.slivers.count, each, shop);
      const bytes = requestBytes(request, shelf.placement);
      return work + draw(responseTime.store, luck, shop) + forBytes(bytes, shop);
    }
    case "get-slivers": {
      const work = inCores(request.count, each, shop);
      const bytes = answerBytes(answer, shelf.placement);
      return work + draw(responseTime.serve, luck, shop) + forBytes(bytes, shop);
    }
    case "get-symbols":
      // Each source is a secondary sliver to be expanded, whatever the number of targets.
      return inCores(sourcesOf(request, shelf), each, shop) + draw(responseTime.serve, luck, shop);
    case "get-recovery-symbols": {
      // The same here; that there is nothing to be expanded takes a look.
      const tasks = answer.kind === "recovery-symbols" ? present(answer.symbols) : 1;
      const work = inCores(tasks, each, shop);
      const bytes = answerBytes(answer, shelf.placement);
      return work + draw(responseTime.serve, luck, shop) + forBytes(bytes, shop);
    }
  }
}

// At least a look at what there is: a node may be asked for what it held in another epoch.
const sourcesOf = ({ blob, epoch }: { blob: BlobNumber; epoch: number }, shelf: Shelf): number =>
  Math.max(1, shardsIn(epoch, blob, shelf).length);

/** How long it takes to decode and store so many slivers, of so many bytes together. */
export function timeToStore(slivers: number, bytes: number, shop: Workshop): Duration {
  const { coreTime, responseTime } = shop.parameters;
  const luck = shop.context.random("recovery-service");
  const work = inCores(slivers, draw(coreTime, luck, shop), shop);
  return work + draw(responseTime.store, luck, shop) + forBytes(bytes, shop);
}

/** How long it takes to read slivers of a shard from disk for its next owner. */
export function timeToHandOver(answer: Answer, shelf: Shelf, shop: Workshop): Duration {
  const { coreTime, responseTime } = shop.parameters;
  const luck = shop.context.random("shard-service");
  const work = inCores(1, draw(coreTime, luck, shop), shop);
  const bytes = answerBytes(answer, shelf.placement);
  return work + draw(responseTime.serve, luck, shop) + forBytes(bytes, shop);
}

/**
 * How long it takes to verify and store so many slivers that came from a shard's previous owner: all cores are
 * at it, but only as far as nothing else wants them, so that it keeps nothing else waiting.
 */
export function timeToVerify(slivers: number, bytes: number, shop: Workshop): Duration {
  const { cores, coreTime, responseTime } = shop.parameters;
  const luck = shop.context.random("shard-service");
  const work = Math.ceil(slivers / cores) * draw(coreTime, luck, shop);
  return work + draw(responseTime.store, luck, shop) + forBytes(bytes, shop);
}

const draw = (distribution: Distribution, luck: RandomStream, { slowness }: Workshop): Duration =>
  Math.round(sample(distribution, luck) * slowness);

/** Until the last of so many tasks is done, each of which keeps a core for so long. */
const inCores = (tasks: number, each: Duration, { queue, context }: Workshop): Duration =>
  enqueue(queue, context.now, tasks, each) - context.now;

const forBytes = (bytes: number, { parameters, slowness }: Workshop): Duration =>
  Math.round((parameters.responseTime.perMiB * slowness * bytes) / 1_048_576);
