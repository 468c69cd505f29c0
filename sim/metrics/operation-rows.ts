import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { idIn, numberIn, textIn } from "./fact-details.ts";
import type { ReadRow, WriteRow } from "./rows.ts";

/** The row of a `read-finished` fact. */
export function readRow(fact: Fact): ReadRow {
  const startedAt = numberIn(fact, "startedAt");
  return {
    read: numberIn(fact, "read"),
    blob: idIn(fact, "blob"),
    client: textIn(fact, "client"),
    place: textIn(fact, "place"),
    kind: textIn(fact, "kind"),
    bytes: numberIn(fact, "bytes"),
    startedAt,
    finishedAt: fact.time,
    latencyMicroseconds: fact.time - startedAt,
    outcome: textIn(fact, "outcome"),
    cause: textIn(fact, "cause"),
    metadataMicroseconds: numberIn(fact, "metadataMicroseconds"),
    sliversMicroseconds: numberIn(fact, "sliversMicroseconds"),
    decodeMicroseconds: numberIn(fact, "decodeMicroseconds"),
    requests: numberIn(fact, "requests"),
    failedRequests: numberIn(fact, "failedRequests"),
    sliversReceived: numberIn(fact, "sliversReceived"),
    bytesReceived: numberIn(fact, "bytesReceived"),
  };
}

/** The row of a `write-finished` fact. */
export function writeRow(fact: Fact): WriteRow {
  const startedAt = numberIn(fact, "startedAt");
  const cause = fact.details.cause;
  return {
    write: numberIn(fact, "write"),
    blob: idIn(fact, "blob"),
    client: textIn(fact, "client"),
    place: textIn(fact, "place"),
    bytes: numberIn(fact, "bytes"),
    startedAt,
    finishedAt: fact.time,
    latencyMicroseconds: fact.time - startedAt,
    outcome: textIn(fact, "outcome"),
    cause: typeof cause === "string" ? cause : "",
    encodeMicroseconds: numberIn(fact, "encodeMicroseconds"),
    statusMicroseconds: numberIn(fact, "statusMicroseconds"),
    registerMicroseconds: numberIn(fact, "registerMicroseconds"),
    uploadMicroseconds: numberIn(fact, "uploadMicroseconds"),
    tailMicroseconds: numberIn(fact, "tailMicroseconds"),
    confirmMicroseconds: numberIn(fact, "confirmMicroseconds"),
    certifyMicroseconds: numberIn(fact, "certifyMicroseconds"),
    requests: numberIn(fact, "requests"),
    failedRequests: numberIn(fact, "failedRequests"),
    bytesSent: numberIn(fact, "bytesSent"),
    weight: numberIn(fact, "weight"),
    reuploads: numberIn(fact, "reuploads"),
  };
}

const unfinished = { outcome: "timeout", cause: "still open at the end of the run" } as const;
const nothingDone = { requests: 0, failedRequests: 0 } as const;

/** The row of a read that began (`read-started`) and was never heard of again. */
export function unfinishedRead(fact: Fact, end: SimTime): ReadRow {
  return {
    read: numberIn(fact, "read"),
    blob: idIn(fact, "blob"),
    client: "",
    place: "",
    kind: textIn(fact, "kind"),
    bytes: 0,
    startedAt: fact.time,
    finishedAt: end,
    latencyMicroseconds: end - fact.time,
    ...unfinished,
    metadataMicroseconds: 0,
    sliversMicroseconds: 0,
    decodeMicroseconds: 0,
    ...nothingDone,
    sliversReceived: 0,
    bytesReceived: 0,
  };
}

/** The row of a write that began (`write-started`) and was never heard of again. */
export function unfinishedWrite(fact: Fact, end: SimTime): WriteRow {
  return {
    write: numberIn(fact, "write"),
    blob: idIn(fact, "blob"),
    client: "",
    place: "",
    bytes: numberIn(fact, "bytes"),
    startedAt: fact.time,
    finishedAt: end,
    latencyMicroseconds: end - fact.time,
    ...unfinished,
    encodeMicroseconds: 0,
    statusMicroseconds: 0,
    registerMicroseconds: 0,
    uploadMicroseconds: 0,
    tailMicroseconds: 0,
    confirmMicroseconds: 0,
    certifyMicroseconds: 0,
    ...nothingDone,
    bytesSent: 0,
    weight: 0,
    reuploads: 0,
  };
}
