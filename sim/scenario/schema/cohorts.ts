import * as z from "zod";
import { defaults } from "../defaults.ts";
import { durationField, shareField } from "./quantities.ts";

const known = defaults.cohorts;

/** Used where the grain is `cohort`: what is drawn singly, and what work takes beside links and cores. */
export const cohortsField = z.strictObject({
  sampledWrites: shareField
    .prefault(known.sampledWrites.value)
    .describe("Share of the writes that are drawn one by one, for their outcomes and times."),
  sliverTime: durationField
    .prefault(known.sliverTime.value)
    .describe("Of a node, to check and store one sliver that a shard sync brings."),
  metadataTime: durationField
    .prefault(known.metadataTime.value)
    .describe("Of a new member, for the metadata of one blob, beside round trip and service."),
  recoveryTime: durationField
    .prefault(known.recoveryTime.value)
    .describe("Of a node, to recover one blob, beside round trips and service."),
});
