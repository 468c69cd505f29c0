import * as z from "zod";
import { defaults, misEncodingDefaults, readDefaults, surgeDefaults } from "../defaults.ts";
import type { NamedTables } from "../tables.ts";
import { arrivalKinds } from "./arrivals.ts";
import { sizes } from "./distributions.ts";
import {
  countField,
  durationField,
  frequencyField,
  numberFromZero,
  shareField,
  sizeField,
  spanField,
} from "./quantities.ts";
import { sharesField } from "./shares.ts";

// Either `rate`, short for Poisson arrivals, or `arrivals`.
const oneOfTwo = "either `rate` or `arrivals`";

const misEncodingField = z
  .strictObject({
    share: shareField.prefault(misEncodingDefaults.share.value).describe("Of the blobs written."),
    axis: z.enum(["primary", "secondary"]).prefault(misEncodingDefaults.axis.value),
    slivers: countField(1).prefault(misEncodingDefaults.slivers.value),
    among: z.enum(["systematic", "repair", "any"]).prefault(misEncodingDefaults.among.value),
  })
  .describe(
    "The writer cheats: it commits to blobs of which `slivers` slivers of an axis fit no others. `among`: those that are the blob itself, those that repair it, or all.",
  );

const lifetimeField = countField(1).describe(
  "Epochs that a blob is paid for, the one it is written in included. Left out, longer than the run.",
);

function writeDemand(tables: NamedTables) {
  return z
    .strictObject({
      rate: frequencyField.optional(),
      arrivals: z.discriminatedUnion("kind", arrivalKinds(tables)).optional(),
      size: sizes(tables),
      misEncoding: misEncodingField.optional(),
      lifetime: lifetimeField.optional(),
      deleted: z
        .strictObject({ share: shareField, after: spanField })
        .optional()
        .describe("This share of the blobs is deleted so long after it was certified."),
      extended: z
        .strictObject({ share: shareField, after: spanField, epochs: countField(1) })
        .optional()
        .describe("This share of the blobs is paid for by so many epochs more."),
    })
    .transform(({ rate, arrivals, ...rest }, context) => {
      if (rate !== undefined && arrivals === undefined) {
        return { arrivals: { kind: "poisson" as const, rate }, ...rest };
      }
      if (arrivals !== undefined && rate === undefined) return { arrivals, ...rest };
      context.addIssue({ code: "custom", message: oneOfTwo });
      return z.NEVER;
    });
}

const popularityField = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("zipf"), exponent: numberFromZero })
    .describe(
      "The blob of rank r, in order of age, is read in proportion to r to the power of -exponent.",
    ),
  z.strictObject({ kind: z.literal("uniform") }),
  z
    .strictObject({ kind: z.literal("newest"), blobs: countField(1) })
    .describe("Evenly over as many of the blobs certified last."),
]);

function readDemand(tables: NamedTables) {
  return z
    .strictObject({
      rate: frequencyField.optional(),
      arrivals: z
        .discriminatedUnion("kind", [
          ...arrivalKinds(tables),
          z
            .strictObject({
              kind: z.literal("on-write"),
              readers: countField(1),
              within: durationField,
            })
            .describe("Every blob is read by as many, each within that time of its certification."),
        ])
        .optional(),
      popularity: popularityField.prefault(readDefaults.popularity.value),
      range: z
        .strictObject({ bytes: sizeField })
        .optional()
        .describe("Byte ranges of that length instead of whole blobs."),
    })
    .transform(({ rate, arrivals, ...rest }, context) => {
      if (rate !== undefined && arrivals === undefined) {
        return { arrivals: { kind: "poisson" as const, rate }, ...rest };
      }
      if (arrivals !== undefined && rate === undefined) return { arrivals, ...rest };
      context.addIssue({ code: "custom", message: oneOfTwo });
      return z.NEVER;
    });
}

const surgeField = z.strictObject({
  at: durationField.describe("When it begins."),
  lasts: spanField.describe("How long it lasts."),
  factor: z
    .number({ error: "a number above 1" })
    .gt(1, { error: "a number above 1" })
    .describe("While it lasts, all reads together come so many times as often as usual."),
  blobs: countField(1)
    .prefault(surgeDefaults.blobs.value)
    .describe(
      "The added reads are of this many blobs, evenly; drawn when it begins among all there are.",
    ),
});

// One demand may stand without its list.
const listOf = <Field extends z.ZodType>(field: Field) =>
  z.union([field.transform((demand) => [demand]), z.array(field)]);

/** Who writes and reads what, when. */
export function workloadField(tables: NamedTables) {
  const known = defaults.workload;
  return z.strictObject({
    clients: sharesField("place")
      .prefault(known.clients.value)
      .describe(
        "Share of the operations that begin at each place; one client machine stands at each.",
      ),
    preload: z
      .strictObject({
        blobs: countField(0).prefault(known.preload.blobs.value),
        size: sizes(tables).prefault(known.preload.size.value),
        lifetime: lifetimeField.optional(),
      })
      .prefault({})
      .describe("Blobs that are certified and whole before the run."),
    writes: listOf(writeDemand(tables)).prefault([]),
    reads: listOf(readDemand(tables)).prefault([]),
    surges: z.array(surgeField).prefault([]).describe("Flash crowds, beside the usual reads."),
  });
}
