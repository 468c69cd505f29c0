import type { BlobMetadata, SliverPlace } from "../code.ts";
import {
  isAimedAt,
  type RecoverySymbol,
  sliverFrom,
  verifyRecoverySymbols,
} from "./recovery-symbol.ts";
import type { RedStuff } from "./red-stuff.ts";
import { expansionCode } from "./shape.ts";
import { expectedHash, verifySliver } from "./sliver-hash.ts";

/**
 * Exactly as many symbols as recover a sliver, each covered by the metadata, which yet lead to a
 * sliver that the metadata does not know: no honest encoder made that blob.
 */
export interface InconsistencyProof {
  readonly target: SliverPlace;
  readonly symbols: readonly RecoverySymbol[];
}

export type InconsistencyVerdict =
  | { readonly proven: true }
  | {
      readonly proven: false;
      readonly reason: "wrong-symbols" | "unverified-symbol" | "not-inconsistent";
    };

/** Judges a proof by the metadata alone, as any node can. */
export function checkInconsistency(
  redStuff: RedStuff,
  { target, symbols }: InconsistencyProof,
  metadata: BlobMetadata,
): InconsistencyVerdict {
  // No sliver fits a place that does not exist: that says nothing about the encoder.
  const exists = expectedHash(metadata, redStuff.shape, target) !== undefined;
  const needed = expansionCode(redStuff.shape, target.axis).originals;
  const sources = new Set(symbols.map(({ sourceIndex }) => sourceIndex));
  if (!exists || symbols.length !== needed || sources.size !== needed) {
    return { proven: false, reason: "wrong-symbols" };
  }
  const misaimed = symbols.findIndex((symbol) => !isAimedAt(symbol, target));
  const aimed = misaimed < 0 ? symbols : symbols.slice(0, misaimed);
  if (verifyRecoverySymbols(redStuff, aimed, metadata).includes(false)) {
    return { proven: false, reason: "unverified-symbol" };
  }
  if (misaimed >= 0) return { proven: false, reason: "wrong-symbols" };
  const sliver = sliverFrom(redStuff, target, symbols);
  return verifySliver(redStuff, sliver, metadata)
    ? { proven: false, reason: "not-inconsistent" }
    : { proven: true };
}
