import type { Metadata } from "./content.ts";
import { requestBytes } from "./message-bytes.ts";
import type { Desk, Settled } from "./operation.ts";
import type { Request } from "./requests.ts";
import type { UploadState, WriteState } from "./write-state.ts";

export const newUpload = (nodes: readonly number[], permits: number): UploadState => ({
  nodes,
  permits,
  next: new Map(),
  stored: new Map(),
  open: new Map(),
  failed: {},
  waiting: [],
  storedWeight: 0,
  settledCount: 0,
});

export const uploadSettled = (upload: UploadState): boolean =>
  upload.settledCount === upload.nodes.length;

/** Starts all nodes at once, each with the question whether it has the metadata. */
export function pumpUpload(write: WriteState, upload: UploadState, desk: Desk): void {
  for (const node of upload.nodes) {
    upload.next.set(node, 0);
    upload.open.set(node, 0);
    const call = desk.newCall();
    const question = { kind: "get-metadata-status", call, blob: write.blob } as const;
    desk.ask(write, node, question, desk.persistently);
  }
}

function put(write: WriteState, node: number, request: Request, desk: Desk): void {
  write.bytesSent += requestBytes(request, desk.placement);
  desk.ask(write, node, request, desk.persistently);
}

/** A metadata or sliver request of one node has ended. */
export function settleUpload(
  write: WriteState,
  upload: UploadState,
  { call, answer }: Settled,
  desk: Desk,
): void {
  const { node, request } = call;
  if (request.kind === "put-slivers") {
    upload.permits += request.slivers.count * axesOf(write, desk);
    upload.open.set(node, (upload.open.get(node) as number) - 1);
  }
  if (upload.failed[node] !== 1) {
    const isThere = answer?.kind === "metadata-status" && answer.stored;
    if (answer?.kind === "metadata-status" && !answer.stored) {
      const metadata = desk.payload.metadata(write.blob, write.bytes, write.foreign);
      put(write, node, { kind: "put-metadata", call: desk.newCall(), metadata }, desk);
    } else if (isThere && isWorthAsking(write, desk)) {
      const { epoch } = desk.placement;
      const call = desk.newCall();
      const question = { kind: "get-sliver-status", call, blob: write.blob, epoch } as const;
      desk.ask(write, node, question, desk.persistently);
    } else if (answer?.kind === "sliver-status") {
      const weight = desk.placement.weights(write.blob)[node] as number;
      const lacking = new Set(answer.lacking);
      const stored = [...Array(weight).keys()].filter((position) => !lacking.has(position));
      upload.stored.set(node, new Set(stored));
      sendPairs(write, upload, node, desk);
    } else if (isThere || answer?.kind === "metadata-stored" || answer?.kind === "slivers-stored") {
      sendPairs(write, upload, node, desk);
    } else {
      // One sliver that fails for good makes the node count for nothing.
      upload.failed[node] = 1;
      upload.settledCount++;
    }
  }
  while (upload.waiting.length > 0 && upload.permits > 0) {
    sendPairs(write, upload, upload.waiting.shift() as number, desk);
  }
}

// A node that has the metadata may have slivers of the blob too; another has none. The larger one of a pair decides.
const isWorthAsking = (write: WriteState, desk: Desk): boolean =>
  desk.placement.sizes(write.bytes).primaryBytes >= desk.parameters.statusCheckThreshold;

const axesOf = (write: WriteState, desk: Desk): number =>
  desk.placement.sizes(write.bytes).secondaryBytes > 0 ? 2 : 1;

// A node takes `nodeConnections` sliver requests at once: in the coarse grain one message carries
// them all, in the fine grain each pair is a message of its own.
function sendPairs(write: WriteState, upload: UploadState, node: number, desk: Desk): void {
  if (upload.failed[node] === 1) return;
  const axes = axesOf(write, desk);
  const weight = desk.placement.weights(write.blob)[node] as number;
  const pairsAtOnce = Math.max(1, Math.floor(desk.parameters.nodeConnections / axes));
  const pairsPerMessage = Math.min(pairsAtOnce, desk.pairsPerMessageMax);
  const messagesAtOnce = Math.max(1, Math.floor(pairsAtOnce / pairsPerMessage));
  let open = upload.open.get(node) as number;
  const isStored = (position: number) => upload.stored.get(node)?.has(position) === true;
  let next = upload.next.get(node) as number;
  while (isStored(next)) next++;
  if (next === weight && open === 0) {
    upload.storedWeight += weight;
    upload.settledCount++;
    return;
  }
  const metadata: Metadata = desk.payload.metadata(write.blob, write.bytes, write.foreign);
  while (next < weight && open < messagesAtOnce) {
    const permitted = Math.floor(upload.permits / axes);
    // A pair is sent whole even where the last permit allows half of it.
    let end = next + 1;
    while (end < weight && !isStored(end)) end++;
    const count = Math.min(
      end - next,
      pairsPerMessage,
      Math.max(permitted, upload.permits > 0 ? 1 : 0),
    );
    if (count === 0) {
      upload.waiting.push(node);
      break;
    }
    const slivers = desk.payload.slice(metadata, desk.placement.epoch, node, next, count, []);
    const call = desk.newCall();
    put(write, node, { kind: "put-slivers", call, blob: write.blob, slivers }, desk);
    upload.permits -= count * axes;
    next += count;
    while (isStored(next)) next++;
    open++;
  }
  upload.next.set(node, next);
  upload.open.set(node, open);
}
