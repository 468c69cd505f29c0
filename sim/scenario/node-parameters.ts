import type { NodeParameters } from "../protocol/parameters.ts";
import type { Committee } from "./scenario.ts";

/** What the storage nodes of a committee are made of. */
export function nodeParameters({
  cores,
  serviceTime,
  responseTime,
  queueLimit,
  recovery,
}: Committee): NodeParameters {
  return {
    cores,
    coreTime: serviceTime,
    responseTime,
    queueLimit,
    recovery: recovery.enabled ? recovery : undefined,
  };
}
