import * as z from "zod";
import { countField } from "./quantities.ts";

/**
 * How blobs are stored. `writeQuorum` is the number of slivers that must be stored before a write
 * is certified; left out, the protocol's own rule holds.
 */
export const encodingField = z.discriminatedUnion("scheme", [
  z
    .strictObject({ scheme: z.literal("red-stuff") })
    .describe("Walrus: a sliver pair for each shard of the committee."),
  z
    .strictObject({
      scheme: z.literal("reed-solomon"),
      dataShards: countField(1),
      totalShards: countField(1),
      writeQuorum: countField(1).optional(),
    })
    .refine(({ dataShards, totalShards }) => dataShards <= totalShards, {
      path: ["totalShards"],
      error: "no fewer than encoding.dataShards",
    })
    .refine(
      ({ dataShards, totalShards, writeQuorum }) =>
        writeQuorum === undefined || (dataShards <= writeQuorum && writeQuorum <= totalShards),
      { path: ["writeQuorum"], error: "a number from encoding.dataShards to encoding.totalShards" },
    ),
  z
    .strictObject({
      scheme: z.literal("replication"),
      copies: countField(1),
      writeQuorum: countField(1).optional(),
    })
    .refine(({ copies, writeQuorum = copies }) => writeQuorum <= copies, {
      path: ["writeQuorum"],
      error: "a number up to encoding.copies",
    }),
]);
