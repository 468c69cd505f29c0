import type { BlobMetadata, Sliver, SliverPlace } from "../code.ts";
import { checkSliverIndex } from "../sizes.ts";
import type { InconsistencyProof } from "./inconsistency.ts";
import {
  isAimedAt,
  type RecoverySymbol,
  sliverFrom,
  verifyRecoverySymbols,
} from "./recovery-symbol.ts";
import type { RedStuff } from "./red-stuff.ts";
import { expansionCode } from "./shape.ts";
import { verifySliver } from "./sliver-hash.ts";

/**
 * The sliver; or how many symbols that hold there were and how many it takes; or, when symbols that
 * hold lead to a sliver that does not, the proof that the blob was encoded wrongly.
 */
export type SliverRecovery =
  | { readonly ok: true; readonly sliver: Sliver }
  | {
      readonly ok: false;
      readonly reason: "not-enough-symbols";
      readonly needed: number;
      readonly usable: number;
    }
  | {
      readonly ok: false;
      readonly reason: "inconsistent-blob";
      readonly proof: InconsistencyProof;
    };

/**
 * Recovers a sliver from the first symbols of distinct sources that verify, as many as it takes. Throws
 * a RangeError for a target that is not there.
 */
export function recoverSliver(
  redStuff: RedStuff,
  target: SliverPlace,
  symbols: readonly RecoverySymbol[],
  metadata: BlobMetadata,
): SliverRecovery {
  checkSliverIndex(target.index, redStuff.shape.shardCount);
  const needed = expansionCode(redStuff.shape, target.axis).originals;
  const usable = new Map<number, RecoverySymbol>();
  const aimed = symbols.filter((symbol) => isAimedAt(symbol, target));
  for (let at = 0; at < aimed.length && usable.size < needed; ) {
    const next = aimed.slice(at, at + needed - usable.size);
    at += next.length;
    const verdicts = verifyRecoverySymbols(redStuff, next, metadata);
    next.forEach((symbol, i) => {
      if (verdicts[i] && !usable.has(symbol.sourceIndex)) usable.set(symbol.sourceIndex, symbol);
    });
  }
  if (usable.size < needed) {
    return { ok: false, reason: "not-enough-symbols", needed, usable: usable.size };
  }
  const used = [...usable.values()];
  const sliver = sliverFrom(redStuff, target, used);
  return verifySliver(redStuff, sliver, metadata)
    ? { ok: true, sliver }
    : { ok: false, reason: "inconsistent-blob", proof: { target, symbols: used } };
}
