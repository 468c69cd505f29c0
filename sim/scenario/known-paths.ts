import type * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Every path a scenario may have, such as `committee.shards`; lists count as their elements. */
export function knownPaths(schema: JsonSchema, prefix = ""): string[] {
  const inside = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) => list ?? []);
  if (typeof schema.items === "object" && !Array.isArray(schema.items)) inside.push(schema.items);
  const paths = inside.flatMap((each) => knownPaths(each as JsonSchema, prefix));
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    paths.push(path, ...knownPaths(value as JsonSchema, path));
  }
  return [...new Set(paths)];
}
