import { lengthPrefixBytes } from "../codec/sizes.ts";
import { present } from "./content.ts";
import type { Placement } from "./placement.ts";
import type { Answer, Request } from "./requests.ts";

// Payload bytes of section 3.2 of the node's interface (MystenLabs/walrus, crates/walrus-service
// routes and crates/walrus-core messages), and about a packet's worth of framing for the rest.
const FRAMING = 100;
const STATUS_BYTES = 150;
const STORED_STATUS_BYTES = 50;
const CONFIRMATION_BYTES = 400;
/** In front of each sliver that one owner of a shard gives to the next: the blob's ID. */
const BLOB_ID_BYTES = 32;
/** Length prefix, symbol size and index of a sliver on the wire. */
export const SLIVER_HEADER_BYTES = 7;
/** Index and length prefix of a decoding symbol, which comes without proof. */
const SYMBOL_HEADER_BYTES = 4;
/** A hash in a Merkle proof, behind the tag that says it is there. */
const PROOF_NODE_BYTES = 33;

/**
 * A recovery symbol on the wire: axis, both indices, the symbol and its Merkle path, each behind its
 * length. All paths count as full, though a few are shorter where n is no power of two.
 */
export function recoverySymbolBytes(symbolBytes: number, shardCount: number): number {
  const pathLength = 32 - Math.clz32(shardCount - 1);
  const path = lengthPrefixBytes(pathLength) + PROOF_NODE_BYTES * pathLength;
  return 1 + 2 + lengthPrefixBytes(symbolBytes) + symbolBytes + 2 + path;
}

/** Bytes of a request on the wire. */
export function requestBytes(request: Request, placement: Placement): number {
  switch (request.kind) {
    case "put-metadata":
      return FRAMING + placement.sizes(request.metadata.bytes).metadataBytes;
    case "put-slivers": {
      const { primaryBytes, secondaryBytes } = placement.sizes(request.slivers.blobBytes);
      const axes = secondaryBytes > 0 ? 2 : 1;
      const pairBytes = primaryBytes + secondaryBytes + axes * SLIVER_HEADER_BYTES;
      return FRAMING + request.slivers.count * pairBytes;
    }
    case "put-proof": {
      const { blobBytes, sources } = request.evidence;
      const { symbolBytes } = placement.sizes(blobBytes);
      // Axis and target stand once, before all symbols.
      const each = recoverySymbolBytes(symbolBytes, placement.pairCount) - 1 - 2;
      return FRAMING + 2 + lengthPrefixBytes(sources.length) + sources.length * each;
    }
    default:
      return FRAMING;
  }
}

/** Bytes of an answer on the wire. */
export function answerBytes(answer: Answer, placement: Placement): number {
  return FRAMING + contentBytes(answer, placement);
}

/** The same without framing. */
export function contentBytes(answer: Answer, placement: Placement): number {
  switch (answer.kind) {
    case "status":
    case "sliver-status":
      return STATUS_BYTES;
    case "metadata-status":
      return STORED_STATUS_BYTES;
    case "confirmed":
    case "inconsistency-attested":
      return CONFIRMATION_BYTES;
    case "metadata":
      return placement.sizes(answer.metadata.bytes).metadataBytes;
    case "slivers": {
      const { primaryBytes } = placement.sizes(answer.slivers.blobBytes);
      return present(answer.slivers) * (primaryBytes + SLIVER_HEADER_BYTES);
    }
    case "shard-slivers": {
      const { blobs, sliverBytes } = answer.slivers;
      return sliverBytes + blobs.length * (BLOB_ID_BYTES + SLIVER_HEADER_BYTES);
    }
    case "symbols": {
      const { symbolBytes } = placement.sizes(answer.blobBytes);
      return answer.sources * answer.targets * (symbolBytes + SYMBOL_HEADER_BYTES);
    }
    case "recovery-symbols": {
      const { symbols } = answer;
      const { symbolBytes } = placement.sizes(symbols.blobBytes);
      const each = recoverySymbolBytes(symbolBytes, placement.pairCount);
      return present(symbols) * symbols.targets.length * each;
    }
    default:
      return 0;
  }
}
