import * as z from "zod";
import { countField, nameField, shareField } from "./quantities.ts";

export const positiveShare = shareField.refine((share) => share > 0, { error: "a share above 0" });

const someNodes = [
  z
    .strictObject({ share: positiveShare, by: z.enum(["random", "worst"]).prefault("random") })
    .describe(
      "Nodes until they hold this share of the shards: drawn, or those with most shards first.",
    ),
  z
    .strictObject({
      share: positiveShare,
      by: z.literal("search"),
      hurting: z
        .enum(["reads", "recovery", "latency"])
        .describe("All readers, nodes that recover, or the readers of `region`."),
      region: nameField("a region or place of clients").optional(),
    })
    .describe("The set of nodes within this share that a search finds to hurt most.")
    .refine(({ hurting, region }) => (hurting === "latency") === (region !== undefined), {
      path: ["region"],
      error: "a region where latency is to be hurt, and only there",
    }),
  z
    .strictObject({ sameAs: countField(0) })
    .describe("The nodes of an earlier fault of the list, by its place in it, 0 the first."),
  z.strictObject({ count: countField(1), by: z.enum(["random", "worst"]).prefault("random") }),
  z.strictObject({ region: nameField("a region") }),
  z.strictObject({ provider: nameField("a hosting provider") }),
  z.strictObject({ list: z.array(nameField("the name of a node")).min(1) }),
] as const;

export const nodesField = z.union([z.literal("all"), ...someNodes]);

/** One end of a partition or link: nodes, all hosts at places, the clients, or all other hosts. */
export const sideField = z.union([
  z.enum(["all", "clients", "rest"]),
  ...someNodes,
  z.strictObject({ places: z.array(nameField("a place")).min(1) }),
]);
