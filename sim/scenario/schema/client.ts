import * as z from "zod";
import { defaults } from "../defaults.ts";
import type { NamedTables } from "../tables.ts";
import { constantTimes } from "./distributions.ts";
import {
  countField,
  durationField,
  numberFromZero,
  rateField,
  shareField,
  sizeField,
  sizeOrZeroField,
  spanField,
} from "./quantities.ts";

const known = defaults.client;

// Processor time of `base` and `perMiB` (microseconds a MiB in the resolved scenario).
const workField = (of: typeof known.encodeTime | typeof known.decodeTime) =>
  z
    .strictObject({
      base: durationField.prefault(of.base.value),
      perMiB: durationField.prefault(of.perMiB.value),
    })
    .prefault({});

/** How clients are set: the knobs of Walrus's SDK, under names like its own. */
export const clientField = z.strictObject({
  uplink: rateField.prefault(known.uplink.value),
  downlink: rateField.prefault(known.downlink.value),
  requestTimeout: spanField.prefault(known.requestTimeout.value),
  connectTimeout: spanField
    .prefault(known.connectTimeout.value)
    .describe("How long a dead peer keeps one waiting before the connection is given up."),
  backoff: z
    .strictObject({
      min: durationField.prefault(known.backoff.min.value),
      max: durationField.prefault(known.backoff.max.value),
      retries: countField(0).prefault(known.backoff.retries.value),
      jitter: durationField.prefault(known.backoff.jitter.value),
    })
    .refine(({ min, max }) => min <= max, { path: ["max"], error: "no less than backoff.min" })
    .prefault({}),
  nodeConnections: countField(1).prefault(known.nodeConnections.value),
  concurrentWrites: countField(1).prefault(known.concurrentWrites.value),
  dataInFlight: sizeField.prefault(known.dataInFlight.value),
  metadataReads: countField(1).prefault(known.metadataReads.value),
  statusCheck: z.boolean().prefault(known.statusCheck.value),
  statusCheckThreshold: sizeOrZeroField
    .prefault(known.statusCheckThreshold.value)
    .describe("Slivers of this size and above are asked for before they are sent again."),
  registrationDelay: durationField.prefault(known.registrationDelay.value),
  tail: z
    .strictObject({
      factor: numberFromZero.prefault(known.tail.factor.value),
      base: durationField.prefault(known.tail.base.value),
    })
    .prefault({}),
  reuploadRounds: countField(0).prefault(known.reuploadRounds.value),
  consistencyCheck: z
    .enum(["default", "strict", "skip"])
    .prefault(known.consistencyCheck.value)
    .describe(
      "Of whole blobs: `default` hashes the systematic slivers that were not fetched, `strict` encodes all again.",
    ),
  committeeRefresh: z
    .strictObject({
      every: spanField.prefault(known.committeeRefresh.every.value),
      nearEnd: spanField
        .prefault(known.committeeRefresh.nearEnd.value)
        .describe("The same when the epoch's end is expected within `near`."),
      near: durationField.prefault(known.committeeRefresh.near.value),
      grace: durationField
        .prefault(known.committeeRefresh.grace.value)
        .describe("It does not ask out of turn sooner than so long after it last did."),
    })
    .prefault({})
    .describe("How often a client asks the chain who is in the committee."),
  committeeChangeBackoff: z
    .strictObject({
      min: spanField.prefault(known.committeeChangeBackoff.min.value),
      max: spanField.prefault(known.committeeChangeBackoff.max.value),
      retries: countField(0).prefault(known.committeeChangeBackoff.retries.value),
    })
    .prefault({})
    .describe("Wait before an operation begins anew that the committee has changed under."),
  handshakeRoundTrips: countField(0).prefault(known.handshakeRoundTrips.value),
  // A connection that nothing has come through for so long is closed.
  connectionIdle: durationField
    .prefault(known.connectionIdle.value)
    .describe("A connection that was idle for longer is opened anew."),
  encodeTime: workField(known.encodeTime),
  decodeTime: workField(known.decodeTime),
  checkShare: shareField
    .prefault(known.checkShare.value)
    .describe("The part of decodeTime that is the default consistency check."),
  range: z
    .strictObject({
      timeout: spanField.prefault(known.range.timeout.value),
      attempts: countField(1).prefault(known.range.attempts.value),
      delay: durationField.prefault(known.range.delay.value),
    })
    .prefault({}),
});

/** Delays between places. Both tables are measured; `fixed` is for checks against closed forms. */
export const networkField = z.strictObject({
  latency: z
    .union([
      z.enum(["wonder-network", "aws"]),
      z.strictObject({ kind: z.literal("fixed"), oneWay: durationField }),
    ])
    .prefault(defaults.network.latency.value),
  jitter: z.boolean().prefault(defaults.network.jitter.value),
  loss: shareField
    .refine((share) => share < 1, { error: "a share below 100%" })
    .prefault(defaults.network.loss.value)
    .describe("Of each message, each time it is sent: a lost one is sent again, later."),
});

/** The chain. `register` and `certify` are as a client sees them, `propagation` on to the nodes. */
export function ledgerField(tables: NamedTables) {
  const times = constantTimes(tables);
  return z.strictObject({
    register: times.prefault(defaults.ledger.register.value),
    certify: times.prefault(defaults.ledger.certify.value),
    propagation: times.prefault(defaults.ledger.propagation.value),
  });
}
