import * as z from "zod";
import { spanField } from "./quantities.ts";

/** What is looked at beside reads and writes. */
export const metricsField = z.strictObject({
  healthEvery: spanField
    .optional()
    .describe(
      "How often all blobs and shards are looked at: margins, shards by state, unavailability. Left out, only at the horizon.",
    ),
});
