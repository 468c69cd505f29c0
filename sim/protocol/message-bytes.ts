import { present } from "./content.ts";
import type { Answer, Request } from "./messages.ts";
import type { Placement } from "./placement.ts";

// Payload bytes of section 3.2 of the node's interface (MystenLabs/walrus, crates/walrus-service
// routes and crates/walrus-core messages), and about a packet's worth of framing for the rest.
const FRAMING = 100;
const STATUS_BYTES = 150;
const CONFIRMATION_BYTES = 400;
/** Length prefix, symbol size and index of a sliver on the wire. */
const SLIVER_HEADER_BYTES = 7;
/** Index and length prefix of a decoding symbol, which comes without proof. */
const SYMBOL_HEADER_BYTES = 4;

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
    default:
      return FRAMING;
  }
}

/** Bytes of an answer on the wire. */
export function answerBytes(answer: Answer, placement: Placement): number {
  switch (answer.kind) {
    case "status":
      return FRAMING + STATUS_BYTES;
    case "confirmed":
      return FRAMING + CONFIRMATION_BYTES;
    case "metadata":
      return FRAMING + placement.sizes(answer.metadata.bytes).metadataBytes;
    case "slivers":
      return (
        FRAMING +
        present(answer.slivers) *
          (placement.sizes(answer.slivers.blobBytes).primaryBytes + SLIVER_HEADER_BYTES)
      );
    case "symbols": {
      const { symbolBytes } = placement.sizes(answer.blobBytes);
      return FRAMING + answer.sources * answer.targets * (symbolBytes + SYMBOL_HEADER_BYTES);
    }
    default:
      return FRAMING;
  }
}
