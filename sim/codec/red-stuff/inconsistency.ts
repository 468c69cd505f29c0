import type { BlobMetadata, SliverPlace } from "../code.ts";
import { type RecoverySymbol, sliverFrom, verifyRecoverySymbol } from "./recovery-symbol.ts";
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
  for (const symbol of symbols) {
    const aimed = symbol.target.axis === target.axis && symbol.target.index === target.index;
    if (!aimed) return { proven: false, reason: "wrong-symbols" };
    if (!verifyRecoverySymbol(redStuff, symbol, metadata)) {
      return { proven: false, reason: "unverified-symbol" };
    }
  }
  const sliver = sliverFrom(redStuff, target, symbols);
  return verifySliver(redStuff, sliver, metadata)
    ? { proven: false, reason: "not-inconsistent" }
    : { proven: true };
}
