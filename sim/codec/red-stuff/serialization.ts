import { ENCODING_TYPE } from "../blob-id.ts";
import { join, littleEndian } from "../bytes.ts";
import type { Axis, BlobMetadata, Sliver } from "../code.ts";
import type { InconsistencyProof } from "./inconsistency.ts";
import type { RecoverySymbol } from "./recovery-symbol.ts";

/**
 * The forms in which Walrus nodes send and store Red Stuff, in BCS: whole numbers with the lowest
 * byte first, lists behind their length, choices behind their number.
 */
const METADATA_VERSION_1 = 0;
const NODE_WITH_HASH = 1;
const AXIS_NUMBER: Readonly<Record<Axis, number>> = { primary: 0, secondary: 1 };

/** A sliver whose axis the reader knows. */
export function writeSliver(
  { index, data }: Pick<Sliver, "index" | "data">,
  symbolBytes: number,
): Uint8Array {
  const { before, after } = sliverFrame(index, data.length, symbolBytes);
  return join([before, data, after]);
}

/** What stands before and behind the bytes of a sliver that is written. */
export function sliverFrame(
  index: number,
  sliverBytes: number,
  symbolBytes: number,
): { readonly before: Uint8Array; readonly after: Uint8Array } {
  return {
    before: lengthPrefix(sliverBytes),
    after: join([littleEndian(symbolBytes, 2), littleEndian(index, 2)]),
  };
}

/** A sliver without its axis, and its symbol size; undefined if the bytes are nothing of the kind. */
export function readSliver(
  bytes: Uint8Array,
): { readonly data: Uint8Array; readonly symbolBytes: number; readonly index: number } | undefined {
  let length = 0;
  let at = 0;
  for (let unit = 1, more = true; more; unit *= 128, at++) {
    const byte = bytes[at];
    if (byte === undefined || at > 4) return undefined;
    length += (byte % 128) * unit;
    more = byte >= 128;
  }
  if (bytes.length !== at + length + 4) return undefined;
  const tail = new DataView(bytes.buffer, bytes.byteOffset + at + length, 4);
  return {
    data: bytes.slice(at, at + length),
    symbolBytes: tail.getUint16(0, true),
    index: tail.getUint16(2, true),
  };
}

/** Metadata as a node stores it, blob ID first. */
export function writeMetadata({ blobId, blobBytes, hashes }: BlobMetadata): Uint8Array {
  return join([
    blobId,
    Uint8Array.of(METADATA_VERSION_1, ENCODING_TYPE["red-stuff"]),
    littleEndian(blobBytes, 8),
    lengthPrefix(hashes.length),
    ...hashes.flatMap(({ primary, secondary }) => [primary, secondary].map(node)),
  ]);
}

/** A recovery symbol that says all about itself. */
export function writeRecoverySymbol(symbol: RecoverySymbol): Uint8Array {
  const { target, sourceIndex, data, proof } = symbol;
  return join([
    Uint8Array.of(AXIS_NUMBER[target.axis]),
    littleEndian(sourceIndex, 2),
    list(data),
    littleEndian(target.index, 2),
    lengthPrefix(proof.length),
    ...proof.map(node),
  ]);
}

/** A proof of inconsistency, whose axis the reader knows. */
export function writeInconsistencyProof({ target, symbols }: InconsistencyProof): Uint8Array {
  return join([
    littleEndian(target.index, 2),
    lengthPrefix(symbols.length),
    ...symbols.flatMap(({ sourceIndex, data, proof }) => [
      littleEndian(sourceIndex, 2),
      list(data),
      lengthPrefix(proof.length),
      ...proof.map(node),
    ]),
  ]);
}

function list(bytes: Uint8Array): Uint8Array {
  return join([lengthPrefix(bytes.length), bytes]);
}

/** A Merkle node. One of zeros is the empty node, which is written as a choice of its own. */
function node(hash: Uint8Array | undefined): Uint8Array {
  const empty = hash === undefined || hash.every((byte) => byte === 0);
  return empty ? Uint8Array.of(0) : join([Uint8Array.of(NODE_WITH_HASH), hash]);
}

function lengthPrefix(length: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push((rest % 128) + 128);
  }
}
