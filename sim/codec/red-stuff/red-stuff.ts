import type { CodecEngine } from "../codec-engine.ts";
import { type RedStuffShape, redStuffShape } from "./shape.ts";

/** A shape and what computes it: what every operation of Red Stuff starts from. */
export interface RedStuff {
  readonly shape: RedStuffShape;
  readonly engine: CodecEngine;
}

/** Throws a RangeError below 4 shards. */
export function redStuff(shardCount: number, engine: CodecEngine): RedStuff {
  return { shape: redStuffShape(shardCount), engine };
}
